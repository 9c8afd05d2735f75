"""Where documents are found that do not lie beside the WSDL: by options of the user."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from soapgen.errors import SourceError
from soapgen.sources import Documents, ReadOptions, find_sources, read_all_documents

from tests.support.command import soapgen
from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, serving

AGE = '<xs:element name="Age" type="xs:int" minOccurs="0"/>'
CODE = '<xs:element name="Code" type="o:Code" xmlns:o="urn:other"/>'
OTHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:other">
      <xs:simpleType name="Code"><xs:restriction base="xs:token"/></xs:simpleType></xs:schema>"""
NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"


def importing(location: str) -> str:
    """A WSDL that needs the schema of urn:other, and imports it from ``location``."""
    where = f' schemaLocation="{location}"' if location else ""
    return wsdl(f'<xs:import namespace="urn:other"{where}/>' + SCHEMA.replace(AGE, AGE + CODE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a WSDL, and the schema that it needs beside the folder."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/People.wsdl").write_text(importing("http://h.invalid/other.xsd"), "utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/other.xsd").write_text(OTHER, "utf-8")
    return tmp_path


def read(source: Path | str, options: ReadOptions) -> Documents:
    return read_all_documents(find_sources([source], options=options))[0]


def keys(documents: Documents) -> list[str]:
    assert documents.repairs == ()
    return list(documents.inputs)


def test_the_error_says_what_to_do(folder: Path) -> None:
    with pytest.raises(SourceError, match=r"leads to another host; .*--import urn:other=FILE"):
        read(folder / "own/People.wsdl", ReadOptions())


@pytest.mark.parametrize("location", ["http://h.invalid/other.xsd", "gone.xsd", ""])
def test_a_file_for_a_namespace(folder: Path, location: str) -> None:
    (folder / "own/People.wsdl").write_text(importing(location), "utf-8")
    options = ReadOptions(imports=(("urn:other", str(folder / "more/other.xsd")),))
    assert keys(read(folder / "own/People.wsdl", options)) == ["People.wsdl", "import:other.xsd"]


def test_what_such_a_file_imports_is_read_from_its_folder(folder: Path) -> None:
    included = OTHER.replace("<xs:simpleType", '<xs:include schemaLocation="x.xsd"/><xs:simpleType')
    (folder / "more/other.xsd").write_text(included, "utf-8")
    (folder / "more/x.xsd").write_text(OTHER.replace("Code", "X"), "utf-8")
    options = ReadOptions(imports=(("urn:other", str(folder / "more/other.xsd")),))
    assert keys(read(folder / "own/People.wsdl", options))[1:] == [
        "import:other.xsd",
        "import:x.xsd",
    ]
    (folder / "more/other.xsd").write_text(included.replace("x.xsd", "../own/x.xsd"), "utf-8")
    with pytest.raises(SourceError, match="leads out of the folder"):
        read(folder / "own/People.wsdl", options)


@pytest.mark.parametrize(
    ("namespace", "file", "message"),
    [
        ("urn:other", "gone.xsd", "there is no such file; check what --import gives for urn:other"),
        ("urn:other", "own/People.wsdl", "this is not the schema of urn:other"),
        ("urn:else", "more/other.xsd", "nothing imports or uses urn:else"),
    ],
)
def test_a_file_that_cannot_be_right(folder: Path, namespace: str, file: str, message: str) -> None:
    imports = {"urn:other": str(folder / "more/other.xsd")} | {namespace: str(folder / file)}
    with pytest.raises(SourceError, match=message):
        read(folder / "own/People.wsdl", ReadOptions(imports=tuple(imports.items())))


def catalog(folder: Path, entries: str, name: str = "catalog.xml") -> ReadOptions:
    (folder / name).write_text(f'<catalog xmlns="{NAMESPACE}">{entries}</catalog>', "utf-8")
    return ReadOptions(catalog=str(folder / name))


ENTRIES = [
    '<system systemId="http://h.invalid/other.xsd" uri="more/other.xsd"/>',
    '<uri name="http://h.invalid/other.xsd" uri="more/other.xsd"/>',
    '<uri name="urn:other" uri="more/other.xsd"/>',
    '<rewriteSystem systemIdStartString="http://h.invalid/" rewritePrefix="more/"/>',
    '<rewriteURI uriStartString="http://h.invalid/" rewritePrefix="more/"/>',
    '<rewriteURI uriStartString="http://" rewritePrefix="gone/"/>'
    '<rewriteURI uriStartString="http://h.invalid/" rewritePrefix="more/"/>',
    '<systemSuffix systemIdSuffix="/other.xsd" uri="more/other.xsd"/>',
    '<uriSuffix uriSuffix="other" uri="gone.xsd"/>'
    '<uriSuffix uriSuffix=":other" uri="more/other.xsd"/>',
    '<group xml:base="more/"><public publicId="x" uri="y"/><uri name="urn:other" uri="other.xsd"/>'
    "</group>",
]


@pytest.mark.parametrize("entries", ENTRIES)
def test_a_catalog(folder: Path, entries: str) -> None:
    documents = read(folder / "own/People.wsdl", catalog(folder, entries))
    assert keys(documents) == ["People.wsdl", "catalog:more/other.xsd"]


def test_a_catalog_for_an_import_without_a_location(folder: Path) -> None:
    text = importing("").replace('<xs:import namespace="urn:other"/>', "")
    (folder / "own/People.wsdl").write_text(text, "utf-8")
    documents = read(folder / "own/People.wsdl", catalog(folder, ENTRIES[2]))
    assert keys(documents) == ["People.wsdl", "catalog:more/other.xsd"]


def test_catalogs_that_come_after_one_another(folder: Path) -> None:
    catalog(folder, '<nextCatalog catalog="catalog.xml"/>' + ENTRIES[0], "next.xml")
    documents = read(
        folder / "own/People.wsdl", catalog(folder, '<nextCatalog catalog="next.xml"/>')
    )
    assert keys(documents) == ["People.wsdl", "catalog:more/other.xsd"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            '<uri name="urn:other" uri="../other.xsd"/>',
            "the catalog leads out of the folder of the",
        ),
        ('<uri name="urn:other" uri="http://h/x"/>', "the catalog leads to another host"),
        (
            '<nextCatalog catalog="../next.xml"/>',
            "the catalog leads out of the folder of the catal",
        ),
        ('<nextCatalog catalog="next.xml"/>', "there is no such file"),
        ('<delegateURI uriStartString="urn:" catalog="x.xml"/>', "delegateURI of a catalog is not"),
        ('<uri name="urn:other"/>', "uri of a catalog has no attribute 'uri'"),
        ('<uri name="urn:other" uri="gone.xsd"/>', "there is no such file"),
    ],
)
def test_a_catalog_that_cannot_be_right(folder: Path, entries: str, message: str) -> None:
    (folder / "catalogs").mkdir()
    with pytest.raises(SourceError, match=message):
        read(folder / "own/People.wsdl", catalog(folder / "catalogs", entries))


