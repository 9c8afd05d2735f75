"""Several services in one package: what they share stands once, and each works by itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.support.command import snapshot, soapgen
from tests.support.families import FamilyBuilt
from tests.support.packages import Built, generated, written
from tests.support.paths import PROJECT, WSDL
from tests.support.schemas import problems, schema_of
from tests.support.small import SCHEMA, wsdl

SHOP = PROJECT / "tests" / "contracts" / "shop"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> FamilyBuilt:
    folder = tmp_path_factory.mktemp("shop")
    return FamilyBuilt(generated(SHOP, name="shop_both", server=True), folder)


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> FamilyBuilt:
    """The two services of SuperOffice that are in this repository."""
    folder = tmp_path_factory.mktemp("vendor")
    return FamilyBuilt(generated(WSDL, name="superoffice", server=True), folder)


# --- what is shared ------------------------------------------------------------------------------


def test_a_type_that_two_services_use_is_one_class(vendor: FamilyBuilt) -> None:
    email, principal = vendor.module("email"), vendor.module("so_principal")
    assert email.Carrier is principal.Carrier is vendor.module("common").Carrier
    assert "class Carrier" not in (vendor.path / "email" / "models.py").read_text("utf-8")


def test_message_elements_are_not_shared(vendor: FamilyBuilt) -> None:
    """EMail and SoPrincipal have an AuthenticateResponse each, with other members."""
    email = vendor.module("email.parsers").parse_authenticate
    principal = vendor.module("so_principal.parsers")
    assert email.__annotations__["return"] == "bool"
    assert "AuthenticateResult" in str(
        principal.parse_authenticate_username_password.__annotations__["return"]
    )


def test_types_of_one_name_in_two_namespaces(shop: FamilyBuilt) -> None:
    orders, stock = shop.module("orders"), shop.module("stock")
    assert orders.Order is not stock.Order
    assert orders.Order(number=1).number == 1
    assert stock.Order(by=stock.Unit.METRE).by == "metre"


def test_headers_that_are_the_same_are_one_class(shop: FamilyBuilt, vendor: FamilyBuilt) -> None:
    assert shop.module("orders").RequestHeaders is shop.module("stock").RequestHeaders
    # SoPrincipal takes no ticket: its headers are its own.
    email, principal = vendor.module("email"), vendor.module("so_principal")
    assert email.RequestHeaders is not principal.RequestHeaders


def test_a_service_loads_only_what_it_needs(shop: FamilyBuilt, vendor: FamilyBuilt) -> None:
    name = shop.plan.name
    assert shop.loaded_by(f"from {name}.stock import builders, parsers") == {
        name,
        *(f"{name}.{module}" for module in ("_anytype", "_envelope", "_read", "_stream")),
        *(f"{name}.{module}" for module in ("_text", "_values", "_write", "errors")),
        *(f"{name}.{module}" for module in ("common", "stock")),
        *(f"{name}.stock.{module}" for module in ("builders", "models", "parsers")),
        *(f"{name}.common.{kind}" for kind in ("models", "readers", "writers")),
        *(f"{name}.common.{kind}.article" for kind in ("models", "readers", "writers")),
        *(f"{name}.common.{kind}.arrays" for kind in ("readers", "writers")),
        f"{name}.common.models.request_headers",
    }
    assert shop.loaded_by(f"import {name}.stock") == {name, f"{name}.stock"}
    loaded = vendor.loaded_by("from superoffice.email import EMailClient")
    assert not [name for name in loaded if "so_principal" in name]


def test_every_module_can_be_imported_first(shop: FamilyBuilt, vendor: FamilyBuilt) -> None:
    """There is no import cycle that works from one end alone."""
    for family in (shop, vendor):
        for module in family.modules():
            family.loaded_by(f"import {module}")


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
    vendor: FamilyBuilt, principal: Built, email: Built
) -> None:
    for alone, service in ((email, "email"), (principal, "so_principal")):
        family = vendor.module(f"{service}.builders")
        for operation in alone.plan.operations:
            if not operation.request.members:
                name = f"build_{operation.name}"
                assert getattr(family, name)() == getattr(alone.builders, name)()
    account = email.models.SyncUserAccount(account_id=1, associate_name="a")
    shared = vendor.module("email").SyncUserAccount(account_id=1, associate_name="a")
    assert email.builders.build_sync_email_accounts([account]) == vendor.module(
        "email.builders"
    ).build_sync_email_accounts([shared])


@pytest.mark.slow
@pytest.mark.parametrize("server", [False, True])
def test_strangers_tools_find_nothing(server: bool, tmp_path: Path) -> None:
    written(generated(SHOP, server=server), tmp_path)
    written(generated(WSDL, name="superoffice", server=server), tmp_path)
    for command in (
        ["mypy", "--strict", "--config-file=", "-p", "shop_client", "-p", "superoffice"],
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


# --- conflicts -----------------------------------------------------------------------------------

OTHER = SCHEMA.replace('type="xs:int"', 'type="xs:long"')


@pytest.fixture
def conflict(tmp_path: Path) -> Path:
    """Two services whose types Person differ."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    other = wsdl(OTHER).replace('"People', '"Staff').replace("tns:People", "tns:Staff")
    (tmp_path / "Staff.wsdl").write_text(other, encoding="utf-8")
    return tmp_path


def test_one_name_with_two_meanings_is_an_error_that_names_both_places(conflict: Path) -> None:
    result = soapgen("build", "Staff.wsdl", "People.wsdl", "--name", "both", cwd=conflict)
    assert result.returncode == 2
    assert result.stderr == (
        "soapgen: error: People.wsdl:7: type {urn:example:people}Person is not the same as in "
        "Staff.wsdl:7; give each service its own with --keep-apart urn:example:people\n"
    )
    assert not (conflict / "generated").exists()


