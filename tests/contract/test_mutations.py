"""Whatever is wrong with a contract: it is built, or refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from soapgen.contract import read_all
from soapgen.errors import SoapgenError
from soapgen.messages import on_the_wire, read_samples
from soapgen.project import Options
from soapgen.project.generate import choose, plan_package
from soapgen.render import render
from soapgen.sources import find_sources, read_all_documents

from tests.support.mutations import mutated
from tests.support.small import EVERYTHING, wsdl

SOURCES = (wsdl(), wsdl(EVERYTHING, response_header="Limit"))


def refused(source: Path) -> SoapgenError | None:
    """What soapgen refuses ``source`` with; None if it generates a package and samples."""
    try:
        sources = find_sources([source])
        contracts = read_all(read_all_documents(sources))
        options = Options(name="mutated", server=True)
        plan = plan_package(sources, contracts, choose(contracts, options), options, ())
        assert list(render(plan))
        list(read_samples(sources, on_the_wire("2000-01-01T00:00:00Z")).all())
    except SoapgenError as error:
        return error
    return None


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


@pytest.mark.parametrize("source", SOURCES)
def test_the_sources_are_sound(folder: Path, source: str) -> None:
    (folder / "sound.wsdl").write_text(source, encoding="utf-8")
    assert refused(folder / "sound.wsdl") is None


@pytest.mark.conformance
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(content=mutated(SOURCES))
def test_a_contract_is_built_or_refused_with_its_place(folder: Path, content: bytes) -> None:
    (folder / "mutated.wsdl").write_bytes(content)
    error = refused(folder / "mutated.wsdl")
    if error is not None:
        assert error.place is not None, error
        assert "\n" not in str(error)
        assert len(str(error)) < 1000
