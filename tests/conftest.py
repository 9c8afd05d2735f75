"""What pytest makes once for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.support.families import FamilyBuilt
from tests.support.packages import Built
from tests.support.paths import FACETS, ORDERS, SHAPES, SHOP, TEXTS, WSDL
from tests.support.store import Store

# How fast a machine is, and what else it does, says nothing of the code.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The packages of the session, in a folder that all its processes share."""
    folder = tmp_path_factory.getbasetemp()
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    return Store((folder.parent if is_one_of_several else folder) / "store")


@pytest.fixture(scope="session")
def email(store: Store) -> Built:
    """The EMail package with both halves, and with what sends by other libraries than httpx."""
    extras = ("aiohttp", "urllib3")
    return store.package(WSDL / "EMail.wsdl", name="email_both", server=True, extras=extras)


@pytest.fixture(scope="session")
def principal(store: Store) -> Built:
    """The SoPrincipal package with both halves."""
    return store.package(WSDL / "SoPrincipal.wsdl", name="principal_both", server=True)


@pytest.fixture(scope="session")
def shapes(store: Store) -> Built:
    """The package for tests/wsdl/Shapes.wsdl, with all that it can have."""
    extras = ("addressing", "security")
    return store.package(SHAPES, name="shapes_client", server=True, extras=extras)


@pytest.fixture(scope="session")
def texts(store: Store) -> Built:
    """The package for tests/wsdl/Texts.wsdl, with both halves."""
    return store.package(TEXTS, name="texts_client", server=True)


@pytest.fixture(scope="session")
def orders(store: Store) -> Built:
    """The package for tests/wsdl/Orders.wsdl with both halves."""
    return store.package(ORDERS, name="orders_client", server=True)


@pytest.fixture(scope="session")
def shop(store: Store) -> FamilyBuilt:
    """The package for the two services in tests/wsdl/shop, with both halves."""
    return store.family(SHOP, name="shop_both", server=True)


@pytest.fixture(scope="session")
def superoffice(store: Store) -> FamilyBuilt:
    """The package for the two services of SuperOffice in this repository, with both halves."""
    return store.family(WSDL, name="superoffice", server=True)


@pytest.fixture(scope="session")
def facets(store: Store) -> Built:
    """The package for tests/wsdl/Facets.wsdl, which checks facets, with both halves."""
    return store.package(FACETS, name="facets_checked", server=True, facets=True)


@pytest.fixture(scope="session")
def unchecked(store: Store) -> Built:
    """The same package without checks."""
    return store.package(FACETS, name="facets_unchecked", server=True)
