"""``soapgen sample --style documented`` gives messages as the vendor publishes them."""

from __future__ import annotations

import pytest
from soapgen.messages import read_samples
from soapgen.sources import find_sources
from soapgen.vendors import as_documented

from tests.documented.published import TIMESTAMP, digest, recorded
from tests.support.command import soapgen
from tests.support.paths import PROJECT, WSDL, corpus


@pytest.mark.conformance
@pytest.mark.parametrize(("edition", "count"), [("Services86", 2922), ("Services85", 2770)])
def test_every_published_example_byte_for_byte(edition: str, count: int) -> None:
    """But for timestamps, which are those of the day on which the page was made."""
    folder = corpus() / edition
    matched, different = 0, []
    for source in sorted((folder / "wsdl").glob("*.wsdl")):
        for name, text in read_samples(find_sources([source]), as_documented("now")).all():
            published = (folder / "envelopes" / source.stem / name).read_bytes().decode()
            if TIMESTAMP.sub("now", published) == text:
                matched += 1
            else:
                different.append(f"{source.stem}/{name}")
    assert different == []
    assert matched == count


def test_the_timestamp_is_the_one_that_is_given() -> None:
    samples = read_samples(
        find_sources([WSDL / "EMail.wsdl"]), as_documented("2023-02-15T13:13:12Z")
    )
    message = samples.response("GetEMailEnvelopes")
    assert set(TIMESTAMP.findall(message)) == {"2023-02-15T13:13:12Z"}


@pytest.mark.slow
def test_printed() -> None:
    result = soapgen(
        "sample", "wsdl/EMail.wsdl", "SyncEmailAccounts", "--style", "documented", cwd=PROJECT
    )
    assert result.returncode == 0
    assert digest(result.stdout) == recorded()["EMail/SyncEmailAccounts.request.xml"]
    wire = soapgen("sample", "wsdl/EMail.wsdl", "SyncEmailAccounts", "--response", cwd=PROJECT)
    assert "<SyncEmailAccountsResponse/>" in wire.stdout
