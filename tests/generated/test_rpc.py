"""Operations of the style rpc: parts are elements, in one with the name of the operation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import zeep
from lxml import etree
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package
from tests.support.paths import RATES

CALLS = "{urn:example:rates:calls}"
TYPES = "{urn:example:rates}"


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_package(RATES, tmp_path_factory.mktemp("rpc"), name="rates_rpc")


def message(content: bytes) -> etree._Element:
    """The element in the body of ``content``."""
    (element,) = etree.fromstring(content)[-1]
    return element


def test_a_request(rates: Built) -> None:
    element = message(rates.build("get_rate", "EUR", date(2026, 11, 28)))
    assert element.tag == f"{CALLS}GetRate"
    assert [(part.tag, part.text) for part in element] == [
        ("currency", "EUR"),
        ("day", "2026-11-28"),
    ]


def test_a_response_has_the_name_of_the_operation(rates: Built) -> None:
    rate = rates.models.Rate(currency="EUR", value=Decimal("1.08"))
    content = rates.build_response("get_rate", rate)
    element = message(content)
    assert element.tag == f"{CALLS}GetRateResponse"
    assert [part.tag for part in element] == ["rate"]
    assert [item.tag for item in element[0]] == [f"{TYPES}currency", f"{TYPES}value"]
    assert rates.parsers.parse_get_rate(content) == rate


def test_several_results_are_a_record(rates: Built) -> None:
    low, high = (rates.models.Rate(currency="EUR", value=Decimal(value)) for value in (1, 2))
    spread = rates.parsers.parse_spread(rates.build_response("spread", low, high))
    assert (spread.lowest, spread.highest) == (low, high)


@pytest.mark.slow
def test_the_generated_client_calls_a_server_that_validates(
    rates: Built, soap_server: Callable[..., SoapServer]
) -> None:
    server = soap_server(RATES)
    rate = rates.models.Rate(currency="EUR", value=None)
    server.service.answer("GetRate", rates.build_response("get_rate", rate))
    with rates.client.RatesClient(server.url) as client:
        assert client.get_rate("EUR", date(2026, 11, 28)) == rate
        assert client.set_rate(rate) is None
        assert isinstance(client.spread(), rates.models.SpreadResult)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"2026-11-28", b"today", "day: "),
        (b"<currency>EUR</currency>", b"", "GetRate should contain currency day"),
    ],
)
def test_a_request_that_is_not_valid_is_refused(
    old: bytes, new: bytes, reason: str, rates: Built, soap_server: Callable[..., SoapServer]
) -> None:
    content = rates.build("get_rate", "EUR", date(2026, 11, 28))
    assert old in content
    answer = soap_server(RATES).service.handle(content.replace(old, new))
    assert answer.status == 500
    assert answer.problem is not None
    assert reason in answer.problem


@pytest.mark.slow
def test_a_type_that_no_schema_has_is_refused(
    rates: Built, soap_server: Callable[..., SoapServer]
) -> None:
    content = rates.build("set_rate", rates.models.Rate(currency="EUR", value=None))
    changed = content.replace(b"<rates:currency>", b'<rates:currency xsi:type="far">')
    assert changed != content
    answer = soap_server(RATES).service.handle(changed)
    assert answer.status == 500
    assert answer.problem is not None
    assert "SetRate cannot be validated" in answer.problem


@pytest.mark.slow
def test_zeep_calls_such_a_server(rates: Built, soap_server: Callable[..., SoapServer]) -> None:
    server = soap_server(RATES)
    rate = rates.models.Rate(currency="NOK", value=Decimal("11.7"))
    server.service.answer("GetRate", rates.build_response("get_rate", rate))
    peer: Any = zeep.Client(f"{server.url}?wsdl").service
    answer = peer.GetRate(currency="NOK", day=date(2026, 11, 28))
    assert (answer.currency, answer.value) == ("NOK", Decimal("11.7"))
    (received,) = server.service.received
    assert rates.parsers.parse_get_rate_request(received.content) == rates.models.GetRateRequest(
        currency="NOK", day=date(2026, 11, 28)
    )
