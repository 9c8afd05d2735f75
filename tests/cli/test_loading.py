"""Which libraries and which packages of soapgen each command loads: none that it can do without."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import soapgen
from tests.support.loading import libraries, loaded, parts
from tests.support.paths import WSDL
from tests.support.small import wsdl

pytestmark = pytest.mark.slow

# What takes time to load. Typer shows help with rich, which reads Markdown with markdown_it.
LIBRARIES = {"black", "httpx", "jinja2", "lxml", "markdown_it", "rich", "waitress", "xmlschema"}
COMMAND_LINE = {"cli", "errors", "near", "progress"}
SOURCES = {"namespaces", "naming", "scopes", "secret_names", "sources"}
GENERATOR = {"plan", "project", "render"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with People.wsdl, the package for it, and its messages in a folder ``messages``."""
    folder = tmp_path_factory.mktemp("loading")
    (folder / "People.wsdl").write_text(wsdl(), encoding="utf-8")
    assert soapgen("build", "People.wsdl", cwd=folder).returncode == 0
    samples = ("sample", "People.wsdl", "--all", "-o", "messages")
    assert soapgen(*samples, cwd=folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    "command",
    ["", *"build check list show docs diff call fetch sample verify serve templates".split()],
)
def test_help(command: str, folder: Path) -> None:
    modules = loaded(*command.split(), "--help", cwd=folder)
    assert libraries(modules) & LIBRARIES <= {"markdown_it", "rich"}
    assert parts(modules) == COMMAND_LINE


def test_version(folder: Path) -> None:
    modules = loaded("--version", cwd=folder)
    assert not libraries(modules) & LIBRARIES
    assert parts(modules) == COMMAND_LINE


# What looks for a configuration; a build of what is named does not.
CONFIGURED = {"build": set[str](), "check": {"configuration"}}


@pytest.mark.parametrize("command", [("build", "People.wsdl"), ("check",)])
def test_nothing_to_do(command: tuple[str, ...], folder: Path) -> None:
    modules = loaded(*command, cwd=folder)
    assert libraries(modules) & LIBRARIES == {"lxml"}
    # The templates are part of what is compared, and what is copied into packages.
    assert parts(modules) == COMMAND_LINE | SOURCES | CONFIGURED[command[0]] | {
        "automata",
        "given",
        "project",
        "render",
    }
    assert {name for name in modules if name.startswith("soapgen.render.")} == {
        "soapgen.render.templates"
    }


@pytest.mark.parametrize(
    "command", [("build", "People.wsdl", "--force"), ("check", "--regenerate")]
)
def test_generating(command: tuple[str, ...], folder: Path) -> None:
    modules = loaded(*command, cwd=folder)
    # On many processors, other processes may do all the formatting.
    assert libraries(modules) & LIBRARIES - {"black"} == {"jinja2", "lxml", "xmlschema"}
    assert parts(modules) == COMMAND_LINE | SOURCES | GENERATOR | CONFIGURED[command[0]] | {
        "automata",
        "contract",
        "given",
        "messages",
        "vendors",
    }


def test_fetch(folder: Path) -> None:
    modules = loaded("fetch", "People.wsdl", "-o", "fetched", cwd=folder)
    assert libraries(modules) & LIBRARIES == {"lxml"}
    assert not parts(modules) & {"contract", "plan", "serve", "verify"}


def test_sample(folder: Path) -> None:
    modules = loaded("sample", "People.wsdl", "Find", cwd=folder)
    assert libraries(modules) & LIBRARIES == {"lxml", "xmlschema"}
    assert not parts(modules) & (GENERATOR | {"serve", "vendors", "verify"})


def test_sample_as_documented(folder: Path) -> None:
    """A vendor's package knows the plan, to which it gives its conventions."""
    command = ("sample", WSDL / "SoPrincipal.wsdl", "GetSystemInfo", "--style", "documented")
    modules = loaded(*command, cwd=folder)
    assert libraries(modules) & LIBRARIES == {"lxml", "xmlschema"}
    assert not parts(modules) & {"project", "render", "serve", "verify"}


def test_list(folder: Path) -> None:
    modules = loaded("list", "People.wsdl", cwd=folder)
    assert libraries(modules) & LIBRARIES == {"lxml", "xmlschema"}
    assert not parts(modules) & (GENERATOR | {"serve", "vendors", "verify"})


def test_show(folder: Path) -> None:
    modules = loaded("show", "People.wsdl", "Find", cwd=folder)
    assert not libraries(modules) & {"black", "httpx", "rich", "waitress"}
    assert not parts(modules) & {"serve", "verify"}


def test_docs(folder: Path) -> None:
    modules = loaded("docs", "People.wsdl", "-o", "site", cwd=folder)
    # What generated code is run for sends nothing, and is not formatted.
    assert not libraries(modules) & {"black", "rich", "waitress"}
    assert not parts(modules) & {"compare", "serve", "verify"}


def test_diff(folder: Path) -> None:
    modules = loaded("diff", "People.wsdl", "People.wsdl", cwd=folder)
    assert not libraries(modules) & {"black", "httpx", "rich", "waitress"}
    assert not parts(modules) & {"serve", "verify"}


def test_serve(folder: Path) -> None:
    command = ("serve", "People.wsdl", "--port", "0")
    modules = loaded(*command, cwd=folder, interrupt_after="Serving ")
    assert libraries(modules) & LIBRARIES == {"lxml", "waitress", "xmlschema"}
    assert not parts(modules) & (GENERATOR | {"verify"})


@pytest.mark.parametrize(("options", "shows"), [((), {"rich"}), (("--json",), set())])
def test_verify(options: tuple[str, ...], shows: set[str], folder: Path) -> None:
    modules = loaded("verify", "People.wsdl", "messages", *options, cwd=folder)
    # What is rendered for a trial is not formatted.
    needed = {"jinja2", "lxml", "markdown_it", "xmlschema"}
    assert libraries(modules) & LIBRARIES == needed | shows
    assert parts(modules) >= GENERATOR
    assert "serve" not in parts(modules)
