"""Descriptions from pages of documentation: what they give to a package, and what fits nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.paths import PROJECT
from tests.support.small import SCHEMA, changed, wsdl

pytestmark = pytest.mark.slow

PAGE = """---
title: People
---

# Service People

All that there are.

# Operation Find

Looks for *one* person by `Name`,
slowly.

It [never](https://example.com) fails.

| Parameter | Type | Description |
|---|---|---|
| Name | string | Whom to find, `a\\|b`. |

```xml
<Find/>
```

## Returns

Somebody.

| Result | Description |
|---|---|
| Person | The one that was found. |

# Type Person

A human being.

| Member | Description |
|---|---|
| Name | The full name. |
| Age | In years. |

# History

None of this describes anything.

| Member | Description |
|---|---|
| Nothing | At all. |
"""

DOCUMENTED = changed(
    SCHEMA,
    (
        '<xs:element name="Age" type="xs:int" minOccurs="0"/>',
        '<xs:element name="Age" type="xs:int" minOccurs="0"><xs:annotation><xs:documentation>'
        "What the contract says.</xs:documentation></xs:annotation></xs:element>",
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a WSDL, and a page for it in ``pages``."""
    (tmp_path / "People.wsdl").write_text(wsdl(DOCUMENTED), encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "people.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def package(folder: Path, *arguments: str) -> str:
    """All text of the package, built with the pages."""
    result = soapgen("build", "People.wsdl", "--docs", "pages", *arguments, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Left out" not in result.stdout
    names = ("__init__", "client", "models")
    files = (folder / "generated" / "people_client" / f"{name}.py" for name in names)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def left_out(folder: Path, page: str, *arguments: str) -> list[str]:
    """What a build with ``page`` says is left out."""
    (folder / "pages" / "people.md").write_text(page, encoding="utf-8")
    result = soapgen("build", "People.wsdl", "--docs", "pages", *arguments, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    return [line.removeprefix("Left out: ") for line in lines if line.startswith("Left out: ")]


def test_what_is_described(folder: Path) -> None:
    text = package(folder)
    assert "All that there are." in text
    assert "Looks for one person by Name, slowly.\n\n        It never fails." in text
    assert "Whom to find, a|b." in text
    assert "A human being." in text
    assert "The full name." in text
    for other in ("Somebody", "At all", "None of this", "<Find/>"):
        assert other not in text


def test_what_the_contract_says_wins(folder: Path) -> None:
    text = package(folder)
    assert "What the contract says." in text
    assert "In years." not in text


def test_what_the_configuration_says_wins(folder: Path) -> None:
    (folder / "soapgen.toml").write_text(
        '[packages.people]\nsources = "People.wsdl"\ndocs = "pages"\n'
        '[packages.people.documentation.types]\nPerson = "Somebody known."\n',
        encoding="utf-8",
    )
    assert soapgen("build", cwd=folder).returncode == 0
    text = (folder / "generated/people/models.py").read_text(encoding="utf-8")
    assert "Somebody known." in text
    assert "A human being." not in text
    assert "The full name." in text
    assert soapgen("check", cwd=folder).returncode == 0


def test_pages_are_remembered_and_checked(folder: Path) -> None:
    package(folder)
    built = folder / "generated" / "people_client"
    said = json.loads((built / "soapgen.json").read_text(encoding="utf-8"))["options"]["docs"]
    assert said["folder"] == "../../pages"
    assert list(said["files"]) == ["people.md"]
    assert soapgen("check", built, cwd=folder).returncode == 0
    assert "is up to date" in soapgen("build", built, cwd=folder).stdout

    path = folder / "pages" / "people.md"
    path.write_text(PAGE.replace("The full name", "The whole name"), encoding="utf-8")
    stale = soapgen("check", built, cwd=folder)
    assert stale.returncode == 1
    assert "The whole name." in stale.stdout
    again = soapgen("build", built, cwd=folder)
    assert "Changed since the last build: other --docs." in again.stdout
    (folder / "pages" / "image.png").write_bytes(b"\x89PNG")
    assert soapgen("check", built, cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            "# Operation Fnd\n\nFinds.\n",
            "description of operation Fnd (pages/people.md:1): there is no operation 'Fnd' in what "
            "is generated; did you mean Find",
        ),
        (
            "\n# Type Persn\n\nSomebody.\n",
            "description of type Persn (pages/people.md:2): there is no type with a class 'Persn' "
            "in what is generated; did you mean Person",
        ),
        (
            "# Type Person\n\n| Member | Description |\n|---|---|\n| Agee | Years. |\n",
            "description of member Person.Agee (pages/people.md:5): there is no member 'Agee' of "
            "Person; did you mean Age",
        ),
        (
            "# Operation Find\n\n| Parameter | Description |\n|---|---|\n| Nam | Who. |\n",
            "description of parameter Find.Nam (pages/people.md:5): there is no parameter 'Nam' of "
            "Find; did you mean Name",
        ),
        (
            "# Type Persn\n\n| Member | Description |\n|---|---|\n| Name | Who. |\n| Age | O. |\n",
            "descriptions of type Persn (pages/people.md:5): there is no type with a class 'Persn' "
            "in what is generated; did you mean Person",
        ),
        (
            "# Type Person\n\n| Value | Description |\n|---|---|\n| Name | Who. |\n",
            "description of value Person.Name (pages/people.md:5): there is no value 'Name' of "
            "Person; check the name",
        ),
        (
            "# Service People\n\n| Header | Description |\n|---|---|\n| Session | Who. |\n",
            "description of header People.Session (pages/people.md:5): there is no header "
            "'Session' of People; check the name",
        ),
        (
            "# Operation Peple.Find\n\nFinds.\n",
            "descriptions of service Peple (pages/people.md:1): there is none in what is read; "
            "did you mean People",
        ),
        (
            "# Type Person\n\nOne.\n\n# Type Person\n\nAnother.\n",
            "description of type Person (pages/people.md:5): line 1 of people.md describes it "
            "otherwise",
        ),
    ],
)
def test_what_fits_nothing(folder: Path, page: str, message: str) -> None:
    (line,) = left_out(folder, page)
    assert line.startswith(message)
    assert line.endswith("?" if "did you mean" in message else ".")
    assert not line.endswith("?.")


def test_it_is_said_again_and_is_no_failure(folder: Path) -> None:
    assert left_out(folder, "# Operation Fnd\n\nFinds.\n", "--strict")
    again = soapgen("build", "People.wsdl", "--docs", "pages", cwd=folder)
    assert "is up to date" in again.stdout
    assert "Left out: description of operation Fnd (people.md:1): " in again.stdout
    checked = soapgen("check", "../generated/people_client", "--regenerate", cwd=folder / "pages")
    assert checked.returncode == 0


def test_what_is_not_generated_may_be_described(folder: Path) -> None:
    other = wsdl(DOCUMENTED).replace('"Find"', '"Seek"').replace(':Find"', ':Seek"')
    text = other.replace("People", "Others").replace("urn:example:people", "urn:example:others")
    (folder / "Others.wsdl").write_text(text, encoding="utf-8")
    page = "# Operation Others.Seek\n\nSeeks.\n\n# Operation Find\n\nFinds.\n"
    (folder / "pages" / "people.md").write_text(page, encoding="utf-8")
    arguments = ("--service", "People", "--name", "one", "--docs", "pages")
    result = soapgen("build", "People.wsdl", "Others.wsdl", *arguments, cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert "Left out: description" not in result.stdout


def test_a_folder_that_is_not_there(folder: Path) -> None:
    result = soapgen("build", "People.wsdl", "--docs", "page", cwd=folder)
    assert result.returncode == 2
    assert result.stderr == "soapgen: error: page: there is no such folder; did you mean pages?\n"


LIBRARY = """
# Service Library

| Header | Description |
|---|---|
| Session | Who asks. |

# Type Shelf

Where a book stands.

| Value | Meaning | Description |
|---|---|---|
| Novels | 1 | Made up, all of it. |
| Sciense | 2 | Found out. |
"""


def test_values_and_headers_are_described(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "library.md").write_text(LIBRARY, encoding="utf-8")
    source = PROJECT / "docs" / "tutorial" / "Library.wsdl"
    result = soapgen("build", source, "-o", ".", "--docs", "pages", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Left out: ")]
    assert line == (
        "Left out: description of value Shelf.Sciense (pages/library.md:15): "
        "there is no value 'Sciense' of Shelf; did you mean Science?"
    )
    models = (tmp_path / "library_client" / "models.py").read_text(encoding="utf-8")
    assert (
        '"""Where a book stands."""\n\n    NOVELS = "Novels"\n    """Made up, all of it."""'
        in models
    )
    assert '    key: str | None = None\n    """Who asks."""' in models


def test_a_value_that_the_contract_describes(folder: Path) -> None:
    colour = """<xs:simpleType name="Colour"><xs:restriction base="xs:string">
      <xs:enumeration value="red"><xs:annotation><xs:documentation>As blood.</xs:documentation>
      </xs:annotation></xs:enumeration><xs:enumeration value="blue"/>
    </xs:restriction></xs:simpleType>"""
    schema = colour + changed(SCHEMA, ('"Age" type="xs:int"', '"Age" type="tns:Colour"'))
    (folder / "People.wsdl").write_text(wsdl(schema), encoding="utf-8")
    page = "# Type Colour\n\n| Value | Description |\n|---|---|\n| red | Bad. |\n| blue | Good. |\n"
    (folder / "pages" / "people.md").write_text(page, encoding="utf-8")
    text = package(folder)
    assert "As blood." in text
    assert "Good." in text
    assert "Bad." not in text
