"""Every documented EMail example: the same message as the generated code makes and reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.documented.quirks import on_the_wire
from tests.support.canonical import canonical
from tests.support.packages import Built
from tests.support.paths import WSDL, corpus
from tests.support.schemas import SOAP, bindings, problems, schema_of

TNS = "{http://www.superoffice.net/ws/crm/NetServer/Services86}"
BINDINGS = bindings(WSDL / "EMail.wsdl")
OPERATIONS = list(BINDINGS)


@pytest.fixture(scope="session")
def schema() -> Any:
    return schema_of(WSDL / "EMail.wsdl")


@pytest.fixture(scope="session")
def examples() -> Path:
    return corpus() / "Services86" / "envelopes" / "EMail"


def test_there_is_an_example_for_each_of_the_80_operations(examples: Path) -> None:
    assert len(OPERATIONS) == 80
    names = {f"{name}.{side}.xml" for name in OPERATIONS for side in ("request", "response")}
    assert {path.name for path in examples.iterdir()} == names


@pytest.mark.parametrize("name", OPERATIONS)
def test_request(name: str, examples: Path, email: Built, schema: Any) -> None:
    check_request(name, (examples / f"{name}.request.xml").read_bytes(), email, schema)


@pytest.mark.parametrize("name", OPERATIONS)
def test_response(name: str, examples: Path, email: Built, schema: Any) -> None:
    check_response(name, (examples / f"{name}.response.xml").read_bytes(), email, schema)


def check_request(name: str, documented: bytes, email: Built, schema: Any) -> None:
    """The builder makes the documented request from the documented values, and it is valid."""
    wire = on_the_wire(documented, schema)
    operation = operation_named(name, email)
    arguments = email.parse_request(operation, etree.tostring(wire))
    headers = email.models.RequestHeaders(
        application_token=wire.findtext(f"{SOAP}Header/{TNS}ApplicationToken"),
        ticket=wire.findtext(f"{SOAP}Header/{TNS}Credentials/{TNS}Ticket"),
    )

    built = email.build(operation, *arguments, headers=headers)

    assert canonical(etree.fromstring(built)) == canonical(wire)
    assert problems(schema, built) == []
    _, bound = BINDINGS[name]
    written = [element.tag for element in etree.fromstring(built).findall(f"{SOAP}Header/*")]
    assert written == [element for element in bound if element in written]


def check_response(name: str, documented: bytes, email: Built, schema: Any) -> None:
    """The documented response is read as it is, and nothing of it is lost."""
    operation = operation_named(name, email)
    value = email.parse(operation, documented)

    build = getattr(email.builders, f"build_{operation}_response")
    rebuilt = email.build_response(operation, *email.as_arguments(value, build))

    assert canonical(etree.fromstring(rebuilt)) == canonical(on_the_wire(documented, schema))


def operation_named(name: str, package: Built) -> str:
    """The Python name of the operation that the contract calls ``name``."""
    return next(item.name for item in package.plan.operations if item.xml_name == name)
