"""XML that is refused before it is parsed, and XML that is nested too deep."""

from __future__ import annotations

import pytest
from lxml import etree
from soapgen.errors import LimitError, SourceError
from soapgen.sources import Limits, parse

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9))
BOMB = f'<!DOCTYPE a [<!ENTITY a0 "<b/>">{ENTITIES}]><a>&a8;</a>'
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "ascii"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("before", ["", " \n", f"<!-- {'c' * 20_000} -->", "<?a b?>"])
@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><a/>',
        BOMB,
        BOMB.replace("]>", '<!ATTLIST a b CDATA "&a8;">]>'),
    ],
)
def test_a_doctype_is_refused_before_anything_is_parsed(
    document: str, before: str, declared: bool, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("it is parsed")

    monkeypatch.setattr(etree, "fromstring", parsed)
    name = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    declaration = f'<?xml version="1.0" encoding="{name}"?>' if declared else ""
    # White space may not stand before a declaration.
    content = (declaration + before + document).encode(encoding)
    with pytest.raises(SourceError, match=r"a.wsdl: the file has a DOCTYPE, which is refused"):
        parse(content, "a.wsdl")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp037"])
@pytest.mark.parametrize("document", [BOMB, f'<?xml version="1.0"?>{BOMB}'])
def test_a_doctype_in_an_encoding_that_is_not_marked(document: str, encoding: str) -> None:
    with pytest.raises(SourceError, match=r"DOCTYPE|not well-formed"):
        parse(document.encode(encoding), "a.wsdl")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_without_one(encoding: str) -> None:
    for text in ("<a/>", "\n<!-- <!DOCTYPE a> --><a/>", "<?a <!DOCTYPE a>?><a><b/></a>"):
        assert parse(text.encode(encoding), "a.wsdl").tag == "a"


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b'<?xml version="1.0" encoding="x-nope"?><a/>', "save the document in UTF-8"),
        ("<a/>".encode("utf-16-be"), "save the document in UTF-8"),
        ("<a/>".encode("utf-32"), "save the document in UTF-8"),
        (b"\xff\xfe", "cut off"),
        (b"<a>\xff</a>", "."),
        (b"<a>\0</a>", "UTF-8"),
        (b"<a", "cut off"),
        (b"<!DOC", "cut off"),
        (b"<!DOCTYPE a", "."),
        (b"<!-- ", "cut off"),
        (b"<a:b/>", "."),
    ],
)
def test_what_is_not_well_formed_is_told_in_one_line(content: bytes, hint: str) -> None:
    with pytest.raises(SourceError, match=hint) as caught:
        parse(content, "a.wsdl")
    assert len(str(caught.value).splitlines()) == 1


def nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def test_how_deep_elements_are_nested() -> None:
    parse(nested(128), "a.wsdl")
    parse(nested(250), "a.wsdl", Limits(depth=250))
    with pytest.raises(LimitError, match=r"a\.wsdl:1: .*more than 128 deep; .* depth=250$"):
        parse(nested(129), "a.wsdl")


@pytest.mark.parametrize("depth", [240, 10_000, 1_000_000])
def test_elements_that_are_nested_far_too_deep(depth: int) -> None:
    with pytest.raises(LimitError, match=r"nested more than 128 deep"):
        parse(nested(depth), "a.wsdl")
