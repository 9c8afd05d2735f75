"""Templates of the user's own: listed, copied, used for a build, and what goes wrong with them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from soapgen import __version__
from soapgen.errors import TemplateError
from soapgen.render import interface, own_templates, templates

from tests.support.command import snapshot, soapgen
from tests.support.small import wsdl

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a WSDL."""
    (tmp_path / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    return tmp_path


def copy(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A copy of the template ``name`` in ``folder``/mine, with ``changes``."""
    result = soapgen("templates", "--copy", name, "-o", "mine", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    path = folder / "mine" / name
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")
    return path


def build(folder: Path) -> str:
    """The error of a build with the templates in ``folder``/mine."""
    result = soapgen("build", "People.wsdl", "--templates", "mine", cwd=folder)
    assert result.returncode == 2, result.stderr
    assert not (folder / "generated").exists()
    (line,) = result.stderr.splitlines()
    return line.removeprefix("soapgen: error: ")


def test_each_is_listed_with_a_sentence(folder: Path) -> None:
    result = soapgen("templates", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    rows = [line.split(None, 1) for line in result.stdout.splitlines()]
    files = [path for path in templates.folder().rglob("*") if path.is_file()]
    names = {path.relative_to(templates.folder()).as_posix() for path in files}
    # Those of the reference site make no package.
    names = {item for item in names if "__pycache__" not in item and "reference/" not in item}
    assert {row[0] for row in rows} == names | {"_automata.py", "_near.py", "_secret_names.py"}
    for name, sentence in rows:
        assert re.fullmatch(r"[A-Z].{10,140}\.", sentence), name


def test_copies_that_nobody_changed_change_no_byte(folder: Path) -> None:
    """Those of the sandbox, too: it stands in the way of none."""
    assert soapgen("build", "People.wsdl", "--server", cwd=folder).returncode == 0
    plain = snapshot(folder / "generated" / "people_client")
    names = templates.all_names()
    options = [word for name in names for word in ("--copy", name)]
    assert soapgen("templates", *options, "-o", "mine", "-q", cwd=folder).returncode == 0
    built = soapgen("build", "People.wsdl", "--server", "--templates", "mine", cwd=folder)
    assert (built.returncode, built.stderr) == (0, "")
    own = snapshot(folder / "generated" / "people_client")
    manifests = [json.loads(files.pop("soapgen.json")) for files in (plain, own)]
    assert own == plain
    said = manifests[1]["options"]["templates"]
    assert said["folder"] == "../../mine"
    assert sorted(said["files"]) == sorted(names)


def test_a_template_is_used_and_remembered(folder: Path) -> None:
    line = "Placed by a template of my own."
    path = copy(folder, "models.py.jinja", ("# imports", f'"""{line}"""\n\n# imports'))
    assert soapgen("build", "People.wsdl", "--templates", "mine", cwd=folder).returncode == 0
    package = folder / "generated" / "people_client"
    assert line in (package / "models.py").read_text(encoding="utf-8")
    assert soapgen("check", package, cwd=folder).returncode == 0
    again = soapgen("build", package, cwd=folder)
    assert "is up to date" in again.stdout

    path.write_text(path.read_text(encoding="utf-8").replace("my own", "mine"), encoding="utf-8")
    stale = soapgen("check", package, cwd=folder)
    assert stale.returncode == 1
    assert '+"""Placed by a template of mine' in stale.stdout
    built = soapgen("build", package, cwd=folder)
    assert "Changed since the last build: other --templates." in built.stdout
    assert "a template of mine" in (package / "models.py").read_text(encoding="utf-8")

    without = soapgen("build", "People.wsdl", cwd=folder)
    assert "Changed since the last build: without --templates." in without.stdout
    assert "Placed by" not in (package / "models.py").read_text(encoding="utf-8")


def test_a_runtime_module(folder: Path) -> None:
    copy(folder, "_nil_members.py", ('"""', '"""Mine. '))
    copy(folder, "errors.py", ('"""', '"""Mine. '))
    assert soapgen("build", "People.wsdl", "--templates", "mine", cwd=folder).returncode == 0
    text = (folder / "generated/people_client/errors.py").read_text(encoding="utf-8")
    assert '"""Mine. ' in text
    assert "of the templates" not in text


def test_the_configuration_says_it(folder: Path) -> None:
    (folder / "soapgen.toml").write_text(
        '[packages.people]\nsources = "People.wsdl"\ntemplates = "mine"\n', encoding="utf-8"
    )
    copy(folder, "models.py.jinja", ("# imports", '"""Mine."""\n\n# imports'))
    (folder / "below").mkdir()
    assert soapgen("build", cwd=folder / "below").returncode == 0
    text = (folder / "generated/people/models.py").read_text(encoding="utf-8")
    assert '"""Mine."""' in text
    assert soapgen("check", cwd=folder).returncode == 0


def test_a_copy_says_of_what(folder: Path) -> None:
    path = copy(folder, "models.py.jinja")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == (
        f"{{# A copy of models.py.jinja of soapgen {__version__}; "
        f"version {interface.VERSION} of the templates. #}}"
    )
    path.write_text("mine", encoding="utf-8")
    refused = soapgen("templates", "--copy", "models.py.jinja", "-o", "mine", cwd=folder)
    assert refused.returncode == 2
    assert path.read_text(encoding="utf-8") == "mine"
    unknown = soapgen("templates", "--copy", "model.py.jinja", cwd=folder)
    assert unknown.returncode == 2
    assert "did you mean models.py.jinja" in unknown.stderr


def test_what_is_not_there_is_an_error_with_its_line(folder: Path) -> None:
    path = copy(folder, "models.py.jinja", ("# imports", "{{ package.titel }}\n# imports"))
    line = path.read_text(encoding="utf-8").splitlines().index("{{ package.titel }}") + 1
    error = build(folder)
    assert error.startswith(f"mine/models.py.jinja:{line}: ")
    assert "has no attribute 'titel'" in error
    assert "docs/templates.md" in error


@pytest.mark.parametrize(
    ("placed", "message"),
    [
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ package | shout }}", "No filter named 'shout'"),
        ("{% for %}", "Expected"),
        ('{% import "macros/model.jinja" as x %}', "did you mean macros/models.jinja?"),
        ("{{ ().__class__.__base__ }}", "unsafe"),
    ],
)
def test_what_fails_is_an_error_with_its_line(folder: Path, placed: str, message: str) -> None:
    path = copy(folder, "models.py.jinja", ("# imports", f"{placed}\n# imports"))
    line = path.read_text(encoding="utf-8").splitlines().index(placed) + 1
    error = build(folder)
    assert error.startswith(f"mine/models.py.jinja:{line}: ")
    assert message in error


