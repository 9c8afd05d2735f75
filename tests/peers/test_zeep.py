"""zeep: a client of ``soapgen serve``. It has no server, and writes no WSDL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import zeep
from soapgen.serve import SoapServer

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .stacks import ZEEP

pytestmark = pytest.mark.conformance

SERVE = (ZEEP, Caller.SERVE, Contract.OURS)
TYPES = "derived types, dictionaries, nil and missing members, SOAP headers; faults"


def is_called(
    version: str, echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer]
) -> None:
    server = serve_echo(version)
    peer = zeep.Client(f"{server.url}?wsdl")
    types = peer.type_factory("urn:example:echo")
    value = types.Everything(
        Text="<æ&\"'> ]]>\n\U0001f4e7 two  spaces",
        Number=-(2**31),
        Flag=True,
        Price=Decimal("1.25"),
        When=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        Data=bytes([0, 1, 255]),
        One=types.Special(Name="derived", Colour="green", Extra=5),
        Items={"Item": [types.Item(Name="a"), types.Special(Name="b", Colour="red", Extra=1)]},
        Labels={"Label": [{"Key": "x", "Value": 1}, {"Key": "ø", "Value": -2}]},
        Inner=types.Everything(Text="", Number=0, Flag=False, Nothing=""),
    )
    said = peer.service.Echo(value, _soapheaders={"session": {"Token": "t <&>"}})
    with pytest.raises(zeep.exceptions.Fault, match="Told to <fail>"):
        peer.service.Fail("fault")

    echo = echoes[version]
    requests = {item.operation: item.content for item in server.service.received}
    assert echo.package.parse_request("echo", requests["Echo"]) == (echo.everything(),)
    assert echo.package.parse_request("fail", requests["Fail"]) == ("fault",)
    assert b"t &lt;&amp;&gt;" in requests["Echo"]
    answer = said.body.Value if "body" in said else said
    for name in ("Text", "Number", "Flag", "Price", "When", "Data", "Nothing"):
        assert answer[name] == value[name], name
    assert (type(answer.One).__name__, answer.One.Extra) == ("Special", 5)
    items = answer.Items.Item
    assert [item.Name for item in items] == ["a", "b"]
    assert [(label.Key, label.Value) for label in answer.Labels.Label] == [("x", 1), ("ø", -2)]


@exchanged(*SERVE, TYPES)
def test_its_client_calls_soapgen_serve(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer]
) -> None:
    is_called("1.1", echoes, serve_echo)


@exchanged(*SERVE, TYPES, soap="1.2")
def test_its_client_calls_soapgen_serve_in_soap_12(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer]
) -> None:
    is_called("1.2", echoes, serve_echo)