def test_what_is_not_asked_for_may_differ(conflict: Path) -> None:
    arguments = ["--name", "one", "--service", "Staff"]
    result = soapgen("build", "Staff.wsdl", "People.wsdl", *arguments, cwd=conflict)
    assert result.returncode == 0, result.stderr


def test_unless_its_namespace_is_kept_apart(conflict: Path) -> None:
    arguments = ["--name", "both", "--keep-apart", "urn:example:people"]
    result = soapgen("build", "Staff.wsdl", "People.wsdl", *arguments, cwd=conflict)
    assert result.returncode == 0, result.stderr
    folder = conflict / "generated" / "both"
    assert not (folder / "common" / "models" / "person.py").exists()
    for service in ("staff", "people"):
        assert "class Person" in (folder / service / "models.py").read_text("utf-8")
    assert soapgen("check", cwd=conflict).returncode == 0


def test_a_service_that_two_sources_define_alike_is_taken_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    sources = ["a/People.wsdl", "b/People.wsdl", "a"]
    result = soapgen("build", *sources, "--name", "people", cwd=tmp_path)
    assert "1 service, 1 operation, 1 type" in result.stdout
    assert (tmp_path / "generated" / "people" / "people" / "client.py").exists()


def test_a_service_that_two_sources_define_differently(tmp_path: Path) -> None:
    (tmp_path / "a.wsdl").write_text(wsdl(), encoding="utf-8")
    other = wsdl().replace('soapAction="', 'soapAction="urn:other:')
    (tmp_path / "b.wsdl").write_text(other, encoding="utf-8")
    refused = soapgen("build", "a.wsdl", "b.wsdl", "--name", "people", cwd=tmp_path)
    assert refused.returncode == 2
    assert re.match(
        r"soapgen: error: b\.wsdl:\d+: service \{urn:example:people\}PeopleService is not the same "
        r"as in a\.wsdl:\d+; give each its own package with --keep-apart urn:example:people\n",
        refused.stderr,
    )
    apart = ["--name", "people", "--keep-apart", "urn:example:people"]
    assert soapgen("build", "a.wsdl", "b.wsdl", *apart, cwd=tmp_path).returncode == 0
    folder = tmp_path / "generated" / "people"
    assert {path.name for path in folder.iterdir() if path.is_dir()} >= {"people", "people_2"}


# --- trimming ------------------------------------------------------------------------------------


def built(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    """The Python files of the shop's package, built with ``arguments``."""
    result = soapgen("build", SHOP, "--out", tmp_path, *arguments, cwd=PROJECT)
    assert result.returncode == 0, result.stderr
    assert soapgen("check", tmp_path / "shop_client", cwd=PROJECT).returncode == 0
    return snapshot(tmp_path / "shop_client")


def test_one_service(tmp_path: Path) -> None:
    files = built(tmp_path, "--service", "Stock")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"stock"}


def test_one_operation_of_one_service(tmp_path: Path) -> None:
    files = built(tmp_path, "-O", "Stock.Find")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"stock"}
    assert b"def build_save" not in files["stock/builders.py"]
    assert b"def build_find" in files["stock/builders.py"]
    assert b"class SaveBox" not in files["stock/models.py"]


def test_some_operations_of_one_service_and_all_of_another(tmp_path: Path) -> None:
    files = built(tmp_path, "--service", "Orders", "--service", "Stock", "-O", "Stock.Find")
    assert b"def build_save" not in files["stock/builders.py"]
    assert b"def build_save" in files["orders/builders.py"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep-apart", "urn:example:shop:good"], "there is nothing in the namespace "
         "urn:example:shop:good to keep apart; did you mean urn:example:shop:goods?"),
        (["--service", "Stick"], "there is no service Stick; did you mean Stock?"),
        (["-O", "Find"], "there is an operation Find in Orders and Stock; "
                         "say which is meant: Orders.Find"),
        (["-O", "Stock.Fund"], "there is no operation Stock.Fund; did you mean Stock.Find"),
        (["--service", "Stock", "-O", "Fund"], "there is no operation Fund in Stock; "
                                               "did you mean Find?"),
    ],
)  # fmt: skip
def test_what_is_not_there(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("build", SHOP, "--out", tmp_path, *arguments, cwd=PROJECT)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line
    assert list(tmp_path.iterdir()) == []


# --- the output folder ---------------------------------------------------------------------------


def test_what_a_smaller_build_no_longer_writes_goes_with_its_folders(tmp_path: Path) -> None:
    built(tmp_path)
    (tmp_path / "shop_client" / "orders" / "notes.txt").write_text("mine", encoding="utf-8")
    files = built(tmp_path, "--service", "Stock")
    assert {name.partition("/")[0] for name in files if "/" in name} == {"orders", "stock"}
    assert [name for name in files if name.startswith("orders/")] == ["orders/notes.txt"]
    assert not (tmp_path / "shop_client" / "common").exists()


def test_the_output_is_the_same_however_it_is_made(tmp_path: Path) -> None:
    """By the command, in several processes, or in this one; with any seed."""
    command = soapgen("build", SHOP, "--out", tmp_path, cwd=tmp_path, PYTHONHASHSEED="4711")
    assert command.returncode == 0
    files = snapshot(tmp_path / "shop_client")
    del files["soapgen.json"]
    assert {file.path: file.text.encode() for file in generated(SHOP).files} == files
