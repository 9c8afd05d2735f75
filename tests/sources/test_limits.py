"""How much is read: long chains of imports in any case, and no more than the limits allow."""

from __future__ import annotations

from pathlib import Path

import pytest
from soapgen.errors import LimitError
from soapgen.sources import Documents, Limits, find_sources, read_all_documents

from tests.support.small import SCHEMA, wsdl

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def read(path: Path, limits: Limits | None = None) -> Documents:
    (documents,) = read_all_documents(find_sources([path], limits=limits))
    return documents


def chain(folder: Path, length: int, last: str = "") -> Path:
    """A WSDL that includes a schema, which includes another one, and so on; ``last`` is the end."""
    for number in range(length):
        following = f"{number + 1}.xsd" if number + 1 < length else last
        content = f'<xs:include schemaLocation="{following}"/>' if following else ""
        (folder / f"{number}.xsd").write_text(f"<xs:schema {XS}>{content}</xs:schema>", "utf-8")
    path = folder / "People.wsdl"
    path.write_text(wsdl(f'<xs:include schemaLocation="0.xsd"/>{SCHEMA}'), "utf-8")
    return path


@pytest.mark.slow
def test_a_chain_of_schemas(tmp_path: Path) -> None:
    assert len(read(chain(tmp_path, 1_500)).schemas) == 1_501


@pytest.mark.slow
def test_a_chain_of_wsdls(tmp_path: Path) -> None:
    for number in range(1_500):
        content = f'<w:import namespace="urn:x" location="{number + 1}.wsdl"/>'
        root = f'<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/">{content}'
        (tmp_path / f"{number}.wsdl").write_text(f"{root}</w:definitions>", "utf-8")
    (tmp_path / "1500.wsdl").write_text(wsdl(), "utf-8")
    documents = read(tmp_path / "0.wsdl")
    assert [document.key for document in documents.wsdls] == [f"{n}.wsdl" for n in range(1_501)]


def test_documents_are_read_depth_first(tmp_path: Path) -> None:
    for name, imported in (("a", "b"), ("b", ""), ("c", "b")):
        content = f'<xs:include schemaLocation="{imported}.xsd"/>' if imported else ""
        (tmp_path / f"{name}.xsd").write_text(f"<xs:schema {XS}>{content}</xs:schema>", "utf-8")
    includes = '<xs:include schemaLocation="a.xsd"/><xs:include schemaLocation="c.xsd"/>'
    (tmp_path / "People.wsdl").write_text(wsdl(includes + SCHEMA), "utf-8")
    documents = read(tmp_path / "People.wsdl")
    keys = [schema.document.key for schema in documents.schemas]
    assert keys == ["People.wsdl", "a.xsd", "b.xsd", "c.xsd"]


def test_a_schema_that_a_wsdl_and_a_schema_import_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.xsd").write_text(f'<xs:schema {XS} targetNamespace="urn:a"/>', "utf-8")
    content = wsdl(f'<xs:import namespace="urn:a" schemaLocation="a.xsd"/>{SCHEMA}').replace(
        "<wsdl:types>", '<wsdl:import namespace="urn:a" location="a.xsd"/><wsdl:types>'
    )
    (tmp_path / "People.wsdl").write_text(content, "utf-8")
    keys = [schema.document.key for schema in read(tmp_path / "People.wsdl").schemas]
    assert keys == ["a.xsd", "People.wsdl"]


def test_a_circle(tmp_path: Path) -> None:
    assert len(read(chain(tmp_path, 3, last="0.xsd")).schemas) == 4


def test_the_number_of_documents(tmp_path: Path) -> None:
    """Each schema counts, too: one without a namespace is read again for each that includes it."""
    path = chain(tmp_path, 10)
    read(path, Limits(documents=22))
    with pytest.raises(LimitError, match=r"9\.xsd:1: .*more than 21 documents.*documents=42$"):
        read(path, Limits(documents=21))


def test_the_size_of_a_document(tmp_path: Path) -> None:
    path = tmp_path / "People.wsdl"
    path.write_text(wsdl(), "utf-8")
    size = path.stat().st_size
    read(path, Limits(size=size))
    with pytest.raises(LimitError, match=rf"larger than {size - 1:,} bytes; .*={2 * size - 2}$"):
        read(path, Limits(size=size - 1))


def test_the_size_of_all_documents_of_all_sources(tmp_path: Path) -> None:
    for name in ("A.wsdl", "B.wsdl"):
        (tmp_path / name).write_text(wsdl(), "utf-8")
    size = (tmp_path / "A.wsdl").stat().st_size
    for sources in ([tmp_path], [tmp_path / "A.wsdl", tmp_path / "B.wsdl"]):
        read_all_documents(find_sources(sources, limits=Limits(total=2 * size)))
        with pytest.raises(LimitError, match=r"together larger than"):
            read_all_documents(find_sources(sources, limits=Limits(total=2 * size - 1)))


def test_the_number_of_wsdls_in_a_folder(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.wsdl").write_text("never read", "utf-8")
    with pytest.raises(LimitError, match=r"more than 2 WSDLs"):
        find_sources([tmp_path], limits=Limits(documents=2))


@pytest.mark.parametrize(
    "limit", [{"size": 0}, {"depth": -1}, {"depth": 251}, {"seconds": float("nan")}]
)
def test_a_limit_that_is_none(limit: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"the limit {next(iter(limit))} "):
        Limits(**limit)
