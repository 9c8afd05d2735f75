"""Every documented example: the same message as the generated code makes and reads."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from lxml import etree

from tests.documented.published import SERVICES, published
from tests.documented.quirks import on_the_wire
from tests.support.canonical import canonical
from tests.support.packages import Built, operation_named
from tests.support.paths import WSDL
from tests.support.schemas import SOAP, bindings, problems, schema_of

TNS = "{http://www.superoffice.net/ws/crm/NetServer/Services86}"
BINDINGS = {service: bindings(WSDL / f"{service}.wsdl") for service in SERVICES}
OPERATIONS = [(service, name) for service in SERVICES for name in BINDINGS[service]]


@cache
def schema(service: str) -> Any:
    return schema_of(WSDL / f"{service}.wsdl")


@pytest.fixture(scope="session")
def packages(email: Built, principal: Built) -> dict[str, Built]:
    return {"EMail": email, "SoPrincipal": principal}


@pytest.mark.parametrize(("service", "operations"), [("EMail", 80), ("SoPrincipal", 5)])
def test_there_is_an_example_for_each_message(service: str, operations: int) -> None:
    assert len(BINDINGS[service]) == operations
    sides = ("request", "response")
    assert set(published(service)) == {
        f"{name}.{side}.xml" for name in BINDINGS[service] for side in sides
    }


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_request(service: str, name: str, packages: dict[str, Built]) -> None:
    """The builder makes the documented request from the documented values, and it is valid."""
    package = packages[service]
    wire = on_the_wire(published(service)[f"{name}.request.xml"].encode(), schema(service))
    operation = operation_named(name, package)
    arguments = package.parse_request(operation, etree.tostring(wire))

    built = package.build(operation, *arguments, soap_headers=_headers(wire, package))

    assert canonical(etree.fromstring(built)) == canonical(wire)
    assert problems(schema(service), built) == []
    _, bound = BINDINGS[service][name]
    written = [element.tag for element in etree.fromstring(built).findall(f"{SOAP}Header/*")]
    assert written == [element for element in bound if element in written]


@pytest.mark.parametrize(("service", "name"), OPERATIONS)
def test_response(service: str, name: str, packages: dict[str, Built]) -> None:
    """The documented response is read as it is, and nothing of it is lost."""
    package = packages[service]
    documented = published(service)[f"{name}.response.xml"].encode()
    operation = operation_named(name, package)
    value = package.parse(operation, documented)

    build = getattr(package.builders, f"build_{operation}_response")
    rebuilt = package.build_response(operation, *package.as_arguments(value, build))

    assert canonical(etree.fromstring(rebuilt)) == canonical(
        on_the_wire(documented, schema(service))
    )


def _headers(wire: etree._Element, package: Built) -> Any:
    """The headers of the message; SoPrincipal, which gives tickets, takes none."""
    values = {"application_token": wire.findtext(f"{SOAP}Header/{TNS}ApplicationToken")}
    ticket = wire.findtext(f"{SOAP}Header/{TNS}Credentials/{TNS}Ticket")
    if ticket is not None:
        values["ticket"] = ticket
    return package.models.RequestHeaders(**values)
