"""``soapgen fetch``: a contract in pieces becomes files that a build reads without a network."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, Web, serving

pytestmark = pytest.mark.slow

AGE = '<xs:element name="Age" type="xs:int" minOccurs="0"/>'
MORE = """<xs:element name="Code" type="o:Code" xmlns:o="urn:other"/>
          <xs:element name="Text" type="e:string" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/"/>
"""
ENCODING = '<xs:import namespace="http://schemas.xmlsoap.org/soap/encoding/"/>'
OTHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:other">
  <xs:include schemaLocation="./deep/Other.xsd?part=../1"/></xs:schema>"""
CODE = """<!-- kept --><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Code"><xs:restriction base="xs:token"/></xs:simpleType></xs:schema>"""


def documents(host: str) -> dict[str, str]:
    imports = f'<xs:import namespace="urn:other" schemaLocation="{host}/People.svc?xsd=xsd0"/>'
    return {
        "/People.svc?wsdl": wsdl(imports + ENCODING + SCHEMA.replace(AGE, AGE + MORE)),
        "/People.svc?xsd=xsd0": OTHER,
        "/deep/Other.xsd?part=../1": CODE,
    }


@pytest.fixture
def web() -> Iterator[Web]:
    def answer(path: str, headers: Mapping[str, str]) -> Answer | None:
        found = documents(f"http://{headers['Host']}").get(path)
        return None if found is None else Answer(found.encode())

    with serving(answer) as served:
        yield served


def fetch(web: Web, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return soapgen("fetch", f"{web.url}/People.svc?wsdl", "-o", "wsdl", *arguments, cwd=folder)


def test_the_files_make_the_same_package_without_a_network(web: Web, tmp_path: Path) -> None:
    assert soapgen("build", f"{web.url}/People.svc?wsdl", cwd=tmp_path).returncode == 0
    result = fetch(web, tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    wrote, *mended = result.stdout.splitlines()
    assert wrote == "Wrote wsdl: 5 files; build from wsdl/People.wsdl."
    assert [line.rpartition(" ")[2] for line in mended] == ["(bundled-schema)."]
    files = snapshot(tmp_path / "wsdl")
    assert set(files) == {
        "People.wsdl",
        "People-xsd0.xsd",
        "Other-1.xsd",
        "soap-encoding.xsd",
        "fetched.json",
    }
    assert b"<!-- kept -->" in files["Other-1.xsd"]
    assert not [name for name, content in files.items() if b'schemaLocation="http' in content]
    web.asked.clear()
    built = soapgen("build", "wsdl/People.wsdl", "--out", "again", "--no-repair", cwd=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert web.asked == []
    models = [tmp_path / out / "people_client/models.py" for out in ("generated", "again")]
    first, second = (path.read_text("utf-8").partition("\n")[2] for path in models)
    assert first == second


def test_the_list_has_hashes_and_addresses(web: Web, tmp_path: Path) -> None:
    assert fetch(web, tmp_path, "--quiet").stdout == ""
    listed = json.loads((tmp_path / "wsdl/fetched.json").read_text("utf-8"))
    assert listed["source"] == f"{web.url}/People.svc?wsdl"
    code = listed["files"]["Other-1.xsd"]
    assert code["address"] == f"{web.url}/deep/Other.xsd?part=../1"
    assert code["fetched"] == hashlib.sha256(CODE.encode()).hexdigest()
    for name, item in listed["files"].items():
        content = (tmp_path / "wsdl" / name).read_bytes()
        assert item["sha256"] == hashlib.sha256(content).hexdigest()


def test_what_is_there_is_not_overwritten_unless_it_is_the_same(web: Web, tmp_path: Path) -> None:
    (tmp_path / "wsdl").mkdir()
    (tmp_path / "wsdl/mine.txt").write_text("mine", "utf-8")
    assert fetch(web, tmp_path).returncode == 0
    assert fetch(web, tmp_path).returncode == 0
    (tmp_path / "wsdl/People-xsd0.xsd").write_text("edited", "utf-8")
    before = snapshot(tmp_path)
    refused = fetch(web, tmp_path)
    assert refused.returncode == 2
    assert refused.stderr == (
        "soapgen: error: wsdl/People-xsd0.xsd: the file differs from what would be written; choose "
        "another folder, or overwrite it with --force\n"
    )
    assert snapshot(tmp_path) == before
    assert fetch(web, tmp_path, "--force").returncode == 0
    assert b"edited" not in snapshot(tmp_path)["wsdl/People-xsd0.xsd"]


def test_nothing_is_written_if_something_cannot_be_read(tmp_path: Path) -> None:
    def answer(path: str, headers: Mapping[str, str]) -> Answer | None:
        text = documents("http://other.invalid")["/People.svc?wsdl"]
        return Answer(text.encode()) if path == "/People.svc?wsdl" else None

    with serving(answer) as web:
        result = fetch(web, tmp_path)
    assert result.returncode == 2
    assert "leads to another host, other.invalid" in result.stderr
    assert snapshot(tmp_path) == {}


def test_an_address_without_a_path_is_named_after_the_wsdl(tmp_path: Path) -> None:
    def answer(path: str, _: Mapping[str, str]) -> Answer | None:
        return Answer(wsdl().encode()) if path == "/?wsdl" else None

    with serving(answer) as served:
        result = soapgen("fetch", f"{served.url}/?wsdl", "-o", "wsdl", cwd=tmp_path)
    assert result.stdout == "Wrote wsdl: 2 files; build from wsdl/People.wsdl.\n"
