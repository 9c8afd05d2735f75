"""Pages → the same, with what refers to each class: the other way of every link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .pages import Link, OperationPage, TypePage
from .picture import picture_of


def with_users(
    types: Sequence[TypePage], operations: Iterable[OperationPage]
) -> tuple[TypePage, ...]:
    """``types`` with what refers to each of them, and a picture of that."""
    links = {page.path: Link(page.name, page.path, page.service) for page in types}
    by_type: dict[str, dict[str, Link]] = {path: {} for path in links}
    by_operation: dict[str, dict[str, Link]] = {path: {} for path in links}
    extended: dict[str, list[Link]] = {path: [] for path in links}
    for page in types:
        for path in (path for table in page.tables for path in table.paths()):
            by_type[path][page.path] = links[page.path]
        for base in page.bases:
            extended[base.path].append(links[page.path])
    for operation in operations:
        link = Link(operation.name, operation.path, operation.service.text)
        for path in operation.paths():
            by_operation[path][operation.path] = link
    return tuple(
        _with(page, links, by_type[page.path], by_operation[page.path], extended[page.path])
        for page in types
    )


def _with(
    page: TypePage,
    links: dict[str, Link],
    types: dict[str, Link],
    operations: dict[str, Link],
    extended: list[Link],
) -> TypePage:
    around = {link.path: link for link in (*types.values(), *extended)}
    others = [link for path, link in around.items() if path != page.path]
    refers_to = [links[path] for path in dict.fromkeys(page.paths()) if path != page.path]
    users = (("Operations", tuple(operations.values())), ("Types", tuple(types.values())))
    return replace(
        page,
        extended_by=tuple(extended),
        users=tuple((title, links) for title, links in users if links),
        picture=picture_of(
            Link(page.name, page.path), others, list(operations.values()), refers_to
        ),
    )
