"""The samples of a reference, pasted: the Python sends the XML, and the JSON is the same values."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from lxml import etree
from soapgen import namespaces
from soapgen.messages.canonical import differences
from soapgen.project import Options, importable
from soapgen.project.generate import generate
from soapgen.reference.pages import OperationPage, Site
from soapgen.sources import find_sources
from soapgen.vendors import conventions

from tests.support.paths import corpus

from .sites import SOURCES, made, site

pytestmark = pytest.mark.slow


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The envelopes that clients send; they get no answer."""
    envelopes: list[bytes] = []

    def send(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        envelopes.append(request.read())
        raise _Sent

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", send)
    return envelopes


class _Sent(Exception):
    """Ends a call."""


def _tree(content: bytes) -> etree._Element:
    """The tree of a message; an element that is nil need not say its type (SOAP 1.1, 5.1)."""
    tree = etree.fromstring(content, etree.XMLParser(remove_blank_text=True))
    for element in tree.iterfind(f".//*[@{{{namespaces.XSI}}}nil]"):
        etree.strip_attributes(element, f"{{{namespaces.XSI}}}type")
    return tree


def _without_nil(content: bytes) -> etree._Element:
    tree = _tree(content)
    for element in tree.findall(f".//*[@{{{namespaces.XSI}}}nil]"):
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    return tree


@pytest.mark.parametrize("name", SOURCES)
def test_what_is_pasted(name: str, tmp_path: Path, sent: list[bytes]) -> None:
    _paste(site(name).site, SOURCES[name], tmp_path, sent)


@pytest.mark.conformance
def test_what_is_pasted_for_a_large_service(tmp_path: Path, sent: list[bytes]) -> None:
    """By the rules of data contracts, None leaves an element out that the sample has as nil."""
    source = corpus() / "Services86" / "wsdl" / "Person.wsdl"
    _paste(made(source).site, source, tmp_path, sent, _without_nil)


def _paste(
    found: Site,
    source: Path,
    folder: Path,
    sent: list[bytes],
    tree: Callable[[bytes], etree._Element] = _tree,
) -> None:
    """Run all Python of the pages with the package that they describe, which is built here."""
    built = generate(find_sources([str(source)]), Options(), conventions())
    for path, text in built.texts.items():
        file = folder / built.plan.name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    operations = [page for service in found.services for page in service.operations]
    try:
        with importable(str(folder)):
            for service in found.services:
                exec(service.example, {})
            for page in found.types:
                exec(f"from {page.package} import {page.name}", {})
            for operation in operations:
                _paste_samples(operation, sent, tree)
    finally:
        for module in [it for it in sys.modules if it.partition(".")[0] == built.plan.name]:
            del sys.modules[module]
    assert len(sent) == len(operations)


def _paste_samples(
    page: OperationPage, sent: list[bytes], tree: Callable[[bytes], etree._Element]
) -> None:
    for title, samples in page.samples:
        texts = {item.language: item.text for item in samples}
        assert not [item.problem for item in samples if item.problem]
        if "JSON" in texts:
            json.loads(texts["JSON"])
        if title == "Request":
            with pytest.raises(_Sent):
                exec(texts["Python"], {})
            different = differences(tree(texts["XML"].encode()), tree(sent[-1]))
            assert not list(different), (page.name, texts["Python"])
        elif "Python" in texts:
            exec(texts["Python"], {})
