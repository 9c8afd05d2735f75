"""WCF on Mono: a service of data contracts, with the WSDL that it publishes itself."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.support.packages import Built, build_package

from .exchanges import Caller, Contract, exchanged
from .processes import run, serving
from .stacks import PEERS, WCF

pytestmark = pytest.mark.conformance

ITS_OWN = (WCF, Caller.CLIENT, Contract.ITS_OWN)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service."""
    WCF.require()
    folder = tmp_path_factory.mktemp("mono")
    libraries = ["-r:System.ServiceModel", "-r:System.Runtime.Serialization"]
    sources = [PEERS / "mono" / name for name in ("Zoo.cs", "Films.cs")]
    run("mcs", "-out:zoo.exe", *libraries, *sources, cwd=folder)
    with serving("mono", "zoo.exe", cwd=folder) as address:
        yield address


@pytest.fixture(scope="module")
def zoo(url: str, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The package for the WSDL that the service publishes, in pieces that import one another."""
    return build_package(f"{url}?wsdl", tmp_path_factory.mktemp("zoo"), name="zoo_client")


@pytest.fixture
def client(zoo: Built, url: str) -> Iterator[Any]:
    with zoo.client.IZooClient(url) as client:
        yield client


def everything(zoo: Built) -> Any:
    """What the service makes by itself, made of the generated classes."""
    models, nil = zoo.models, zoo.values.nil
    diet = models.Diet
    return models.Everything(
        number=-(2**31), text="<æ&\"'> \U0001f981", flag=True, long=2**63 - 1,
        short=-(2**15), byte=255, signed_byte=-128, unsigned_long=2**64 - 1,
        float_=1.5, double=-math.inf, price=Decimal("12345678901234567890.123"),
        when=datetime(2026, 1, 2, 3, 4, 5, 678000, UTC),
        span=-timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=500),
        id=UUID("01234567-89ab-cdef-0123-456789abcdef"), letter="æ",
        data=bytes([0, 1, 255]), maybe=None, address="http://x.test/?a=1&b=2",
        words=["one", nil(str), ""], numbers=[1, None, 3],
        animals=[
            models.Animal(name="gnu", diet=frozenset({diet.GRASS})),
            nil(models.Animal),
            models.Cub(
                name="Simba", mood=models.Mood.VERY_ANGRY, diet=frozenset({diet.FISH, diet.MEAT}),
                mane=0.1, mother=models.Lion(name="Sarabi", diet=frozenset({diet.NONE})),
            ),
        ],
        counts={"ø": 1, "": -2},
        cages={UUID(int=0): models.Lion(name="L", diet=frozenset({diet.NONE}))},
        inner=models.Everything(number=0, letter="x"),
    )  # fmt: skip


DESCRIBED = (
    "Everything(Address=http://x.test/?a=1&b=2, Animals=[Animal(Diet=Grass, Mood=Calm, Name='gnu')"
    ", null, Cub(Diet=Fish, Meat, Mane=0.1, Mood=Angry, Mother=Lion(Diet=None, Mane=0, Mood=Calm, "
    "Name='Sarabi'), Name='Simba')], Byte=255, Cages={00000000-0000-0000-0000-000000000000: "
    "Lion(Diet=None, Mane=0, Mood=Calm, Name='L')}, Counts={'ø': 1, '': -2}, Data=00-01-FF, "
    "Double=-Infinity, Flag=True, Float=1.5, Id=01234567-89ab-cdef-0123-456789abcdef, Inner="
    "Everything(Address=null, Animals=null, Byte=0, Cages=null, Counts=null, Data=null, Double=0, "
    "Flag=False, Float=0, Id=00000000-0000-0000-0000-000000000000, Inner=null, Letter=x, Long=0, "
    "Maybe=null, MaybeId=null, Number=0, Numbers=null, Price=0, Short=0, SignedByte=0, "
    "Span=00:00:00, Text=null, UnsignedLong=0, When=0001-01-01T00:00:00.0000000, Words=null), "
    "Letter=æ, Long=9223372036854775807, Maybe=null, MaybeId=null, Number=-2147483648, "
    "Numbers=[1, null, 3], Price=12345678901234567890.123, Short=-32768, SignedByte=-128, "
    "Span=-1.02:03:04.5000000, Text='<æ&\"'> \U0001f981', UnsignedLong=18446744073709551615, "
    "When=2026-01-02T03:04:05.6780000Z, Words=['one', null, ''])"
)
"""The same value in the words of .NET."""


@exchanged(
    *ITS_OWN,
    "data contracts: derived types, dictionaries, flags, enumerations, GUIDs, durations, "
    "characters, nil items",
)
def test_what_the_service_makes_is_read(zoo: Built, client: Any) -> None:
    made = client.make()
    assert made == everything(zoo)
    assert zoo.values.is_nil(made.words[1])
    assert not zoo.values.is_nil(made.words[2])
    assert zoo.values.is_nil(made.animals[1])
    assert type(made.animals[2].mother) is zoo.models.Lion


@exchanged(
    *ITS_OWN,
    "data contracts: derived types, dictionaries, flags, enumerations, GUIDs, durations, "
    "characters, nil items",
)
def test_what_is_written_is_what_the_service_reads(zoo: Built, client: Any) -> None:
    value = everything(zoo)
    assert client.describe(value) == DESCRIBED
    assert client.describe() == "null"
    assert client.echo(value) == value
    assert client.echo() is None


@exchanged(*ITS_OWN, "several parameters, of simple types and lists")
def test_parameters(zoo: Built, client: Any) -> None:
    models = zoo.models
    diet = frozenset({models.Diet.FISH})
    animals = [models.Cub(name="c", diet=diet), models.Animal(name="a", diet=diet)]
    assert client.turn(animals, backwards=True) == animals[::-1]
    assert client.count(["a", "b", "a", zoo.values.nil(str)]) == {"a": 2, "b": 1, "(null)": 1}
    assert client.count([]) == {}
    span, diet = timedelta(milliseconds=-1), frozenset({models.Diet.GRASS, models.Diet.MEAT})
    # The service adds all of it up: days, and seconds.
    sum_ = timedelta(days=3, seconds=0xFFFF + 1 + 4 - 7) + span
    assert client.add(span=span, id=UUID(int=3), letter="\uffff", diet=diet, extra=-7) == sum_


@exchanged(*ITS_OWN, "faults with a detail of a `FaultContract`")
def test_a_fault_of_a_fault_contract(zoo: Built, client: Any) -> None:
    with pytest.raises(zoo.errors.SoapFault) as caught:
        client.refuse("no <lions>")
    fault = caught.value
    assert fault.reason == "Refused: no <lions>"
    # Mono's WSDL does not declare it: the detail is there as XML.
    assert "<Code>7</Code><Why>no &lt;lions&gt;</Why>" in fault.markup
    assert fault.exchange.status == 500


@exchanged(*ITS_OWN, "exceptions in faults (`IncludeExceptionDetailInFaults`)")
def test_an_exception_in_a_fault(zoo: Built, client: Any) -> None:
    with pytest.raises(zoo.errors.SoapFault) as caught:
        client.crash("boom")
    exception = caught.value.exception
    assert exception is not None
    assert (exception.type, exception.message) == ("System.InvalidOperationException", "boom")
    assert "Zoo.ZooService.Crash" in exception.stack_trace


@exchanged(*ITS_OWN, "one-way calls")
def test_one_way(client: Any) -> None:
    before = client.notes(0)
    assert client.note("first & only") is None
    assert client.notes(len(before) + 1) == [*before, "first & only"]


class _ToldBoundary(httpx.HTTPTransport):
    """Puts the header that Mono writes into the body of its answers in parts where it belongs."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        head, _, body = response.read().partition(b"\r\n\r\n")
        _, found, content_type = head.partition(b"Content-Type: ")
        assert found
        return httpx.Response(200, headers={"Content-Type": content_type.decode()}, content=body)


@exchanged(*ITS_OWN, "binaries beside envelopes (MTOM), in requests, and in answers once mended")
def test_binaries_travel_beside_envelopes(url: str, tmp_path: Path) -> None:
    address = f"{url.removesuffix('zoo')}films"
    films = build_package(f"{address}?wsdl", tmp_path, name="films_client")
    # Mono takes no binary of more than 16,384 octets by MTOM, whatever its quotas are.
    large, small = bytes(range(256)) * 60, bytes([0, 1, 255])
    film = films.models.Film(name="<æ&>", content=large, pictures=[small, large[::-1]])

    def described(octets: bytes) -> str:
        return f"{len(octets)} {hashlib.sha256(octets).hexdigest()}"

    exchanges: list[Any] = []
    with httpx.Client(transport=_ToldBoundary()) as http:
        client = films.client.IFilmsClient(address, http=http)
        client = client.with_options(mtom=True, after=exchanges.append)
        pictures = f"[{described(small)}, {described(large[::-1])}]"
        assert client.describe(film) == f"<æ&>: {described(large)}, {pictures}"
        assert client.echo(film) == film
        assert exchanges[-1].sent.count(b"Include") == 2
        assert exchanges[-1].received.count(b"Include") >= 2
        assert len(exchanges[-1].received) < 3000
    # As it is, nobody can read such an answer: its header does not say what is between its parts.
    with (
        films.client.IFilmsClient(address) as client,
        pytest.raises(films.errors.NotSoap, match="expected a boundary between parts"),
    ):
        client.with_options(mtom=True).echo(film)
