"""``soapgen diff``: what is compared, what is printed, and the exit status."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import BANK
from tests.support.small import changed, wsdl
from tests.support.web import Answer, serving

pytestmark = pytest.mark.slow

OLD = wsdl()
NEW = changed(OLD, ('name="Age" type="xs:int" minOccurs="0"', 'name="Age" type="xs:long"'))
MORE = changed(
    OLD,
    ('minOccurs="0"/>', 'minOccurs="0"/><xs:element name="Town" type="xs:string" minOccurs="0"/>'),
)

# The end of Bank.wsdl, where its binding has Withdraw alone.
CLOSING = """</wsdl:binding>
  <wsdl:service name="BankService">
    <wsdl:port name="BankPort" binding="tns:BankBinding">
      <soap:address location="http://localhost/bank"/>
    </wsdl:port>
  </wsdl:service>
</wsdl:definitions>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("old", OLD), ("new", NEW), ("more", MORE)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "People.wsdl").write_text(text, encoding="utf-8")
    return tmp_path


def test_nothing_differs(folder: Path) -> None:
    result = soapgen("diff", "old/People.wsdl", "old", cwd=folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, "No differences.\n", "")


def test_what_is_breaking_is_status_1(folder: Path) -> None:
    result = soapgen("diff", "old/People.wsdl", "new/People.wsdl", cwd=folder)
    assert result.returncode == 1
    assert result.stdout == """breaking:
  type Person / element Age
      What could be missing must be there: 0 → 1. [made-required]
      wire: old client compatible, new client breaking; Python: breaking
  type Person / element Age
      Values are of a built-in type that has all of the former and more: int → long. [type-widened]
      wire: old client breaking, new client compatible; Python: breaking
2 breaking; for the package, a major version.
"""
    assert soapgen("diff", "old", "new", "--exit-zero", cwd=folder).returncode == 0


def test_what_is_compatible_is_status_0(folder: Path) -> None:
    result = soapgen("diff", "old", "more", "--json", cwd=folder)
    assert result.returncode == 0
    data = json.loads(result.stdout)
    assert data["step"] == "minor"
    (difference,) = data["differences"]
    assert difference == {
        "rule": "optional-element-added",
        "where": ["type Person", "element Town"],
        "event": "added",
        "field": "",
        "old": None,
        "new": None,
        "used": True,
        "wire": {"old_client": "compatible", "new_client": "compatible"},
        "python": "compatible",
        "python_rules": ["optional-member-added"],
    }


def test_markdown_and_changelog(folder: Path) -> None:
    result = soapgen("diff", "old", "new", "--markdown", cwd=folder)
    assert result.returncode == 1
    assert result.stdout.startswith("**2 breaking; for the package, a major version.**\n")
    assert "| type Person / element Age |" in result.stdout
    result = soapgen("diff", "old", "more", "--changelog", cwd=folder)
    assert result.stdout == """## [Unreleased] (minor)

### Added

- type Person / element Town: An element was added that may be missing.
"""


def test_an_error_is_status_2(folder: Path) -> None:
    for arguments in (("old", "nowhere"), ("old", "--json", "--markdown", "new"), ("old",)):
        result = soapgen("diff", *arguments, cwd=folder)
        assert result.returncode == 2
        assert result.stderr.startswith("soapgen: error: ")


def test_an_archive(folder: Path) -> None:
    with zipfile.ZipFile(folder / "new.zip", "w") as archive:
        archive.writestr("People.wsdl", NEW)
    assert soapgen("diff", "new.zip", "new", cwd=folder).stdout == "No differences.\n"


def test_a_package_stands_for_its_sources(folder: Path) -> None:
    built = soapgen("build", "old/People.wsdl", "--out", "src", cwd=folder)
    assert built.returncode == 0, built.stderr
    for named in ("src/people_client", "src/people_client/soapgen.json"):
        assert soapgen("diff", named, "old", cwd=folder).stdout == "No differences.\n"
        assert soapgen("diff", named, "new", cwd=folder).returncode == 1
    (folder / "old" / "People.wsdl").write_text(NEW, encoding="utf-8")
    result = soapgen("diff", "src/people_client", "new", cwd=folder)
    assert result.returncode == 2
    assert "the sources of the package have changed since it was built" in result.stderr


