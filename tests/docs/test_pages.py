"""Each block of the README and the documentation is run, page by page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import Block, blocks, name_of, pages
from tests.docs.network import played
from tests.docs.story import Story
from tests.support.command import soapgen
from tests.support.paths import BANK, PROJECT, WSDL

pytestmark = pytest.mark.slow

FILES = BANK.with_name("Files.wsdl")
LIBRARY = PROJECT / "docs" / "tutorial" / "Library.wsdl"

# The hosts of the pages, and the contracts that they are played by.
HOSTS = {
    "bank.example.com": BANK,
    "crm.example.com": WSDL,
    "files.example.com": FILES,
    "library.example.com": LIBRARY,
}

# Pages that begin with the contracts alone, and build what they use.
BUILDS = {"docs/index.md", "docs/tutorial/index.md"}

# Pages that tests of their own run.
ELSEWHERE = {
    "docs/ci.md": "tests/ci/test_ci.py",
    "docs/compatibility.md": "tests/compare/test_page.py",
    "docs/http.md": "tests/generated/test_http_page.py",
    "docs/releasing.md": "tests/test_wheel.py",
    "docs/seeing.md": "tests/test_seeing_page.py",
    "docs/testing.md": "tests/testing/test_documentation.py",
    "docs/transcripts.md": "tests/cli/test_transcripts.py",
    "docs/types.md": "tests/test_types_page.py",
}

# Blocks that are not run, by the page and their first line, each with the reason.
NOT_RUN = {
    (
        "README.md",
        "uv add --dev soapgen     # in a project; what it writes needs lxml and httpx: uv add lxml "
        "httpx",
    ): "needs an index",
    ("README.md", "from superoffice.email import EMailClient"): "needs a service with log-ins",
    ("README.md", "$ make demo     # builds a client from wsdl/EMail.wsdl and uses it"): (
        "needs a checkout: CI runs both commands"
    ),
    ("docs/guides/upgrading.md", "pip install --upgrade soapgen black"): "needs an index",
    (
        "docs/secrets.md",
        "soapgen check generated/service_client --source 'http://host/service?wsdl&apikey=…'",
    ): "needs a host",
    ("docs/sources.md", "$ soapgen fetch https://example.com/Orders.svc?wsdl -o wsdl"): (
        "tests/cli/test_fetch.py fetches from a host"
    ),
    ("docs/tutorial/index.md", "python -m venv .venv"): "tests/test_wheel.py installs the wheel",
}


def as_parameter(page: Path) -> Any:
    """``page`` with its marks: all but the README take too long for `make test`."""
    name = name_of(page)
    marks = () if name == "README.md" else (pytest.mark.conformance,)
    return pytest.param(page, id=name, marks=marks)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the tutorial leaves behind, and the contracts of the README."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copy(LIBRARY, folder)
    shutil.copytree(WSDL, folder / "wsdl")
    shutil.copytree(BANK.parent, folder / "tests" / "wsdl")
    result = soapgen("build", LIBRARY.name, "--out", ".", cwd=folder)
    assert not result.returncode, result.stderr
    return folder


@pytest.mark.parametrize(
    "page", [as_parameter(page) for page in pages() if name_of(page) not in ELSEWHERE]
)
def test_what_a_page_shows_is_so(page: Path, library: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(library, tmp_path / "story")
    if name_of(page) in BUILDS:
        shutil.rmtree(folder / "library_client")
    with played(HOSTS) as servers, Story(folder) as story:
        servers["library.example.com"].service.fault("Lend", "Not here", declared="NotAvailable")
        for block in blocks(page):
            if key(block) not in NOT_RUN:
                story.run(block)


def test_what_is_not_run_here_is_there() -> None:
    assert set(NOT_RUN) <= {key(block) for page in pages() for block in blocks(page)}
    assert set(ELSEWHERE) <= {name_of(page) for page in pages()}
    for test in ELSEWHERE.values():
        assert (PROJECT / test).is_file()


def key(block: Block) -> tuple[str, str]:
    """The page and the first line of a block."""
    return block.page, block.text.partition("\n")[0]
