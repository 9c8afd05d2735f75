"""The wire request and response of every EMail operation, as files that a person has read.

``make golden`` writes them anew; read what it changed before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tests.support.packages import Built, operation_named
from tests.support.paths import WSDL
from tests.support.samples import sample_arguments
from tests.support.schemas import bindings, problems, schema_of

MESSAGES = Path(__file__).parent / "messages"
BINDINGS = bindings(WSDL / "EMail.wsdl")
OPERATIONS = list(BINDINGS)


@pytest.fixture(scope="session")
def schema() -> object:
    return schema_of(WSDL / "EMail.wsdl")


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATIONS)
def test_request(name: str, email: Built, schema: object, request: pytest.FixtureRequest) -> None:
    operation = operation_named(name, email)
    arguments = sample_arguments(getattr(email.builders, f"build_{operation}"))
    headers = email.models.RequestHeaders(
        application_token="1234567-1234-9876",
        ticket="7T:1234abcxyzExample==",
        time_zone=email.models.SoTimeZone(so_time_zone_id=37, so_time_zone_location_code="NO"),
    )

    message = email.build(operation, **arguments, soap_headers=headers)

    assert problems(schema, message) == []
    _, bound = BINDINGS[name]
    header = etree.fromstring(message)[0]
    assert [element.tag for element in header] == bound
    assert email.parse_request(operation, message) == tuple(arguments.values())
    _compare(MESSAGES / f"{name}.request.xml", message, request)


@pytest.mark.slow
@pytest.mark.parametrize("name", OPERATIONS)
def test_response(name: str, email: Built, schema: object, request: pytest.FixtureRequest) -> None:
    operation = operation_named(name, email)
    build = getattr(email.builders, f"build_{operation}_response")
    values = sample_arguments(build)

    message = email.build_response(operation, *values.values())

    assert problems(schema, message) == []
    assert email.as_arguments(email.parse(operation, message), build) == tuple(values.values())
    _compare(MESSAGES / f"{name}.response.xml", message, request)


def test_no_golden_file_is_left_over() -> None:
    names = {f"{name}.{side}.xml" for name in OPERATIONS for side in ("request", "response")}
    assert {path.name for path in MESSAGES.iterdir()} == names


def _compare(path: Path, message: bytes, request: pytest.FixtureRequest) -> None:
    root = etree.fromstring(message)
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode") + "\n"
    if request.config.getoption("--renew-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert text == expected, (
        f"{path.name} is not what soapgen writes now; if the change is meant, "
        "run `make golden`, read the difference and commit it"
    )
