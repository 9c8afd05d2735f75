"""A reference in headless Chromium, from a folder: search, links, copying, keys, phones, axe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.browser import PHONE, axe, chromium, watched
from tests.support.paths import corpus

from .sites import made, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.conformance

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference of services that share types."""
    return _written(site("shop").files, tmp_path_factory.mktemp("shop"))


@pytest.fixture
def go(browser: Browser, folder: Path) -> Iterator[Open]:
    """Opens a page from the folder; an error that the browser tells fails the test."""
    problems: list[str] = []
    contexts = []

    def opened(path: str, within: Path = folder, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = watched(context.new_page(), problems)
        page.goto((within / path).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def _written(files: dict[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _an_operation() -> str:
    return site("shop").site.services[0].operations[0].path


def _a_type() -> str:
    pages = site("shop").site.types
    return next(page.path for page in pages if page.kind == "Dataclass" and page.users)


# The path of each kind of page; what takes long is made by the tests, not to collect them.
_PAGES: dict[str, Callable[[], str]] = {
    "index": lambda: "index.html",
    "types": lambda: "types/index.html",
    "service": lambda: site("shop").site.services[0].path,
    "operation": _an_operation,
    "type": _a_type,
}


def test_a_search_by_keys_leads_to_what_is_looked_for(go: Open) -> None:
    page = go("index.html")
    operation = site("shop").site.services[0].operations[0]
    page.keyboard.press("/")
    page.keyboard.type(operation.xml_name)
    page.wait_for_selector(".found [data-path]")
    search = page.locator("#search")
    assert search.get_attribute("aria-expanded") == "true"
    first = page.locator(".found [aria-selected=true]")
    assert search.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{operation.path}")
    assert page.locator("h1").inner_text() == operation.name


@pytest.mark.parametrize("typed", ["get person", "person_entity", "PersonEntity", "persen"])
def test_a_search_by_words_and_with_a_slip(go: Open, large: Path, typed: str) -> None:
    page = go("index.html", large)
    page.fill("#search", typed)
    page.wait_for_selector(".found [data-path]")
    assert "erson" in page.locator(".found [data-path]").first.inner_text()


def test_a_search_for_nothing_that_is_there(go: Open) -> None:
    page = go("index.html")
    page.fill("#search", "qqqqqq")
    page.wait_for_selector(".found .nothing")
    page.keyboard.press("Escape")
    assert page.locator(".found").is_hidden()


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(go: Open, name: str, scheme: str) -> None:
    page = go(_PAGES[name](), color_scheme=scheme)
    violations = axe(page)
    page.keyboard.press("/")
    page.keyboard.type("e")
    page.wait_for_selector(".found li")
    assert [*violations, *axe(page)] == []


@pytest.mark.parametrize("name", _PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_no_page_scrolls_sideways(go: Open, name: str, width: int) -> None:
    page = go(_PAGES[name](), viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_operation_of_a_large_service_fits_a_phone(go: Open, large: Path) -> None:
    page = go("index.html", large, viewport=PHONE)
    wide = []
    for path in sorted(large.rglob("*.html")):
        page.goto(path.as_uri())
        if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            wide.append(path.name)
    assert wide == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference of a large service."""
    source = corpus() / "Services86" / "wsdl" / "Person.wsdl"
    return _written(made(source).files, tmp_path_factory.mktemp("large"))


def test_what_is_copied(go: Open) -> None:
    page = go(_an_operation(), permissions=["clipboard-read", "clipboard-write"])
    button = page.locator(".tabbed .copy:visible").first
    button.click()
    page.wait_for_function("document.querySelector('.tabbed .copy').textContent === 'Copied'")
    samples = dict(site("shop").site.services[0].operations[0].samples)["Request"]
    assert page.evaluate("navigator.clipboard.readText()") == samples[0].text


def test_tabs_by_keys_and_for_the_next_page(go: Open) -> None:
    page = go(_an_operation())
    page.locator("[role=tab]").first.focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator("[role=tab][aria-selected=true]")
    assert set(chosen.all_inner_texts()) == {"XML"}
    assert page.locator("[role=tabpanel]:visible").first.inner_text().startswith("<?xml")
    page.reload()
    assert set(chosen.all_inner_texts()) == {"XML"}
    page.locator("[role=tab][aria-selected=true]").first.focus()
    page.keyboard.press("ArrowLeft")
    assert chosen.first.inner_text() == "Python"


def test_the_theme_is_that_of_the_system_until_one_is_chosen(go: Open) -> None:
    page = go("index.html", color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.click("#theme")
    light = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == light
    page.emulate_media(color_scheme="light")
    page.click("#theme")
    assert page.evaluate(background) == dark


def test_all_is_reached_by_the_tabulator(go: Open) -> None:
    page = go(_an_operation())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
        if page.evaluate("document.activeElement === document.body"):
            break
    links = "[...document.querySelectorAll('main a, main .copy')]"
    visible = f"{links}.filter((it) => it.checkVisibility())"
    wanted = page.evaluate(f"{visible}.map((it) => it.outerHTML)")
    assert wanted
    assert set(wanted) <= reached


def test_without_scripts_all_samples_are_there(go: Open) -> None:
    page = go(_an_operation(), java_script_enabled=False)
    assert page.locator(".tabbed pre:visible").count() == page.locator(".tabbed pre").count() > 3
    assert page.locator("button:visible").count() == 0


def test_a_picture_leads_to_its_types(go: Open) -> None:
    page = go(_a_type())
    link = page.locator(".picture a").first
    wanted = link.get_attribute("aria-label")
    link.click()
    assert page.locator("h1").inner_text() == wanted
