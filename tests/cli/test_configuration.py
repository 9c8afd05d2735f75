"""What ``build`` and ``check`` do by a configuration file, and without one by a manifest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import snapshot, soapgen
from tests.support.small import SCHEMA, wsdl
from tests.support.unmarked import mark, unmark

pytestmark = pytest.mark.slow

CONFIGURATION = """\
[project]
name = "shop"

[tool.soapgen]
out = "src"

[tool.soapgen.packages.people]
sources = ["wsdl/People.wsdl"]
server = true

[tool.soapgen.packages.plain]
sources = ["wsdl/People.wsdl"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a WSDL and a configuration of two packages."""
    (tmp_path / "wsdl").mkdir()
    (tmp_path / "wsdl" / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    return tmp_path


def change_the_contract(folder: Path) -> None:
    text = wsdl(SCHEMA.replace("Age", "Years"))
    (folder / "wsdl" / "People.wsdl").write_text(text, encoding="utf-8")


def options(package: Path) -> dict[str, object]:
    content: dict[str, dict[str, object]] = json.loads((package / "soapgen.json").read_text())
    return content["options"]


def test_all_that_is_configured_is_built_and_checked(folder: Path) -> None:
    missing = soapgen("check", cwd=folder)
    assert missing.returncode == 1
    assert missing.stderr == (
        "src/people is missing; run: soapgen build src/people\n"
        "src/plain is missing; run: soapgen build src/plain\n"
    )
    assert soapgen("build", "src/people", cwd=folder).returncode == 0
    assert not (folder / "src" / "plain").exists()
    assert soapgen("build", cwd=folder).returncode == 0
    assert options(folder / "src/people")["server"] is True
    assert options(folder / "src/plain")["server"] is False
    fresh = soapgen("check", cwd=folder / "wsdl")
    assert (fresh.returncode, fresh.stderr) == (0, "")
    assert fresh.stdout == "../src/people is fresh.\n../src/plain is fresh.\n"


def test_a_second_build_changes_no_byte(folder: Path) -> None:
    soapgen("build", cwd=folder)
    before = snapshot(folder / "src")
    again = soapgen("build", cwd=folder / "wsdl")
    assert again.stdout.count("is up to date") == 2
    assert snapshot(folder / "src") == before


def test_a_changed_configuration_makes_a_package_stale(folder: Path) -> None:
    soapgen("build", cwd=folder)
    text = CONFIGURATION.replace("server = true", "server = false")
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    stale = soapgen("check", "src", cwd=folder)
    assert stale.returncode == 1
    assert stale.stderr == "src/people is stale; run: soapgen build src/people\n"
    built = soapgen("build", "src/people", cwd=folder)
    assert "Changed since the last build: without --server.\n" in built.stdout
    assert soapgen("check", cwd=folder).returncode == 0


def test_a_wrong_key_is_refused_before_anything_is_written(folder: Path) -> None:
    text = CONFIGURATION.replace("server = true", "sever = true")
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    for command in ("build", "check"):
        result = soapgen(command, cwd=folder)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == (
            "soapgen: error: pyproject.toml:9: tool.soapgen.packages.people.sever: "
            "there is no key 'sever'; did you mean server?\n"
        )
    assert not (folder / "src").exists()


def test_an_option_does_not_speak_against_the_configuration(folder: Path) -> None:
    result = soapgen("build", "--facets", cwd=folder)
    assert result.returncode == 2
    assert "--facets: pyproject.toml says what the package is; change it there." in result.stderr


def test_without_sources_and_without_a_configuration(tmp_path: Path) -> None:
    result = soapgen("build", cwd=tmp_path)
    assert result.returncode == 2
    assert "name what to read" in result.stderr


def test_a_package_is_built_again_as_its_manifest_says(folder: Path) -> None:
    (folder / "pyproject.toml").unlink()
    first = ("build", "wsdl/People.wsdl", "--server", "-O", "Find")
    assert soapgen(*first, cwd=folder).returncode == 0
    package = folder / "generated" / "people_client"
    told = options(package)
    change_the_contract(folder)
    again = soapgen("build", "people_client", cwd=folder / "generated")
    assert again.returncode == 0
    assert "Changed" not in again.stdout
    assert options(package) == told
    assert "years" in (package / "models.py").read_text(encoding="utf-8")


def test_what_is_no_longer_asked_for_is_said(folder: Path) -> None:
    (folder / "pyproject.toml").unlink()
    assert soapgen("build", "wsdl/People.wsdl", "--server", cwd=folder).returncode == 0
    plain = soapgen("build", "wsdl/People.wsdl", cwd=folder)
    assert "Changed since the last build: without --server.\n" in plain.stdout


def test_packages_and_sources_are_not_mixed(folder: Path) -> None:
    soapgen("build", "src/people", cwd=folder)
    result = soapgen("build", "src/people", "wsdl/People.wsdl", cwd=folder)
    assert result.returncode == 2
    assert "wsdl/People.wsdl is no package" in result.stderr


def test_json_of_all_is_a_list(folder: Path) -> None:
    reports = json.loads(soapgen("build", "--json", cwd=folder).stdout)
    assert [report["package"] for report in reports] == ["src/people", "src/plain"]


def test_check_takes_several_folders(folder: Path) -> None:
    soapgen("build", cwd=folder)
    result = soapgen("check", "src/plain", "src/people", "src/plain", cwd=folder)
    assert result.stdout == "src/plain is fresh.\nsrc/people is fresh.\n"


def test_a_package_that_another_formatter_went_over_is_restored(folder: Path) -> None:
    soapgen("build", "src/plain", cwd=folder)
    before = snapshot(folder / "src")
    unmark(folder / "src/plain")  # as for a formatter that knows no such marks
    ruff = (sys.executable, "-m", "ruff", "format", "--line-length", "70", "src")
    subprocess.run(ruff, cwd=folder, check=True, capture_output=True)
    mark(folder / "src/plain")
    assert snapshot(folder / "src") != before
    stale = soapgen("check", "src/plain", cwd=folder)
    assert stale.returncode == 1
    assert "src/plain: another formatter went over " in stale.stderr
    assert stale.stderr.endswith("src/plain is stale; run: soapgen build src/plain\n")
    restored = soapgen("build", "src/plain", cwd=folder)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert snapshot(folder / "src") == before


def test_a_comment_is_an_edit(folder: Path) -> None:
    soapgen("build", "src/plain", cwd=folder)
    path = folder / "src/plain/models.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    refused = soapgen("build", "src/plain", cwd=folder)
    assert refused.returncode == 2
    assert "edited by hand" in refused.stderr


NAMES = """
[tool.soapgen.packages.plain.names]
types.Person = "Human"
members."Person.Age" = "years"
"""


def test_names_are_kept_and_a_changed_one_is_stale(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(CONFIGURATION + NAMES, encoding="utf-8")
    package = folder / "src" / "plain"
    assert soapgen("build", "src/plain", cwd=folder).returncode == 0
    assert options(package)["names"] == {
        "types": {"Person": "Human"},
        "members": {"Person.Age": "years"},
    }
    assert "class Human:" in (package / "models.py").read_text(encoding="utf-8")
    assert soapgen("check", "src/plain", cwd=folder).returncode == 0
    other = CONFIGURATION + NAMES.replace("Human", "Man")
    (folder / "pyproject.toml").write_text(other, encoding="utf-8")
    stale = soapgen("check", "src/plain", cwd=folder)
    assert stale.returncode == 1
    assert "+class Man:\n" in stale.stdout
    # Without a configuration, the manifest says the names.
    (folder / "pyproject.toml").unlink()
    before = snapshot(package)
    assert soapgen("build", "src/plain", "--force", cwd=folder).returncode == 0
    assert snapshot(package) == before
    assert soapgen("check", "src/plain", "--regenerate", cwd=folder).returncode == 0
    moved = soapgen("check", "src/plain", "--source", "wsdl/People.wsdl", cwd=folder)
    assert moved.returncode == 0


def test_a_name_that_fits_nothing_is_told_with_its_line(folder: Path) -> None:
    text = CONFIGURATION + NAMES
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    assert soapgen("build", cwd=folder).returncode == 0
    change_the_contract(folder)
    line = text.splitlines().index('members."Person.Age" = "years"') + 1
    for command in ("build", "check"):
        result = soapgen(command, "src/plain", cwd=folder)
        assert result.returncode == 2
        assert result.stderr == (
            f"soapgen: error: pyproject.toml:{line}: "
            'tool.soapgen.packages.plain.names.members."Person.Age": there is no member '
            "'Person.Age' in what is generated; did you mean Person.Name or Person.Years?\n"
        )


def test_a_comparison_with_a_package_takes_its_names(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(CONFIGURATION + NAMES, encoding="utf-8")
    assert soapgen("build", "src/plain", cwd=folder).returncode == 0
    same = soapgen("diff", "src/plain", "wsdl/People.wsdl", cwd=folder)
    assert (same.returncode, same.stderr) == (0, "")
    assert "Human" not in same.stdout
    changed = wsdl(SCHEMA.replace("Age", "Seniority"))
    (folder / "Other.wsdl").write_text(changed, encoding="utf-8")
    other = soapgen("diff", "src/plain", "Other.wsdl", cwd=folder)
    assert other.returncode == 1
    assert "type Person / element Age\n" in other.stdout
    # That Person has another name in Python is no difference, as Age's is none of its own.
    assert "\n1 breaking, 1 compatible; " in other.stdout


def test_what_no_option_can_say_is_said(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(CONFIGURATION + NAMES, encoding="utf-8")
    assert soapgen("build", "src/plain", cwd=folder).returncode == 0
    (folder / "pyproject.toml").unlink()
    changed = wsdl(SCHEMA.replace('"Name"', '"FullName"'))
    (folder / "Other.wsdl").write_text(changed, encoding="utf-8")
    stale = soapgen("check", "src/plain", "--source", "Other.wsdl", cwd=folder)
    assert stale.returncode == 1
    message = "no option gives names or an overlay: write a configuration, or they are lost"
    assert message in stale.stderr
    plain = soapgen("build", "wsdl/People.wsdl", "-o", "src", "--name", "plain", cwd=folder)
    assert "Changed since the last build: no names are given.\n" in plain.stdout


FAILURE = """
[tool.soapgen.packages.plain]
sources = ["wsdl/People.wsdl"]
[tool.soapgen.packages.plain.failure]
succeeded = "Status.Code"
success = ["0"]
message = "Status.Text"
"""


def test_headers_that_report_failure_are_kept_and_looked_for(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(FAILURE, encoding="utf-8")
    refused = soapgen("build", cwd=folder)
    assert refused.stderr == (
        "soapgen: error: pyproject.toml:5: tool.soapgen.packages.plain.failure.succeeded: "
        "no response has a header 'Status'; there are none\n"
    )
    status = """
      <xs:element name="Status">
        <xs:complexType>
          <xs:attribute name="Code" type="xs:int"/><xs:attribute name="Text" type="xs:string"/>
        </xs:complexType>
      </xs:element>
"""
    changed = wsdl(SCHEMA + status, response_header="Status")
    (folder / "wsdl" / "People.wsdl").write_text(changed, encoding="utf-8")
    refused = soapgen("build", cwd=folder)
    assert "did you mean Status.@Code" in refused.stderr
    right = FAILURE.replace("Status.", "Status.@")
    (folder / "pyproject.toml").write_text(right, encoding="utf-8")
    assert soapgen("build", cwd=folder).returncode == 0
    package = folder / "generated" / "plain"
    said = {"succeeded": "Status.@Code", "message": "Status.@Text", "success": ["0"]}
    assert options(package)["failure"] == said
    assert soapgen("check", cwd=folder).returncode == 0
    same = soapgen("diff", "generated/plain", "wsdl/People.wsdl", cwd=folder)
    assert same.returncode == 0
    (folder / "pyproject.toml").write_text(right.replace('"0"', '"1"'), encoding="utf-8")
    assert soapgen("check", cwd=folder).returncode == 1


OVERLAY = """
[tool.soapgen.packages.plain]
sources = ["wsdl/People.wsdl"]
secrets = ["Person.Age"]
documentation.types.Person = "Somebody."
"""


def test_an_overlay_is_kept_and_a_changed_one_is_stale(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(OVERLAY, encoding="utf-8")
    package = folder / "generated" / "plain"
    assert soapgen("build", cwd=folder).returncode == 0
    assert options(package)["documentation"] == {"types": {"Person": "Somebody."}}
    assert options(package)["secrets"] == ["Person.Age"]
    assert soapgen("check", cwd=folder).returncode == 0
    same = soapgen("diff", "generated/plain", "wsdl/People.wsdl", cwd=folder)
    assert (same.returncode, "Somebody" in same.stdout) == (0, False)
    wrong = OVERLAY.replace("Person.Age", "Person.Agee")
    (folder / "pyproject.toml").write_text(wrong, encoding="utf-8")
    refused = soapgen("check", cwd=folder)
    assert refused.stderr == (
        "soapgen: error: pyproject.toml:4: tool.soapgen.packages.plain.secrets: there is no member "
        "'Person.Agee' in what is generated; did you mean Person.Age or Person.Name?\n"
    )
    (folder / "pyproject.toml").write_text(OVERLAY.replace("Somebody", "One"), encoding="utf-8")
    assert soapgen("check", cwd=folder).returncode == 1
