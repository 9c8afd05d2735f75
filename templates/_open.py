"""Elements that the contract does not name: they are kept as markup."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._anytype import Markup, root_of, text_of_root
from ._read import Element, children, path_of
from ._text import wrong_type
from .errors import UnexpectedResponse

T = TypeVar("T")


def read_markup(node: Element) -> Markup:
    """``node`` as an XML document, with the namespaces that it needs."""
    element: Any = node
    return Markup(etree.tostring(element, encoding="unicode", with_tail=False))


def or_markup(
    readers: Mapping[str, Callable[[Element], T]],
) -> dict[str, Callable[[Element], T | Markup]]:
    """``readers``; an element that one of them refuses is kept as markup.

    They are of elements that may also be in the place of a wildcard, which nothing is known of
    (``processContents="skip"``; XML Schema part 1, 3.10.1).
    """
    return {name: _or_markup(read) for name, read in readers.items()}


def _or_markup(read: Callable[[Element], T]) -> Callable[[Element], T | Markup]:
    def read_element(node: Element) -> T | Markup:
        try:
            return read(node)
        except UnexpectedResponse:
            return read_markup(node)

    return read_element


def unknown_elements(
    node: Element, named: Collection[str], named_once: Collection[str] = ()
) -> list[Markup]:
    """The children of ``node`` whose names are not among ``named``.

    Of each name in ``named_once``, the first child is left out, too.
    """
    seen: set[str] = set()
    found: list[Markup] = []
    for child in children(node):
        name = child.tag
        if name in named_once and name not in seen:
            seen.add(name)
        elif name not in named:
            found.append(read_markup(child))
    return found


def unknown_element(
    node: Element, named: Collection[str], named_once: Collection[str] = ()
) -> Markup | None:
    """The only one of ``unknown_elements``, or None. Raises UnexpectedResponse for several."""
    found = unknown_elements(node, named, named_once)
    if len(found) > 1:
        raise UnexpectedResponse(f"{path_of(node)}: expected one more element, got {len(found)}")
    return found[0] if found else None


def required_unknown_element(
    node: Element, named: Collection[str], named_once: Collection[str] = ()
) -> Markup:
    """The only one of ``unknown_elements``. Raises UnexpectedResponse where there is none."""
    found = unknown_element(node, named, named_once)
    if found is None:
        raise UnexpectedResponse(f"{path_of(node)}: expected one more element, got none")
    return found


def markup_of(name: str, value: Markup) -> str:
    """The element in ``value``.

    Raises:
        InvalidValue: ``value``, of the member ``name``, is no markup of one element.
    """
    if not isinstance(value, Markup):
        raise wrong_type(name, value, "Markup")
    return text_of_root(root_of(name, value))


def add_markup(name: str, values: Iterable[Markup]) -> str:
    """The elements of a list of markup; the errors are those of ``markup_of``."""
    if isinstance(values, str | bytes | Markup | Mapping) or not isinstance(values, Iterable):
        raise wrong_type(name, values, "a list")
    return "".join([markup_of(name, value) for value in values])