def test_of_a_package_with_some_operations_these_are_compared(tmp_path: Path) -> None:
    """Close answers with BankFaultType, whose code is another one; only Withdraw has amounts."""
    bank = BANK.read_text(encoding="utf-8")
    amounts = bank.replace('type="xs:decimal"', 'type="xs:string"')
    code = changed(amounts, ('name="code" type="xs:int"', 'name="code" type="xs:long"'))
    gone = changed(amounts, (bank[bank.rindex('<wsdl:operation name="Close">') :], CLOSING))
    for name, text in (("Bank", bank), ("Amounts", amounts), ("Code", code), ("Gone", gone)):
        (tmp_path / f"{name}.wsdl").write_text(text, encoding="utf-8")
    built = soapgen("build", "Bank.wsdl", "--operation", "Close", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    package = "generated/bank_client"
    assert soapgen("diff", "Bank.wsdl", "Amounts.wsdl", cwd=tmp_path).returncode == 1
    for sides in ((package, "Amounts.wsdl"), ("Amounts.wsdl", package), (package, package)):
        assert soapgen("diff", *sides, cwd=tmp_path).stdout == "No differences.\n"
    for sides, rule in (
        ((package, "Code.wsdl"), "type-widened"),
        (("Code.wsdl", package), "type-narrowed"),
    ):
        found = json.loads(soapgen("diff", *sides, "--json", cwd=tmp_path).stdout)["differences"]
        assert [item["rule"] for item in found] == [rule]
    without = soapgen("diff", package, "Gone.wsdl", cwd=tmp_path)
    assert without.returncode == 2
    assert without.stderr == (
        "soapgen: error: Gone.wsdl: there is none of the operations that the package was built of\n"
    )


def test_each_side_is_read_once(folder: Path) -> None:
    built = soapgen("build", "old/People.wsdl", "--operation", "Find", cwd=folder)
    assert built.returncode == 0, built.stderr

    def answer(path: str, _: Mapping[str, str]) -> Answer | None:
        return Answer(OLD.encode())

    with serving(answer) as served:
        address = f"{served.url}/People.wsdl"
        for sides in ((address, "generated/people_client"), ("generated/people_client", address)):
            served.asked.clear()
            assert soapgen("diff", *sides, cwd=folder).stdout == "No differences.\n"
            assert len(served.asked) == 1


def git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_revision_of_git_with_its_imports(tmp_path: Path) -> None:
    schema = OLD[OLD.index("<xs:schema") : OLD.index("</xs:schema>") + len("</xs:schema>")]
    outside = schema.replace(
        "<xs:schema",
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ' 'xmlns:tns="urn:example:people"',
    )
    include = (
        '<xs:schema targetNamespace="urn:example:people">'
        '<xs:include schemaLocation="types/People.xsd"/></xs:schema>'
    )
    repository = tmp_path / "repository"
    (repository / "wsdl" / "types").mkdir(parents=True)
    path = repository / "wsdl" / "types" / "People.xsd"
    path.write_text(outside, encoding="utf-8")
    wsdl_text = OLD.replace(schema, include)
    (repository / "wsdl" / "People.wsdl").write_text(wsdl_text, encoding="utf-8")
    git(repository, "init", "-q")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "First")
    path.write_text(
        outside.replace('name="Age" type="xs:int"', 'name="Age" type="xs:date"'), encoding="utf-8"
    )
    git(repository, "commit", "-q", "-a", "-m", "Second")
    for old, new, cwd in (
        ("HEAD~1:wsdl/People.wsdl", "wsdl/People.wsdl", repository),
        ("HEAD~1:wsdl", "HEAD:wsdl", repository),
        ("HEAD~1:./People.wsdl", "People.wsdl", repository / "wsdl"),
    ):
        result = soapgen("diff", old, new, cwd=cwd)
        assert result.returncode == 1, result.stderr
        assert "int → date. [type-changed]" in result.stdout
    result = soapgen("diff", "HEAD:wsdl/People.wsdl", "wsdl", cwd=repository)
    assert result.stdout == "No differences.\n"
    for named in ("HEAD~7:wsdl/People.wsdl", "HEAD:wsdl/Nobody.wsdl", "--help:wsdl/x.wsdl"):
        result = soapgen("diff", "--", named, "wsdl", cwd=repository)
        assert result.returncode == 2
        assert result.stderr.startswith("soapgen: error: ")
        assert len(result.stderr.splitlines()) == 1
