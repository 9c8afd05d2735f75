"""A vendor is added in a folder of its own: soapgen itself names none of its services."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import soapgen
import soapgen.vendors
from soapgen.project import Options
from soapgen.project.generate import Generated, generate
from soapgen.render import templates
from soapgen.sources import find_sources
from soapgen.vendors import conventions, vendors

from tests.support.families import FamilyBuilt
from tests.support.packages import Built, written
from tests.support.small import SCHEMA, wsdl
from tests.support.typing import mypy
from tests.vendors.acme import VENDOR

STATUS = """
      <xs:element name="Status">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="Code" type="xs:string" minOccurs="0"/>
            <xs:element name="Text" type="xs:string" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""

# Types and members that are called as what the vendor's module defines.
TAKEN = """
      <xs:complexType name="raise_status">
        <xs:sequence><xs:element name="statuses" type="tns:Statuses" minOccurs="0"/></xs:sequence>
      </xs:complexType>
      <xs:complexType name="Statuses">
        <xs:sequence><xs:element name="raise_status" type="xs:int" minOccurs="0"/></xs:sequence>
      </xs:complexType>
      <xs:element name="FindResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="raise_status" type="tns:raise_status" minOccurs="0"/>
            <xs:element name="Statuses" type="tns:Statuses" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
"""
PEOPLE = wsdl(SCHEMA + STATUS, response_header="Status")
NAMESAKES = wsdl(SCHEMA.partition('<xs:element name="FindResponse">')[0] + STATUS + TAKEN,
                 response_header="Status")  # fmt: skip


@contextmanager
def installed() -> Iterator[None]:
    """The vendor lies where soapgen looks for them."""
    with pytest.MonkeyPatch.context() as patch:
        folders = [*soapgen.vendors.__path__, str(Path(__file__).parent)]
        patch.setattr(soapgen.vendors, "__path__", folders)
        vendors.cache_clear()
        yield
    vendors.cache_clear()
    sys.modules.pop("soapgen.vendors.acme", None)


def generated(*sources: Path, name: str, is_installed: bool = False) -> Generated:
    """What soapgen generates with the vendor: it is installed, or given."""
    options, found = Options(name=name, server=True), find_sources(sources)
    if is_installed:
        with installed():
            return generate(found, options, conventions())
    return generate(found, options, (*conventions(), VENDOR.conventions))


def people(folder: Path, content: str, **options: Any) -> Built:
    source = folder / "People.wsdl"
    source.write_text(content, encoding="utf-8")
    made = generated(source, **options)
    return Built(made.plan, written(made, folder))


def client(package: Built, answer: bytes) -> Any:
    """A client that gets ``answer``."""
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=answer))
    http = httpx.Client(transport=transport)
    return package.client.PeopleClient("http://localhost/people", http=http)


@pytest.fixture(scope="module", params=["given", "installed"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    name, is_installed = f"people_{request.param}", request.param == "installed"
    folder = tmp_path_factory.mktemp(name)
    return people(folder, PEOPLE, name=name, is_installed=is_installed)


def test_a_vendor_is_discovered_by_its_folder() -> None:
    with installed():
        assert [vendor.name for vendor in vendors()] == ["Acme", "SuperOffice"]
    assert [vendor.name for vendor in vendors()] == ["SuperOffice"]


@pytest.mark.slow
def test_a_package_has_the_module_of_its_vendor_and_no_other(package: Built) -> None:
    text = (package.path / "statuses.py").read_text(encoding="utf-8")
    assert text.endswith(VENDOR.conventions.template.read_text(encoding="utf-8"))
    for path in package.path.rglob("*"):
        if path.suffix == ".py":
            assert "netserver" not in f"{path.name} {path.read_text(encoding='utf-8')}".lower()


def answer(package: Built, code: str, text: str = "") -> bytes:
    """An answer with a person in its body and a status in its header."""
    models = package.models
    headers = models.ResponseHeaders(status=models.Status(code=code, text=text))
    response: bytes = package.builders.build_find_response(
        models.Person(name="Ada"), soap_headers=headers
    )
    return response


def test_a_status_that_is_good(package: Built) -> None:
    found = client(package, answer(package, "OK")).find("Ada")
    assert found == package.models.Person(name="Ada")


def test_a_status_that_is_bad(package: Built) -> None:
    with pytest.raises(package.errors.ServerFailure) as caught:
        client(package, answer(package, "BUSY", "Try later")).find("Ada")
    assert (caught.value.type, caught.value.message) == ("BUSY", "Try later")


def test_an_answer_without_a_status(package: Built) -> None:
    content = package.build_response("find", package.models.Person(name="Ada"))
    assert client(package, content).find("Ada").name == "Ada"


def test_a_service_without_the_header_is_not_of_this_vendor(tmp_path: Path) -> None:
    source = tmp_path / "People.wsdl"
    source.write_text(wsdl(), encoding="utf-8")
    assert "statuses.py" not in generated(source, name="people").texts


@pytest.mark.slow
def test_what_a_contract_calls_as_the_vendor_does(tmp_path: Path) -> None:
    package = people(tmp_path, NAMESAKES, name="people_namesakes")
    strict(package.path)
    models = package.models
    statuses = models.Statuses(raise_status=1)
    values = (models.RaiseStatus(statuses=statuses), statuses)
    headers = models.ResponseHeaders(status=models.Status(code="OK"))
    content = package.builders.build_find_response(*values, soap_headers=headers)
    found = client(package, content).find("Ada")
    assert (found.raise_status, found.statuses) == values
    bad = content.replace(b"OK", b"NO")
    with pytest.raises(package.errors.ServerFailure, match="NO"):
        client(package, bad).find("Ada")


def test_a_service_that_is_called_as_the_module(tmp_path: Path) -> None:
    (tmp_path / "People.wsdl").write_text(PEOPLE, encoding="utf-8")
    other = PEOPLE.replace('"People', '"Statuses').replace("tns:People", "tns:Statuses")
    (tmp_path / "Statuses.wsdl").write_text(other, encoding="utf-8")
    made = generated(tmp_path, name="acme_family")
    family = FamilyBuilt(made.plan, written(made, tmp_path / "out"))
    assert {"statuses.py", "statuses_2/client.py", "people/client.py"} <= made.texts.keys()
    assert family.module("statuses").raise_status is family.module("people.client").raise_status
    assert family.module("statuses_2").StatusesClient


@pytest.mark.slow
def test_type_checkers_find_nothing(package: Built) -> None:
    strict(package.path)


def strict(package: Path) -> None:
    """Mypy has nothing to say about ``package``."""
    found = mypy("-p", package.name, cwd=package.parent)
    assert found.startswith("Success"), found


VENDORS_WORDS = re.compile(
    "net_?server|super_?office|exception_?info|(?<![a-z])authentication_?succeeded",
    re.IGNORECASE,
)


@pytest.mark.slow
def test_a_vendor_is_named_in_its_own_folders_alone() -> None:
    """The help of the command line may name one, too."""
    generator = Path(soapgen.__file__).parent
    places = [(generator, generator / "vendors" / "superoffice")]
    places += [(templates.folder(), templates.folder() / "vendors")]
    found = []
    for folder, own in places:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in (".py", ".jinja") or own in path.parents:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                is_help = generator / "cli" in path.parents and "--style" in line
                if VENDORS_WORDS.search(line) and not is_help:
                    found.append(f"{path.relative_to(folder)}:{number}: {line.strip()}")
    assert found == []
