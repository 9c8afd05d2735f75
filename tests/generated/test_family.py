"""Several services in one package: what they share stands once, and each works by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.support.families import FamilyBuilt
from tests.support.packages import Built, generated, written
from tests.support.paths import PROJECT, SHOP, WSDL
from tests.support.schemas import problems, schema_of
from tests.support.typing import mypy
from tests.support.unmarked import unmark

# --- what is shared ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_type_that_two_services_use_is_one_class(superoffice: FamilyBuilt) -> None:
    email, principal = superoffice.module("email"), superoffice.module("so_principal")
    assert email.Carrier is principal.Carrier is superoffice.module("common").Carrier
    assert "class Carrier" not in (superoffice.path / "email" / "models.py").read_text("utf-8")


def test_message_elements_are_not_shared(superoffice: FamilyBuilt) -> None:
    """EMail and SoPrincipal have an AuthenticateResponse each, with other members."""
    email = superoffice.module("email.parsers").parse_authenticate
    principal = superoffice.module("so_principal.parsers")
    assert email.__annotations__["return"] == "bool"
    assert "AuthenticateResult" in str(
        principal.parse_authenticate_username_password.__annotations__["return"]
    )


@pytest.mark.slow
def test_types_of_one_name_in_two_namespaces(shop: FamilyBuilt) -> None:
    orders, stock = shop.module("orders"), shop.module("stock")
    assert orders.Order is not stock.Order
    assert orders.Order(number=1).number == 1
    assert stock.Order(by=stock.Unit.METRE).by == "metre"


def test_headers_that_are_the_same_are_one_class(
    shop: FamilyBuilt, superoffice: FamilyBuilt
) -> None:
    assert shop.module("orders").RequestHeaders is shop.module("stock").RequestHeaders
    # SoPrincipal takes no ticket: its headers are its own.
    email, principal = superoffice.module("email"), superoffice.module("so_principal")
    assert email.RequestHeaders is not principal.RequestHeaders


@pytest.mark.slow
def test_a_service_loads_only_what_it_needs(shop: FamilyBuilt, superoffice: FamilyBuilt) -> None:
    name = shop.plan.name
    assert shop.loaded_by(f"from {name}.stock import builders, parsers") == {
        name,
        *(f"{name}.{module}" for module in ("_anytype", "_envelope", "_read", "_stream")),
        *(f"{name}.{module}" for module in ("_codecs", "_moments", "_strings")),
        *(f"{name}.{module}" for module in ("_binary", "_files", "_mtom", "_multipart")),
        *(f"{name}.{module}" for module in ("_text", "_time_text", "_times")),
        *(f"{name}.{module}" for module in ("_values", "_write", "_xml_names", "errors")),
        *(f"{name}.{module}" for module in ("common", "stock")),
        *(f"{name}.stock.{module}" for module in ("builders", "models", "parsers")),
        *(f"{name}.common.{kind}" for kind in ("models", "readers", "writers")),
        *(f"{name}.common.{kind}.article" for kind in ("models", "readers", "writers")),
        *(f"{name}.common.{kind}.arrays" for kind in ("readers", "writers")),
        f"{name}.common.models.request_headers",
    }
    assert shop.loaded_by(f"import {name}.stock") == {name, f"{name}.stock"}
    loaded = superoffice.loaded_by("from superoffice.email import EMailClient")
    assert not [name for name in loaded if "so_principal" in name]


@pytest.mark.slow
def test_every_module_can_be_imported_first(shop: FamilyBuilt, superoffice: FamilyBuilt) -> None:
    """There is no import cycle that works from one end alone."""
    for family in (shop, superoffice):
        code = f"""
import importlib, sys
sys.path.insert(0, {str(family.path.parent)!r})
for module in {family.modules()!r}:
    for loaded in [name for name in sys.modules if name.startswith({family.plan.name!r})]:
        del sys.modules[loaded]
    importlib.import_module(module)
"""
        subprocess.run([sys.executable, "-c", code], check=True)


def test_what_a_package_offers_is_there(shop: FamilyBuilt) -> None:
    for package in ("orders", "stock", "common"):
        module = shop.module(package)
        for name in module.__all__:
            assert getattr(module, name).__name__ == name
        assert set(module.__all__) <= set(dir(module))
    with pytest.raises(AttributeError, match=r"shop_both\.stock' has no attribute 'Orders'"):
        _ = shop.module("stock").Orders


# --- what it does --------------------------------------------------------------------------------


def test_messages_through_shared_code(shop: FamilyBuilt) -> None:
    stock = shop.module("stock")
    article = stock.Book(
        number="b1", unit=stock.Unit.PIECE, maker=stock.ArticleMaker(name="Ada"), pages=3, remark=7
    )
    box = stock.SaveBox(place="cellar", articles=[article], lid=True)
    request = stock.builders.build_save(
        article, box, soap_headers=stock.RequestHeaders(token="t <&> t")
    )

    assert problems(schema_of(SHOP / "Stock.wsdl"), request) == []
    found = stock.parsers.parse_save_request(request)
    assert (found.article, found.box) == (article, box)
    assert stock.parsers.parse_request_headers(request).token == "t <&> t"
    assert (
        stock.parsers.parse_request_headers(stock.builders.build_save(article, box))
        == stock.RequestHeaders()
    )


def test_each_service_writes_its_own_default_namespace(shop: FamilyBuilt) -> None:
    for service in ("orders", "stock"):
        builders = shop.module(f"{service}.builders")
        content = builders.build_find_response(
            **({"complete": True} if service == "orders" else {})
        )
        root = etree.fromstring(content)
        assert root.nsmap[None] == f"urn:example:shop:{service}"
        assert root.nsmap["goods"] == "urn:example:shop:goods"


def test_the_same_messages_as_a_package_by_itself(
    superoffice: FamilyBuilt, principal: Built, email: Built
) -> None:
    for alone, service in ((email, "email"), (principal, "so_principal")):
        family = superoffice.module(f"{service}.builders")
        for operation in alone.plan.operations:
            if not operation.request.members:
                name = f"build_{operation.name}"
                assert getattr(family, name)() == getattr(alone.builders, name)()
    account = email.models.SyncUserAccount(account_id=1, associate_name="a")
    shared = superoffice.module("email").SyncUserAccount(account_id=1, associate_name="a")
    assert email.builders.build_sync_email_accounts([account]) == superoffice.module(
        "email.builders"
    ).build_sync_email_accounts([shared])


@pytest.mark.conformance
@pytest.mark.parametrize("server", [False, True])
def test_strangers_tools_find_nothing(server: bool, tmp_path: Path) -> None:
    written(generated(SHOP, server=server), tmp_path)
    written(generated(WSDL, name="superoffice", server=server), tmp_path)
    unmark(tmp_path)
    found = mypy("-p", "shop_client", "-p", "superoffice", cwd=tmp_path)
    assert found.startswith("Success"), found
    for command in (
        ["ruff", "check", "--no-cache", "--isolated", "."],
        ["ruff", "check", "--no-cache", "--config", str(PROJECT / "pyproject.toml"), "."],
        ["black", "--quiet", "--check", "--diff", "--line-length=100", "."],
    ):
        result = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, result.stdout