@pytest.mark.parametrize("name", ["client.py.jinja", "macros/method.jinja"])
def test_what_is_no_python(folder: Path, name: str) -> None:
    copy(folder, name, ("}}def {{", "}}def ({{") if "macros" in name else ("\n\n", "\ndef (:\n\n"))
    error = build(folder)
    assert error.startswith(f"mine/{name}: what it yields is not Python, in line ")
    assert re.search(r"in line \d+ of client\.py: def \(", error)


def test_a_text_of_the_contract_that_would_become_code(folder: Path) -> None:
    copy(folder, "models.py.jinja", ("# imports", "# imports\nx = {{ package.service }}\n"))
    error = build(folder)
    assert error.startswith("mine/models.py.jinja: what it yields is not sound: models.py:")
    assert "the filters string, docstring or in_f_string" in error


def test_what_overrides_nothing(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "models.jinja").write_text("", encoding="utf-8")
    assert build(folder).startswith(
        "mine/models.jinja: this file overrides no template; did you mean models.py.jinja or "
    )
    (folder / "mine" / "models.jinja").rename(folder / "mine" / ".models.swp")
    assert soapgen("build", "People.wsdl", "--templates", "mine", cwd=folder).returncode == 0


def test_a_folder_that_is_not_there(folder: Path) -> None:
    assert build(folder) == "mine: there is no such folder; check its name"


def test_a_module_that_is_no_python_or_lacks_something(folder: Path) -> None:
    path = copy(folder, "errors.py")
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "def (:\n", encoding="utf-8")
    last = text.count("\n") + 1
    assert build(folder).startswith(f"mine/errors.py:{last}: this is not Python: ")
    path.write_text(text.replace("class CallError", "class CalError"), encoding="utf-8")
    assert build(folder).startswith("mine/errors.py: this does not define CallError, ")


def test_another_version(folder: Path) -> None:
    path = copy(folder, "models.py.jinja", ("version 1 of", "version 7 of"))
    assert build(folder) == (
        "mine/models.py.jinja:1: this is for version 7 of the templates, and this soapgen has 1; "
        "use the soapgen that it was copied from, or copy the template again"
    )
    text = path.read_text(encoding="utf-8").partition("\n")[2]
    path.write_text(text, encoding="utf-8")
    assert build(folder).startswith(
        "mine/models.py.jinja:1: the first line does not say for which version of the templates "
        "this is; begin with the line {# A copy of models.py.jinja of soapgen "
    )


def test_an_older_version_says_what_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    copied = {"models.py.jinja": interface.copied("models.py.jinja")}
    monkeypatch.setattr(interface, "VERSION", 3)
    changes = {1: "the first", 2: "member.x is member.y", 3: "there is no member.z"}
    monkeypatch.setattr(interface, "CHANGES", changes)
    with pytest.raises(TemplateError) as caught:
        own_templates(copied, "mine")
    assert str(caught.value) == (
        "mine/models.py.jinja:1: this is for version 1 of the templates, and this soapgen has 3 "
        "(version 2: member.x is member.y; version 3: there is no member.z); "
        "change what that concerns, then the number in the first line"
    )
