"""The documentation's site in headless Chromium: each page, search, light and dark, phones, axe."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import PHONE, axe, chromium, watched
from tests.support.paths import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.conformance

MKDOCS = PROJECT / ".cache" / "site" / "venv" / "bin" / "mkdocs"

# One page for each thing that pages have: code and its output, long tables, a wide table, a drawing
# of characters; in the dark, one with code.
PAGES = (
    ("index.html", "light"),
    ("tutorial/index.html", "light"),
    ("tutorial/index.html", "dark"),
    ("commands.html", "light"),
    ("wild.html", "light"),
    ("architecture.html", "light"),
)

# Violations that are the theme's, in its own templates and scripts, by what they begin with.
THEMES = (
    # The dialog of the search has no name; the field in it has.
    'aria-dialog-name: <div class="md-search"',
    # Each block of code has a "nav" for its button; the button is named.
    'landmark-unique: <nav class="md-code__nav"',
    # Browsers let the arrow keys reach what scrolls; axe asks for a tabindex, too.
    'scrollable-region-focusable: <div class="md-typeset__scrollwrap"',
)

# Each page would make the index of the search anew, which takes longer than all else of it.
NO_SEARCH = "window.Worker = class extends EventTarget { postMessage() {} terminate() {} }"

Open = Callable[..., "Page"]


class _Files(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files

    def end_headers(self) -> None:
        """Let the browser keep styles and scripts for the next page."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, as `make site` builds it."""
    if not MKDOCS.is_file():
        pytest.skip("mkdocs is missing: make .cache/site/.venv")
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [MKDOCS, "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where a server for the site listens."""
    handler = partial(_Files, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def go(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the site; what the browser complains of fails the test."""
    problems: list[str] = []
    contexts = []

    def opened(path: str, script: str = "", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        context.add_init_script(script)
        page = watched(context.new_page(), problems)
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def test_each_page_opens_and_fits_a_phone(go: Open, folder: Path, address: str) -> None:
    page = go("index.html", NO_SEARCH, viewport=PHONE)
    wide = []
    paths = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html"))]
    assert {path for path, _ in PAGES} <= set(paths)
    for path in paths:
        response = page.goto(f"{address}/{path}")
        assert response is not None
        assert response.ok
        assert page.locator("h1").count() == 1, path
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("timeout", "TLS, certificates and proxies"),
        ("signxml", "Signing requests"),
        ("zeep", "Coming from zeep"),
    ],
)
def test_a_search(go: Open, typed: str, found: str) -> None:
    page = go("index.html")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    page.wait_for_selector(".md-search-result__item")
    assert found in page.locator(".md-search-result__list").inner_text()


def test_a_search_from_a_folder(browser: Browser, folder: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type("signxml")
        page.wait_for_selector(".md-search-result__item")


def test_what_is_found_is_opened(go: Open) -> None:
    page = go("index.html")
    page.keyboard.press("/")
    page.keyboard.type("Signing requests")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/guides/signing.html**")
    assert page.locator("h1").inner_text().startswith("Signing requests")


def ours(page: Page) -> list[str]:
    """What axe finds, without what is the theme's."""
    return [item for item in axe(page) if not item.startswith(THEMES)]


@pytest.mark.parametrize(("path", "scheme"), PAGES)
def test_axe_finds_nothing(go: Open, path: str, scheme: str) -> None:
    assert ours(go(path, color_scheme=scheme)) == []


def test_axe_finds_nothing_on_a_phone(go: Open) -> None:
    assert ours(go("index.html", viewport=PHONE)) == []


def test_the_scheme_is_that_of_the_system_until_one_is_chosen(go: Open) -> None:
    page = go("index.html", color_scheme="dark")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "slate"
    page.locator("label[for^=__palette]:visible").click()
    assert page.evaluate(scheme) == "default"
    page.reload()
    assert page.evaluate(scheme) == "default"
