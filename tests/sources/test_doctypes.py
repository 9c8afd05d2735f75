"""A DOCTYPE that changes nothing is taken out before a parser sees it; any other one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from soapgen.errors import SourceError
from soapgen.sources import find_sources, read_documents
from soapgen.sources.doctypes import without_doctype

from tests.sources.test_safe_xml import BOMB
from tests.support.small import SCHEMA, wsdl

DTD = "http://www.w3.org/2001/XMLSchema.dtd"
HARMLESS = [
    "<!DOCTYPE xs:schema>",
    "<!DOCTYPE schema [\n  <!-- for > editors ]> -->\n  <!ENTITY ds 'urn:ds'>\n]>",
    f'<!DOCTYPE schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "{DTD}">',
    "<!DOCTYPE schema SYSTEM 'XMLSchema.dtd' [<!ENTITY % p ''> <!ENTITY % s ''> ]>",
    """<!DOCTYPE schema PUBLIC "-//W3C//DTD XMLSchema 200102//EN" "XMLSchema.dtd" [
  <!ATTLIST schema xmlns:ds CDATA #FIXED "http://www.w3.org/2000/09/xmldsig#"
                   xmlns:other CDATA #IMPLIED>
  <?for editors?><!ENTITY dsig 'http://www.w3.org/2000/09/xmldsig#'>
]
>""",
]
OTHERS = [
    '<!DOCTYPE schema SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE schema SYSTEM "http://127.0.0.1/XMLSchema.dtd?x">',
    '<!DOCTYPE schema PUBLIC "-//OTHER//DTD THING//EN" "XMLSchema.dtd">',
    '<!DOCTYPE schema [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE schema [<!ENTITY e PUBLIC "a" "file:///etc/passwd">]>',
    '<!DOCTYPE schema [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    "<!DOCTYPE schema [<!ENTITY % p ''> %p;]>",
    '<!DOCTYPE schema [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
    '<!DOCTYPE schema [<!ENTITY % a "aa"><!ENTITY b "%a;">]>',
    '<!DOCTYPE schema [<!ENTITY a "<b/>">]>',
    '<!DOCTYPE schema [<!ATTLIST element minOccurs CDATA "0">]>',
    '<!DOCTYPE schema [<!ATTLIST element minOccurs CDATA #FIXED "0">]>',
    '<!DOCTYPE schema [<!ATTLIST element xmlnsx CDATA "0">]>',
    "<!DOCTYPE schema [<!ATTLIST element id ID #REQUIRED>]>",
    "<!DOCTYPE schema [<!ELEMENT schema ANY>]>",
    "<!DOCTYPE schema [<!NOTATION n SYSTEM 'n'>]>",
    "<!DOCTYPE schema [<![INCLUDE[]]>]>",
    "<!DOCTYPE schema [",
    "<!DOCTYPE schema [ <!-- ",
    "<!DOCTYPE schema ]>",
    "<!DOCTYPE>",
    "<!doctype schema>",
]


def documents_of(folder: Path, text: str, encoding: str = "utf-8") -> list[etree._Element]:
    path = folder / "People.wsdl"
    path.write_bytes(text.encode(encoding))
    (source,) = find_sources([folder]).wsdls
    return [document.root for document in read_documents(source).wsdls]


def with_doctype(doctype: str, text: str = "") -> str:
    declaration, _, rest = (text or wsdl()).partition("?>\n")
    return f"{declaration}?>\n<!-- before -->{doctype}{rest}"


@pytest.mark.parametrize("doctype", HARMLESS)
def test_a_doctype_that_changes_nothing(doctype: str, tmp_path: Path) -> None:
    (root,) = documents_of(tmp_path, with_doctype(doctype))
    docinfo: Any = root.getroottree().docinfo
    assert not docinfo.doctype
    (plain,) = documents_of(tmp_path, with_doctype("\n" * doctype.count("\n")))
    assert etree.tostring(root) == etree.tostring(plain)
    lines = [[element.sourceline for element in each.iter()] for each in (root, plain)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("doctype", OTHERS)
def test_any_other_one_is_refused(doctype: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"has a DOCTYPE, which is refused|not well-formed"):
        documents_of(tmp_path, with_doctype(doctype))


@pytest.mark.parametrize("doctype", [BOMB.partition("<a>")[0], HARMLESS[1]])
def test_what_an_entity_stands_for_is_never_read(doctype: str, tmp_path: Path) -> None:
    schema = SCHEMA.replace('name="Age"', 'name="&ds;"')
    with pytest.raises(SourceError, match=r"DOCTYPE|Entity 'ds' not defined; write what it"):
        documents_of(tmp_path, with_doctype(doctype, wsdl(schema)))


def test_no_attribute_gets_a_default(tmp_path: Path) -> None:
    schema = SCHEMA.replace("tns:Person", "ds:Person")
    with pytest.raises(SourceError, match="has a DOCTYPE"):
        documents_of(tmp_path, with_doctype(OTHERS[10]))
    (root,) = documents_of(tmp_path, with_doctype(HARMLESS[-1], wsdl(schema)))
    assert "ds" not in root.nsmap


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "shift_jis", "cp037"])
def test_encodings_in_which_markup_is_not_ascii(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{HARMLESS[0]}<a/>'.encode(encoding)
    assert without_doctype(content) == content


@pytest.mark.parametrize(
    "content",
    [
        b"<a><!DOCTYPE a></a>",
        b"<!-- <!DOCTYPE a> --><a/>",
        b"<!DOCTYPE a><!DOCTYPE a><a/>"[14:],
        b"",
        b"<a>" * 9,
    ],
)
def test_documents_without_one(content: bytes) -> None:
    assert without_doctype(content).count(b"DOCTYPE") == content.count(b"DOCTYPE") - (
        content.startswith(b"<!DOCTYPE")
    )


def test_a_second_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="DOCTYPE"):
        documents_of(tmp_path, with_doctype(HARMLESS[0] * 2))


def test_the_time_it_takes_grows_with_the_text() -> None:
    for hostile in (b"<!--" * 50_000, b"<!-- -->" * 50_000 + b"<!DOCTYPE", b"<?a" * 50_000):
        assert without_doctype(hostile) == hostile
