"""One of several elements, and lists of them in which the order is content."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar, overload

from ._read import Element, children, own_text, path_of
from ._text import wrong_type
from ._write import optional
from .errors import InvalidValue, UnexpectedResponse

T = TypeVar("T")


class Alternatives(Generic[T]):
    """Reads one of several elements, by its name.

    Args:
        readers: The function that reads each element, by its name.
        other: The function that reads an element of any other name; None where there is none.
    """

    __slots__ = ("names", "other", "readers")

    def __init__(
        self,
        readers: Mapping[str, Callable[[Element], T]],
        other: Callable[[Element], T] | None = None,
    ) -> None:
        self.readers = readers
        self.other = other
        self.names = frozenset(readers)


def chosen(node: Element, choice: Alternatives[T]) -> T:
    """The only child of ``node`` that ``choice`` reads.

    Raises:
        UnexpectedResponse: There is none, or more than one.
    """
    found = chosen_items(node, choice)
    if len(found) != 1:
        names = ", ".join(sorted(choice.names))
        raise UnexpectedResponse(f"{path_of(node)}: expected one of {names}, got {len(found)}")
    return found[0]


def chosen_or_none(node: Element, choice: Alternatives[T]) -> T | None:
    """The only child of ``node`` that ``choice`` reads; None where there is none."""
    return None if choice.names.isdisjoint([child.tag for child in node]) else chosen(node, choice)


@overload
def add_chosen(tag: str, value: None, write: Callable[[str, Any], str]) -> str: ...
@overload
def add_chosen(tag: str, value: T, write: Callable[[str, T], str]) -> str: ...
def add_chosen(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element that ``value`` stands for, or nothing for None, as by ``optional``.

    Classes of a choice need no common base: of ``optional``, type checkers would ask for one.
    """
    return optional(tag, value, write)


def chosen_items(
    node: Element, choice: Alternatives[T], elsewhere: Collection[str] = ()
) -> list[T]:
    """The children of ``node`` that ``choice`` reads, in their order.

    Those whose names are among ``elsewhere`` are left out.
    """
    items: list[T] = []
    for child in children(node):
        read = choice.readers.get(child.tag, choice.other)
        if read is not None and child.tag not in elsewhere:
            items.append(read(child))
    return items


def mixed_items(node: Element, choice: Alternatives[T]) -> list[T]:
    """The children of ``node`` that ``choice`` reads, and the texts between them."""
    text = own_text(node)
    items: list[Any] = [text] if text else []
    for child in children(node):
        read = choice.readers.get(child.tag, choice.other)
        if read is not None:
            items.append(read(child))
        element: Any = child
        if element.tail:
            items.append(element.tail)
    return items


def add_items(name: str, values: Iterable[T], write: Callable[[str, T], str]) -> str:
    """The elements of a list, and the texts between them.

    Raises:
        InvalidValue: ``values``, the member ``name``, is no list, or one of them is refused.
    """
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise wrong_type(name, values, "a list")
    elements: list[str] = []
    try:
        for value in values:
            elements.append(write(name, value))
    except InvalidValue as error:
        own, message = f"{name}: ", str(error)
        separator = ": " if message.startswith(own) else "/"
        message = message.removeprefix(own)
        raise InvalidValue(f"{name}[{len(elements)}]{separator}{message}") from None
    return "".join(elements)
