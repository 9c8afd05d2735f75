"""What a build reads: files, folders, archives and addresses, in any mix; and nothing beside."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from soapgen.errors import SourceError
from soapgen.sources import find_sources

from tests.support.command import snapshot, soapgen
from tests.support.packages import generated
from tests.support.paths import SHOP, WSDL
from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, serving

pytestmark = pytest.mark.slow


def zipped(folder: Path, archive: Path, inside: str = "") -> Path:
    """An archive of the files in ``folder``, in a folder ``inside`` of it."""
    with zipfile.ZipFile(archive, "w") as file:
        for path in folder.rglob("*"):
            if path.is_file():
                file.write(path, inside + path.relative_to(folder).as_posix())
    return archive


def built(cwd: Path, *arguments: str | Path) -> dict[str, bytes]:
    """The files of the package ``shop`` that a build with ``arguments`` writes."""
    result = soapgen("build", *arguments, "--name", "shop", cwd=cwd)
    assert result.returncode == 0, result.stderr
    return snapshot(cwd / "generated" / "shop")


def without_manifest(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != "soapgen.json"}


EXPECTED = {file.path: file.text.encode() for file in generated(SHOP, name="shop").files}


# --- folders and archives ------------------------------------------------------------------------


def test_a_folder_a_zip_and_the_files_give_the_same(tmp_path: Path) -> None:
    folder = shutil.copytree(SHOP, tmp_path / "contracts")
    archive = zipped(SHOP, tmp_path / "shop.zip")
    nested = zipped(SHOP, tmp_path / "nested.zip", inside="some/folder/")
    for number, sources in enumerate(
        ([folder], [archive], [nested], [folder / "Orders.wsdl", folder / "Stock.wsdl"])
    ):
        place = tmp_path / str(number)
        place.mkdir()
        assert without_manifest(built(place, *sources)) == EXPECTED
        assert soapgen("check", cwd=place).returncode == 0


def test_a_mix_in_which_some_are_named_twice(tmp_path: Path) -> None:
    archive = zipped(WSDL, tmp_path / "vendor.zip")
    result = soapgen("build", SHOP, archive, SHOP / "Stock.wsdl", "--name", "mix", cwd=tmp_path)
    assert "4 services, 89 operations" in result.stdout
    names = {path.name for path in (tmp_path / "generated" / "mix").iterdir() if path.is_dir()}
    assert names == {"common", "email", "orders", "so_principal", "stock"}


def test_a_folder_and_what_lies_below_it(tmp_path: Path) -> None:
    deep = tmp_path / "contracts" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "People.WSDL").write_text(wsdl(), encoding="utf-8")
    (deep / "notes.txt").write_text("no WSDL", encoding="utf-8")
    hidden = tmp_path / "contracts" / ".old"
    hidden.mkdir()
    (hidden / "Old.wsdl").write_text("broken", encoding="utf-8")
    result = soapgen("build", "contracts", cwd=tmp_path)
    assert "Read contracts: 1 service, 1 operation, 1 type, from 1 file." in result.stdout
    assert (tmp_path / "generated" / "contracts_client" / "people" / "client.py").exists()


def test_a_wsdl_without_a_service_is_there_to_be_imported(tmp_path: Path) -> None:
    """wsdl/ of this repository has such a one for the headers."""
    sources = find_sources([WSDL])
    assert [source.file_name for source in sources.wsdls] == ["EMail.wsdl", "SoPrincipal.wsdl"]


def test_a_broken_file_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.wsdl").write_text(wsdl(), encoding="utf-8")
    (tmp_path / "b.wsdl").write_text("<wsdl", encoding="utf-8")
    result = soapgen("build", ".", "--name", "shop", cwd=tmp_path)
    assert result.returncode == 2
    assert "b.wsdl:1: the file is not well-formed XML" in result.stderr


def test_several_sources_need_a_name(tmp_path: Path) -> None:
    result = soapgen("build", SHOP, WSDL, cwd=tmp_path)
    assert result.returncode == 2
    assert "--name: several sources need a name." in result.stderr


def test_an_archive_with_nothing_in_it(tmp_path: Path) -> None:
    zipped(tmp_path / "nothing", tmp_path / "empty.zip")
    result = soapgen("build", "empty.zip", cwd=tmp_path)
    assert result.returncode == 2
    assert "empty.zip: there is no WSDL with a service in it" in result.stderr


def test_an_import_that_leads_out_of_an_archive(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    content = wsdl(f'<xs:include schemaLocation="../people.xsd"/>{SCHEMA}')
    (inner / "People.wsdl").write_text(content, encoding="utf-8")
    (tmp_path / "people.xsd").write_text("<x/>", encoding="utf-8")
    zipped(inner, tmp_path / "people.zip")
    result = soapgen("build", "people.zip", cwd=tmp_path)
    assert result.returncode == 2
    assert "people.zip/People.wsdl:6: the import of ../people.xsd leads out of the archive" in (
        result.stderr
    )


def test_an_archive_that_unpacks_to_far_too_much(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("People.wsdl", b" " * (65 * 2**20))
    with pytest.raises(SourceError, match="larger than 64 MB"):
        generated(tmp_path / "bomb.zip")


def test_the_manifest_names_each_source_and_what_was_read_of_it(tmp_path: Path) -> None:
    zipped(SHOP, tmp_path / "shop.zip")
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    files = built(tmp_path, "shop.zip", "People.wsdl")
    manifest = json.loads(files["soapgen.json"])
    assert {source: sorted(read) for source, read in manifest["sources"].items()} == {
        "../../shop.zip": ["Orders.wsdl", "Stock.wsdl", "types/goods.xsd"],
        "../../People.wsdl": ["People.wsdl"],
    }
    (tmp_path / "shop.zip").unlink()
    result = soapgen("check", cwd=tmp_path)
    assert result.returncode == 2
    assert "the source ../../shop.zip cannot be found" in result.stderr


def test_a_file_that_joins_a_folder_makes_the_package_stale(tmp_path: Path) -> None:
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    built(tmp_path, "contracts")
    other = wsdl().replace('"People', '"Staff').replace("tns:People", "tns:Staff")
    (folder / "Staff.wsdl").write_text(other, encoding="utf-8")
    result = soapgen("check", cwd=tmp_path)
    assert result.returncode == 1
    assert "run: soapgen build generated/shop" in result.stderr


# --- addresses -----------------------------------------------------------------------------------

SERVICE = wsdl().replace(SCHEMA, '<xs:include schemaLocation="people.svc?xsd=0"/>')
TYPES = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="urn:example:people"'
    f' targetNamespace="urn:example:people" elementFormDefault="qualified">{SCHEMA}</xs:schema>'
)


def people(path: str, headers: Mapping[str, str]) -> Answer | None:
    """A service as WCF publishes it: the WSDL and its schemas by queries."""
    documents = {"/people.svc?wsdl": SERVICE, "/people.svc?xsd=0": TYPES}
    return Answer(documents[path].encode()) if path in documents else None


def test_an_address_and_what_it_imports(tmp_path: Path) -> None:
    with serving(people) as web:
        address = f"{web.url}/people.svc?wsdl"
        result = soapgen("build", address, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        assert (
            f"Read {address}: service People, 1 operation, 1 type, from 2 files." in result.stdout
        )
        assert [path for path, _ in web.asked] == ["/people.svc?wsdl", "/people.svc?xsd=0"]
        package = tmp_path / "generated" / "people_client"
        first = (package / "client.py").read_text("utf-8").splitlines()[0]
        assert first == "# Generated by soapgen from people.svc?wsdl. Do not edit: build it again."
        manifest = json.loads((package / "soapgen.json").read_text("utf-8"))
        assert {source: list(read) for source, read in manifest["sources"].items()} == {
            address: ["people.svc?wsdl", "people.svc?xsd=0"]
        }
        assert soapgen("check", cwd=tmp_path).returncode == 0
    gone = soapgen("check", cwd=tmp_path)
    assert gone.returncode == 2
    assert "the address cannot be read" in gone.stderr


def test_a_protected_address(tmp_path: Path) -> None:
    def protected(path: str, headers: Mapping[str, str]) -> Answer | None:
        allowed = headers.get("Authorization") == "Bearer t:1" and headers.get("X-Tenant") == "7"
        return people(path, headers) if allowed else Answer(status=401)

    with serving(protected) as web:
        address = f"{web.url}/people.svc?wsdl"
        refused = soapgen("build", address, cwd=tmp_path)
        assert refused.returncode == 2
        assert f"{address}: the server answers 401 Unauthorized; give what it asks for with " in (
            refused.stderr
        )
        headers = ["--header", "Authorization: Bearer t:1", "--header", "X-Tenant:7"]
        assert soapgen("build", address, *headers, cwd=tmp_path).returncode == 0
        assert soapgen("check", *headers, cwd=tmp_path).returncode == 0
    for content in snapshot(tmp_path).values():
        assert b"t:1" not in content


def test_a_user_name_in_an_address_stays_out_of_everything(tmp_path: Path) -> None:
    absolute: list[str] = []

    def protected(path: str, headers: Mapping[str, str]) -> Answer | None:
        if headers.get("Authorization") != "Basic bWU6czNjcjN0":  # me:s3cr3t
            return Answer(status=401)
        found = people(path, headers)
        if found and path.endswith("?wsdl"):
            text = found.content.decode().replace("people.svc?xsd", f"{absolute[0]}/people.svc?xsd")
            return Answer(text.encode())
        return found

    with serving(protected) as web:
        absolute.append(web.url)
        address = web.url.replace("//", "//me:s3cr3t@") + "/people.svc?wsdl"
        result = soapgen("build", address, cwd=tmp_path)
        assert result.returncode == 0, result.stderr
        assert "s3cr3t" not in result.stdout
        wrong = soapgen("build", address.replace("s3cr3t", "hidden"), cwd=tmp_path)
        assert "401" in wrong.stderr
        assert "hidden" not in wrong.stderr
    for content in snapshot(tmp_path).values():
        assert b"s3cr3t" not in content


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "the server answers 404 Not Found; check the address"),
        (403, "the server answers 403 Forbidden; give what it asks for with --header"),
        (500, "the server answers 500 Internal Server Error; check the address"),
    ],
)
def test_an_address_that_gives_nothing(status: int, message: str, tmp_path: Path) -> None:
    with serving(lambda path, headers: Answer(status=status)) as web:
        result = soapgen("build", f"{web.url}/a?wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == f"soapgen: error: {web.url}/a?wsdl: {message}\n"


def test_an_address_that_redirects(tmp_path: Path) -> None:
    def moved(path: str, headers: Mapping[str, str]) -> Answer | None:
        if path == "/old?wsdl":
            return Answer(status=302, headers={"Location": "/people.svc?wsdl"})
        if path == "/away?wsdl":
            return Answer(status=302, headers={"Location": "http://localhost:1/people.svc?wsdl"})
        if path == "/round?wsdl":
            return Answer(status=302, headers={"Location": "/round?wsdl"})
        return people(path, headers)

    with serving(moved) as web:
        secret = ["--header", "X-Secret: s"]
        assert soapgen("build", f"{web.url}/old?wsdl", *secret, cwd=tmp_path).returncode == 0
        away = soapgen("build", f"{web.url}/away?wsdl", *secret, cwd=tmp_path)
        assert away.returncode == 2
        assert "the address redirects to another host, localhost:1" in away.stderr
        round_ = soapgen("build", f"{web.url}/round?wsdl", cwd=tmp_path)
        assert "redirects more than 5 times" in round_.stderr


def test_an_import_from_another_host_is_refused(tmp_path: Path) -> None:
    content = wsdl(f'<xs:include schemaLocation="http://localhost:1/people.xsd"/>{SCHEMA}')
    with serving(lambda path, headers: Answer(content.encode())) as web:
        result = soapgen("build", f"{web.url}/a?wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert "leads to another host, localhost:1; save the documents" in result.stderr


def test_an_import_that_an_address_lacks(tmp_path: Path) -> None:
    with serving(lambda path, _: Answer(SERVICE.encode()) if "wsdl" in path else None) as web:
        result = soapgen("build", f"{web.url}/people.svc?wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert f"{web.url}/people.svc?wsdl:6: the import of people.svc?xsd=0 cannot be found" in (
        result.stderr
    )


def test_a_host_that_does_not_answer(tmp_path: Path) -> None:
    result = soapgen("build", "http://127.0.0.1:9/a?wsdl", cwd=tmp_path)
    assert result.returncode == 2
    assert "http://127.0.0.1:9/a?wsdl: the address cannot be read: " in result.stderr


@pytest.mark.parametrize("header", ["nothing", ": value"])
def test_a_header_that_is_none(header: str, tmp_path: Path) -> None:
    result = soapgen("build", "http://127.0.0.1:9/a", "--header", header, cwd=tmp_path)
    assert result.returncode == 2
    assert "NAME: VALUE" in result.stderr


def test_addresses_and_files_together(tmp_path: Path) -> None:
    with serving(people) as web:
        shutil.copytree(SHOP, tmp_path / "shop")
        address = f"{web.url}/people.svc?wsdl"
        result = soapgen("build", address, "shop", "--name", "mix", cwd=tmp_path)
        assert "3 services" in result.stdout
        assert soapgen("check", cwd=tmp_path).returncode == 0
