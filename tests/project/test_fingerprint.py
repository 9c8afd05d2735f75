"""An unchanged package is recognised without a build, and never wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from soapgen.project import fingerprint
from soapgen.project.manifest import digest

from tests.support.command import soapgen
from tests.support.loading import loaded
from tests.support.small import SCHEMA, wsdl

pytestmark = pytest.mark.slow

UP_TO_DATE = "generated/people_client is up to date: nothing written"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    imports = '<xs:include schemaLocation="types/person.xsd"/>'
    (tmp_path / "types").mkdir()
    head, _, tail = SCHEMA.partition('<xs:element name="Find">')
    namespaces = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:people"'
    (tmp_path / "types/person.xsd").write_text(f"<xs:schema {namespaces}>{head}</xs:schema>")
    schema = f'{imports}<xs:element name="Find">{tail}'
    (tmp_path / "People.wsdl").write_text(wsdl(schema), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=tmp_path).returncode == 0
    return tmp_path


def test_again(folder: Path) -> None:
    result = soapgen("build", "People.wsdl", cwd=folder)
    assert result.returncode == 0
    assert result.stdout.startswith(UP_TO_DATE)


@pytest.mark.parametrize("path", ["People.wsdl", "types/person.xsd"])
def test_a_document_that_changed(folder: Path, path: str) -> None:
    document = folder / path
    document.write_text(document.read_text(encoding="utf-8").replace('"Name"', '"Nick"'))
    assert soapgen("check", cwd=folder).returncode == 1
    result = soapgen("build", "People.wsdl", cwd=folder)
    assert "Wrote generated/people_client" in result.stdout
    assert soapgen("check", "--regenerate", cwd=folder).returncode == 0


def test_a_document_that_is_imported_only_now(folder: Path) -> None:
    types = folder / "types"
    person = (types / "person.xsd").read_text(encoding="utf-8")
    (types / "more.xsd").write_text(person.replace("Person", "Animal"), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=folder).stdout.startswith(UP_TO_DATE)
    text = (folder / "People.wsdl").read_text(encoding="utf-8")
    more = '<xs:include schemaLocation="types/more.xsd"/><xs:element name="Find">'
    (folder / "People.wsdl").write_text(text.replace('<xs:element name="Find">', more))
    assert soapgen("check", cwd=folder).returncode == 1


def test_a_wsdl_that_is_new_in_a_folder(folder: Path) -> None:
    build = ("build", ".", "--name", "people", "--out", "out")
    assert soapgen(*build, cwd=folder).returncode == 0
    assert soapgen(*build, cwd=folder).stdout.startswith("out/people is up to date")
    text = (folder / "People.wsdl").read_text(encoding="utf-8").replace("example:people", "two")
    (folder / "Two.wsdl").write_text(text, encoding="utf-8")
    (folder / "types/person.xsd").unlink()
    assert soapgen("check", "out", cwd=folder).returncode != 0


@pytest.mark.parametrize("change", ["edit", "remove", "empty"])
@pytest.mark.parametrize("name", ["models.py", "py.typed", "_text.py"])
def test_a_file_that_changed(folder: Path, change: str, name: str) -> None:
    path = folder / "generated/people_client" / name
    if change == "remove":
        path.unlink()
    else:
        path.write_text("" if change == "empty" and name != "py.typed" else "# mine\n")
    assert soapgen("check", cwd=folder).returncode == 1


def test_a_manifest_that_changed(folder: Path) -> None:
    path = folder / "generated/people_client/soapgen.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"soapgen": "', '"soapgen": "9'))
    assert soapgen("check", cwd=folder).returncode == 1


@pytest.mark.parametrize("option", [["--server"], ["-O", "Find"], ["--with", "addressing"]])
def test_another_option(folder: Path, option: list[str]) -> None:
    result = soapgen("build", "People.wsdl", *option, cwd=folder)
    assert "Wrote generated/people_client" in result.stdout


def test_another_generator(folder: Path) -> None:
    """What another version wrote is built to be compared; who wrote it is no difference."""
    path = folder / "generated/people_client/soapgen.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8").replace(manifest["generator"], "0" * 64)
    path.write_text(text, encoding="utf-8")
    assert "jinja2" in loaded("check", cwd=folder)
    assert soapgen("check", cwd=folder).returncode == 0
    assert "1 file of" in soapgen("build", "People.wsdl", cwd=folder).stdout
    assert "jinja2" not in loaded("check", cwd=folder)


def test_a_hash_that_lies_is_found_by_a_build(folder: Path) -> None:
    package = folder / "generated/people_client"
    path, manifest = package / "models.py", package / "soapgen.json"
    true = digest(path.read_bytes())
    path.write_text("# mine\n", encoding="utf-8")
    text = manifest.read_text(encoding="utf-8").replace(true, digest(path.read_bytes()))
    manifest.write_text(text, encoding="utf-8")
    assert soapgen("check", cwd=folder).returncode == 0
    assert soapgen("check", "--regenerate", cwd=folder).returncode == 1


def test_the_fingerprint_is_of_code_templates_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jinja").write_text("a")
    seen = {fingerprint.fingerprint.__wrapped__()}
    monkeypatch.setattr(fingerprint, "templates_folder", lambda: tmp_path)
    seen.add(fingerprint.fingerprint.__wrapped__())
    (tmp_path / "a.jinja").write_text("b")
    seen.add(fingerprint.fingerprint.__wrapped__())
    (tmp_path / "a.jinja").rename(tmp_path / "b.jinja")
    seen.add(fingerprint.fingerprint.__wrapped__())
    monkeypatch.setattr(fingerprint, "version", lambda library: "1.2.3")
    seen.add(fingerprint.fingerprint.__wrapped__())
    assert len(seen) == 5
    assert fingerprint.fingerprint.__wrapped__() in seen
