"""What pytest makes once for all tests."""

from __future__ import annotations

import pytest

from tests.support.packages import Built, build_package
from tests.support.paths import WSDL


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew-golden", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session")
def email(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The EMail package with both halves: as a client has it, and what a server needs."""
    folder = tmp_path_factory.mktemp("email")
    return build_package(WSDL / "EMail.wsdl", folder, name="email_both")


@pytest.fixture(scope="session")
def principal(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The SoPrincipal package with both halves."""
    folder = tmp_path_factory.mktemp("principal")
    return build_package(WSDL / "SoPrincipal.wsdl", folder, name="principal_both")
