"""JAX-WS RI: services with the WSDLs that it writes, and a client made of one of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from soapgen.serve import SoapServer

from tests.support.packages import Built, build_package

from .echo import Echo
from .exchanges import Caller, Contract, exchanged
from .java import JARS, services
from .processes import run
from .stacks import JAXWS, PEERS

pytestmark = pytest.mark.conformance

CLIENT = (JAXWS, Caller.CLIENT, Contract.ITS_OWN)
SERVE = (JAXWS, Caller.SERVE, Contract.OURS)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The start of the addresses of the services."""
    folder = tmp_path_factory.mktemp("jaxws")
    with services("Library", "Wrapped", "Wrapped12", "Bare", folder=folder) as address:
        yield address


@pytest.fixture(scope="module")
def libraries(url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The packages for the WSDLs that the services publish, by the ends of their addresses."""
    folder = tmp_path_factory.mktemp("libraries")
    return {
        name: build_package(f"{url}/{name}?wsdl", folder, name=f"library_{name}")
        for name in ("wrapped", "wrapped12", "bare")
    }


def atlas(library: Built) -> Any:
    models = library.models
    return models.Atlas(
        title="<æ&\"'> ]]> \U0001f4da",
        pages=-(2**31),
        price=Decimal("12345678901234567890.1230"),
        bought=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        loan=library.module("_durations").Duration(months=14, days=3, seconds=Decimal("1.50")),
        cover=bytes([0, 1, 127]),
        genre=models.Genre.POETRY,
        authors=["one", library.values.nil(str), ""],
        note=None,
        isbn="1 & 2",
        lent=False,
        maps=[models.Book(title="", pages=1, isbn="", note="")],
    )


def calls_the_service(library: Built, url: str) -> None:
    models, value = library.models, atlas(library)
    session = models.Session(user="me <&>", since=2**62)
    exchanges: list[Any] = []
    with library.client.LibraryClient(url, session=session) as client:
        assert client.with_options(after=exchanges.append).echo(value) == value
        headers = library.parsers.parse_response_headers(exchanges[0].received)
        assert headers.answer == f"me <&> since {2**62}"
        assert client.describe(value) == (
            "Atlas(1 & 2, false, <æ&\"'> ]]> \U0001f4da, -2147483648, 12345678901234567890.1230, "
            "2026-01-02T03:04:05.678000Z, P14M3DT1.50S, [0, 1, 127], POETRY, [one, null, ], null, "
            "Book(, null, , 1, null, null, null, null, null, [], ))"
        )
        assert client.describe() == "null"
        books = [value, models.Book(title="b", pages=2, isbn="b")]
        assert client.reverse(books, times=3) == books[::-1]
        assert client.reverse([], times=1) == []
        before = client.notes(0)
        assert client.note("first & only") is None
        assert client.notes(len(before) + 1) == [*before, "first & only"]
        with pytest.raises(library.errors.SoapFault) as caught:
            client.refuse("no <books>")
        assert caught.value.reason == "Refused: no <books>"
        assert caught.value.detail.why == "no <books>"
        assert caught.value.detail.code == 7
        with pytest.raises(library.errors.SoapFault, match="boom"):
            client.crash("boom")


TYPES = (
    "derived types, attributes, nil items, dates and durations, SOAP headers both ways; "
    "declared faults; one-way calls"
)


@exchanged(*CLIENT, TYPES)
def test_the_generated_client_calls_its_service(libraries: dict[str, Built], url: str) -> None:
    calls_the_service(libraries["wrapped"], f"{url}/wrapped")


@exchanged(*CLIENT, TYPES, soap="1.2")
def test_the_generated_client_calls_its_service_in_soap_12(
    libraries: dict[str, Built], url: str
) -> None:
    calls_the_service(libraries["wrapped12"], f"{url}/wrapped12")


@exchanged(*CLIENT, "derived types and simple values as bodies", style="document/literal, bare")
def test_bodies_without_a_wrapper(libraries: dict[str, Built], url: str) -> None:
    library = libraries["bare"]
    with library.client.BareClient(f"{url}/bare") as client:
        assert client.turn("<æ&> ") == " >&æ<"
        assert client.copy(atlas(library)) == atlas(library)


@exchanged(*SERVE, "derived types, nil items, dictionaries, SOAP headers; faults")
def test_its_client_calls_soapgen_serve(
    echoes: dict[str, Echo], serve_echo: Callable[[str], SoapServer], tmp_path: Path
) -> None:
    JAXWS.require()
    echo, server = echoes["1.1"], serve_echo("1.1")
    wsimport = ("com.sun.tools.ws.WsImport", "-quiet", "-XadditionalHeaders", "-s", ".", "-d", ".")
    run("java", "-cp", JARS, *wsimport, "-Xnocompile", echo.path, cwd=tmp_path)
    sources = [*tmp_path.rglob("*.java"), PEERS / "jaxws" / "Caller.java"]
    run("javac", "-nowarn", "-cp", JARS, "-d", ".", *sources, cwd=tmp_path)
    said = run("java", "-cp", f".:{JARS}", "Caller", server.url, cwd=tmp_path).splitlines()

    value = echo.everything()
    value.items.insert(1, None)
    requests = {item.operation: item.content for item in server.service.received}
    assert echo.package.parse_request("echo", requests["Echo"]) == (value,)
    assert echo.package.parse_request("fail", requests["Fail"]) == ("fault",)
    assert b"t &lt;&amp;&gt;" in requests["Echo"]
    assert said == [
        "same=true true",
        "items=Special:derived:GREEN+5|Item:a:null|null|Special:b:RED+1|x=1|ø=-2|"
        "|0|false|null|null||||",
        "fault=Told to <fail>",
    ]