def test_no_catalog(folder: Path) -> None:
    with pytest.raises(SourceError, match="this is no XML catalog"):
        read(folder / "own/People.wsdl", ReadOptions(catalog=str(folder / "more/other.xsd")))


def schemas(path: str, headers: Mapping[str, str]) -> Answer | None:
    """Another host, which has one schema and may not see what the user sends to the first one."""
    assert "X-Secret" not in headers
    return Answer(OTHER.encode()) if path == "/other.xsd" else None


@pytest.mark.slow
def test_another_host_that_may_be_asked(tmp_path: Path) -> None:
    with serving(schemas) as web:
        host = web.url.removeprefix("http://")
        text = importing(f"{web.url}/other.xsd")

        def service(path: str, headers: Mapping[str, str]) -> Answer | None:
            return Answer(text.encode()) if path == "/people?wsdl" else None

        (tmp_path / "People.wsdl").write_text(text, "utf-8")
        options = ReadOptions(hosts=(host,))
        assert keys(read(tmp_path / "People.wsdl", options)) == ["People.wsdl", f"{host}/other.xsd"]
        with serving(service) as first:
            sources = find_sources([f"{first.url}/people?wsdl"], {"X-Secret": "1"}, None, options)
            (documents,) = read_all_documents(sources)
            assert keys(documents) == ["people?wsdl", f"{host}/other.xsd"]
            with pytest.raises(SourceError, match="leads to another host"):
                read(f"{first.url}/people?wsdl", ReadOptions(hosts=("localhost.invalid",)))


@pytest.mark.slow
def test_the_manifest_keeps_the_options_and_check_repeats_them(folder: Path) -> None:
    catalog(folder, "")
    build = ["build", "own/People.wsdl", "--import", "urn:other=more/other.xsd"]
    build += ["--catalog", "catalog.xml", "--allow-host", "H.invalid"]
    result = soapgen(*build, cwd=folder)
    assert result.returncode == 0, result.stderr
    manifest = folder / "generated/people_client/soapgen.json"
    options = json.loads(manifest.read_text("utf-8"))["options"]
    assert options["import"] == {"urn:other": "../../more/other.xsd"}
    assert options["catalog"] == "../../catalog.xml"
    assert options["allow_host"] == ["h.invalid"]
    assert "up to date" in soapgen(*build, cwd=folder).stdout
    (folder / "deeper").mkdir()
    assert soapgen("check", "../generated", cwd=folder / "deeper").returncode == 0
    (folder / "more/other.xsd").write_text(OTHER.replace("token", "int"), "utf-8")
    stale = soapgen("check", cwd=folder)
    assert stale.returncode == 1
    assert "run: soapgen build generated/people_client" in stale.stderr
    # The manifest has the options: the command needs none.
    assert soapgen("build", "generated/people_client", cwd=folder).returncode == 0
    assert soapgen("check", cwd=folder).returncode == 0
    assert json.loads(manifest.read_text("utf-8"))["options"] == options


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("--import", "urn:x"),
        ("--import", "=x.xsd"),
        ("--import", "urn:x=a", "--import", "urn:x=b"),
        ("--catalog", " "),
        ("--allow-host", "https://example.com/"),
    ],
)
def test_arguments_that_are_wrong(folder: Path, arguments: tuple[str, ...]) -> None:
    result = soapgen("build", "own/People.wsdl", *arguments, cwd=folder)
    assert result.returncode == 2
    assert arguments[0] in result.stderr
