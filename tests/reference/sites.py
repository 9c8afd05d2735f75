"""References of services in tests, and what their pages have."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import html
from soapgen.project import Options
from soapgen.reference.site import Reference, reference
from soapgen.sources import find_sources
from soapgen.vendors import conventions

from tests.support.paths import BANK, FACETS, LEDGER, ORDERS, SHAPES, SHOP

# Faults and headers, facets, encoded messages, many shapes, services that share types.
SOURCES = {
    "bank": BANK,
    "facets": FACETS,
    "ledger": LEDGER,
    "orders": ORDERS,
    "shapes": SHAPES,
    "shop": SHOP,
}


@cache
def site(name: str) -> Reference:
    """The reference of one of ``SOURCES``."""
    return made(SOURCES[name])


def made(source: Path) -> Reference:
    """The reference of ``source``."""
    return reference(find_sources([str(source)]), Options(), conventions())


def trees(files: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
    """The path and the tree of each page among ``files``."""
    for path, content in files.items():
        if path.endswith(".html"):
            yield path, html.document_fromstring(content.decode())


def target(path: str, href: str) -> tuple[str, str]:
    """The file and the fragment that ``href`` on the page ``path`` leads to."""
    file, _, fragment = href.partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path, (
        fragment
    )


def entries(files: Mapping[str, bytes]) -> list[list[str]]:
    """What the search looks through."""
    text = files["assets/search-data.js"].decode()
    before, found, after = text.partition("[")
    assert (before, text[-3:]) == ("globalThis.soapgenReference = ", "];\n")
    data: list[list[str]] = json.loads((found + after).removesuffix(";\n"))
    return data
