"""Headless Chromium, and axe in its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

PHONE = {"width": 360, "height": 740}

_AXE = PROJECT / ".cache" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the system; a test is skipped where there is none."""
    api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is missing: make .cache/browser/.ready"
    )
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def watched(page: Page, problems: list[str]) -> Page:
    """``page``, of which what the browser says, and what it could not load, is a problem."""
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.extend(_lost(request)))
    return page


def _lost(request: Request) -> list[str]:
    """The address that could not be loaded, unless the next page was opened before it was."""
    return [] if request.failure == "net::ERR_ABORTED" else [request.url]


def axe(page: Page) -> list[str]:
    """The violations of WCAG 2.2 AA and of axe's best practices on a page, as it is now."""
    if not _AXE.is_file():
        pytest.skip("axe-core is missing: make .cache/browser/.ready")
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    # It would fetch the style, which no page from a file may.
    found = page.evaluate("axe.run({preload: false})")
    return [
        f"{item['id']}: {node['html']}" for item in found["violations"] for node in item["nodes"]
    ]
