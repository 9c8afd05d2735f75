"""``soapgen sample``: in the documented style as the vendor publishes it, on the wire valid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.messages import Samples, on_the_wire
from soapgen.sources import find_sources
from soapgen.vendors import as_documented

from tests.documented.published import TIMESTAMP, digest, recorded
from tests.documented.test_examples import BINDINGS, operation_named
from tests.support.canonical import canonical
from tests.support.command import soapgen
from tests.support.packages import Built
from tests.support.paths import PROJECT, WSDL, corpus
from tests.support.schemas import problems, schema_of


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "count"), [("Services86", 2922), ("Services85", 2770)])
def test_every_published_example_byte_for_byte(edition: str, count: int) -> None:
    """But for timestamps, which are those of the day on which the page was made."""
    folder = corpus() / edition
    matched, different = 0, []
    for source in sorted((folder / "wsdl").glob("*.wsdl")):
        for name, text in Samples(find_sources([source]), as_documented("now")).all():
            published = (folder / "envelopes" / source.stem / name).read_bytes().decode()
            if TIMESTAMP.sub("now", published) == text:
                matched += 1
            else:
                different.append(f"{source.stem}/{name}")
    assert different == []
    assert matched == count


def test_the_timestamp_is_the_one_that_is_given() -> None:
    samples = Samples(find_sources([WSDL / "EMail.wsdl"]), as_documented("2023-02-15T13:13:12Z"))
    message = samples.response("GetEMailEnvelopes")
    assert set(TIMESTAMP.findall(message)) == {"2023-02-15T13:13:12Z"}


@pytest.mark.parametrize("service", ["EMail", "SoPrincipal"])
def test_on_the_wire_every_message_is_valid(service: str) -> None:
    schema = schema_of(WSDL / f"{service}.wsdl")
    samples = Samples(find_sources([WSDL / f"{service}.wsdl"]), on_the_wire("2026-01-02T03:04:05"))
    for name, text in samples.all():
        assert problems(schema, text.encode()) == [], name


def test_on_the_wire_it_is_what_the_generated_client_sends(email: Built) -> None:
    samples = Samples(find_sources([WSDL / "EMail.wsdl"]), on_the_wire("2026-01-02T03:04:05"))
    headers = email.models.RequestHeaders(
        application_token="",
        ticket="",
        time_zone=email.models.SoTimeZone(so_time_zone_id=0, so_time_zone_location_code=""),
    )
    for name in BINDINGS["EMail"]:
        operation = operation_named(name, email)
        sample = samples.request(name).encode()
        arguments = email.parse_request(operation, sample)
        built = email.build(operation, *arguments, soap_headers=headers)
        assert canonical(etree.fromstring(built)) == canonical(_bare(sample)), name


def test_what_services86_does_not_use() -> None:
    source = PROJECT / "tests" / "contracts" / "Shapes.wsdl"
    message = Samples(find_sources([source]), on_the_wire("2026-01-02T03:04:05Z")).request(
        "Exhibit"
    )
    assert 'xmlns:s="http://www.w3.org/2003/05/soap-envelope"' in message
    assert '<shape xsi:type="shapes:Dot">' in message  # an abstract type is never written
    assert "<signed>" in message  # of a choice, the first
    assert "<anonymous>" not in message
    assert "<inset>" not in message  # a type within itself ends
    assert "<ghost" not in message  # nothing can stand there


def test_printed() -> None:
    result = soapgen(
        "sample", "wsdl/EMail.wsdl", "SyncEmailAccounts", "--style", "documented", cwd=PROJECT
    )
    assert result.returncode == 0
    assert digest(result.stdout) == recorded()["EMail/SyncEmailAccounts.request.xml"]
    wire = soapgen("sample", "wsdl/EMail.wsdl", "SyncEmailAccounts", "--response", cwd=PROJECT)
    assert "<SyncEmailAccountsResponse/>" in wire.stdout


def test_all_written(tmp_path: Path) -> None:
    result = soapgen(
        "sample", WSDL / "SoPrincipal.wsdl", "--all", "-o", tmp_path / "s", cwd=tmp_path
    )
    assert result.stdout == f"Wrote {tmp_path / 's'}: 10 messages.\n"
    assert len(list((tmp_path / "s").glob("*.request.xml"))) == 5
    assert len(list((tmp_path / "s").glob("*.response.xml"))) == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SyncEmailAcounts"], "there is no operation SyncEmailAcounts in EMail; did you mean"),
        ([], "give an operation, or --all with -o DIR"),
        (["--all"], "give an operation, or --all with -o DIR"),
        (["Send", "--all", "-o", "x"], "give an operation, or --all with -o DIR"),
        (["Send", "--style", "nice"], "nice"),
    ],
)
def test_mistakes(arguments: list[str], message: str, tmp_path: Path) -> None:
    result = soapgen("sample", WSDL / "EMail.wsdl", *arguments, cwd=tmp_path)
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert message in line
    assert list(tmp_path.iterdir()) == []


def _bare(message: bytes) -> Any:
    """The message without the layout that is there for reading."""
    root = etree.fromstring(message)
    for element in root.iter():
        if len(element):
            element.text = None
        element.tail = None
    return root


def test_several_services(tmp_path: Path) -> None:
    shop = PROJECT / "tests" / "contracts" / "shop"
    result = soapgen("sample", shop, "--all", "-o", "s", cwd=tmp_path)
    assert result.stdout == "Wrote s: 8 messages.\n"
    assert {path.parent.name for path in (tmp_path / "s").rglob("*.xml")} == {"Orders", "Stock"}
    one = soapgen("sample", shop, "Stock.Find", "--response", cwd=tmp_path)
    assert one.stdout == (tmp_path / "s" / "Stock" / "Find.response.xml").read_text("utf-8")
    same = soapgen("sample", shop, "Find", "--response", "--service", "Stock", cwd=tmp_path)
    assert same.stdout == one.stdout
    unclear = soapgen("sample", shop, "Find", cwd=tmp_path)
    assert unclear.returncode == 2
    assert "there is an operation Find in Orders and Stock" in unclear.stderr
