"""Pages → files, by the templates in ``templates/reference``: everything in them is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .. import __version__
from ..render import pages_folder
from .pages import Site, first_sentence
from .search_data import search_data

if TYPE_CHECKING:
    import jinja2


def rendered(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files of ``site``: their paths, and what is in them."""
    make = environment().get_template
    many = len(site.services) > 1
    common = {"site": site, "many": many, "version": __version__}

    def page(template: str, path: str, **values: object) -> tuple[str, bytes]:
        root = "../" * path.count("/")
        return path, make(template).render(path=path, root=root, **common, **values).encode()

    yield page("index.html.jinja", "index.html")
    yield page("types.html.jinja", "types/index.html", letters=_letters(site))
    for service in site.services:
        yield page("service.html.jinja", service.path, service=service)
        around = [None, *service.operations, None]
        for position, operation in enumerate(service.operations):
            yield page(
                "operation.html.jinja",
                operation.path,
                service=service,
                operation=operation,
                previous=around[position],
                next=around[position + 2],
            )
    for item in site.types:
        yield page("type.html.jinja", item.path, type=item)
    for asset in sorted((pages_folder() / "assets").iterdir()):
        yield f"assets/{asset.name}", asset.read_bytes()
    yield "assets/search-data.js", search_data(site).encode()


def _letters(site: Site) -> list[tuple[str, list[object]]]:
    """The types by the letter that they begin with."""
    letters: dict[str, list[object]] = {}
    for item in site.types:
        letters.setdefault(item.name[0].upper(), []).append(item)
    return sorted(letters.items())


@cache
def environment() -> jinja2.Environment:
    """The environment; texts of contracts are hostile, so that all that is placed is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(pages_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
    environment.filters["first_sentence"] = first_sentence
    return environment
