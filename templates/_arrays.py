"""Arrays of SOAP's encoding: lists, several dimensions, and arrays of which a part is sent.

SOAP 1.1, section 5.4.2; SOAP 1.2 part 2, sections 3.1.4 to 3.1.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from math import prod
from typing import Any, TypeVar

from ._read import XSI, Element, children, path_of
from ._write import repeated
from .errors import InvalidValue, UnexpectedResponse

T = TypeVar("T")

_FIRST = "{http://schemas.xmlsoap.org/soap/encoding/}"
_SECOND = "{http://www.w3.org/2003/05/soap-encoding}"
_ARRAY_TYPE, _OFFSET, POSITION = (_FIRST + name for name in ("arrayType", "offset", "position"))
_ITEM_TYPE, _ARRAY_SIZE = _SECOND + "itemType", _SECOND + "arraySize"

# Marks what stands for an item that was not sent.
_GAP = "{urn:soapgen:arrays}gap"

# How many items that were not sent, and rows, the arrays of a message may have.
_MOST_ADDED = 250_000
_MOST_DIMENSIONS = 20
_LARGEST = 10**9


# --- writing -------------------------------------------------------------------------------------


def array(
    tag: str,
    values: Iterable[Any],
    item_type: str,
    item_tag: str,
    write: Callable[[str, T], str],
    dimensions: int = 1,
) -> str:
    """The element of an array, with an element for each of ``values``.

    An array of several ``dimensions`` is a list of lists, all of one length.

    Raises:
        InvalidValue: A value is refused, or ``values`` is no such list; the message has the
            position.
    """
    items, sizes = _items(values, item_tag, write, dimensions)
    size = ",".join(map(str, sizes))
    attributes = f'xsi:type="soapenc:Array" soapenc:arrayType="{item_type}[{size}]"'
    return f"<{tag} {attributes}>{items}</{tag}>"


def array_12(
    tag: str,
    values: Iterable[Any],
    item_type: str,
    item_tag: str,
    write: Callable[[str, T], str],
    dimensions: int = 1,
) -> str:
    """The same as the encoding of SOAP 1.2 has it (part 2, 3.1.4)."""
    items, sizes = _items(values, item_tag, write, dimensions)
    size = " ".join(map(str, sizes))
    return f'<{tag} enc:itemType="{item_type}" enc:arraySize="{size}">{items}</{tag}>'


def _items(
    values: Iterable[Any], tag: str, write: Callable[[str, T], str], dimensions: int
) -> tuple[str, tuple[int, ...]]:
    """The elements of ``values``, the last dimension first, and the size of each dimension."""
    is_counted = isinstance(values, Sized) or not isinstance(values, Iterable)
    listed: Any = values if is_counted else list(values)
    if dimensions == 1:
        return repeated(tag, listed, write), (len(listed),)
    found: list[tuple[int, ...]] = []

    def row(tag: str, value: Iterable[Any]) -> str:
        items, sizes = _items(value, tag, write, dimensions - 1)
        found.append(sizes)
        if sizes != found[0]:
            raise InvalidValue(f"{tag}: expected a list as long as the first one beside it")
        return items

    items = repeated(tag, listed, row)
    if len(found) != len(listed):
        raise InvalidValue(f"{tag}: expected a list in each dimension, got None")
    return items, (len(listed), *(found[0] if found else (0,) * (dimensions - 1)))


# --- reading -------------------------------------------------------------------------------------


def sent(nodes: Iterable[Element]) -> Iterator[Element]:
    """``nodes``, the items of an array that may not be nil.

    Raises:
        UnexpectedResponse: One of them was not sent.
    """
    for node in nodes:
        if node.get(_GAP) is not None:
            raise UnexpectedResponse(f"{path_of(node)}: the item was not sent and may not be nil")
        yield node


class Lists:
    """Turns the arrays of a message into lists, within one another if they have dimensions.

    An item that was not sent is nil, since SOAP gives it no value of its own (SOAP 1.1, 5.4.2.1).
    """

    def __init__(self) -> None:
        self._added = 0

    def make(self, node: Any) -> None:
        """Make a list of ``node``, if it is an array.

        Raises:
            UnexpectedResponse: Its sizes and the positions of its items do not fit.
        """
        _, mark, words = (node.get(_ARRAY_TYPE) or "").rpartition("[")
        sizes = words.partition("]")[0].split(",") if mark else (node.get(_ARRAY_SIZE, "").split())
        items: list[Any] = [*children(node)]
        offset = node.get(_OFFSET)
        is_part = offset is not None or any(item.get(POSITION) is not None for item in items)
        # What a whole list says of its size is not looked at: there are servers that are wrong.
        if len(sizes) > 1 or is_part:
            positions = [item.attrib.pop(POSITION, None) for item in items]
            node.attrib.pop(_OFFSET, None)
            self._make(node, _Shape(node, sizes), items, offset, positions)

    def _make(
        self,
        node: Any,
        shape: _Shape,
        items: list[Any],
        offset: str | None,
        positions: list[str | None],
    ) -> None:
        start = 0 if offset is None else shape.place(offset)
        places: list[int] = []
        for position in positions:
            if (position is None) is (positions[0] is not None):
                raise shape.wrong("expected a position for each item or for none")
            places.append(start + len(places) if position is None else shape.place(position))
        if len(set(places)) < len(places):
            raise shape.wrong("two items are in one place")
        sizes = shape.sizes(max(places, default=-1) + 1)
        rows = sum(prod(sizes[:count]) for count in range(1, len(sizes)))
        self._added += max(0, rows + prod(sizes) - 2 * len(items))
        if self._added > _MOST_ADDED:
            raise shape.wrong("it has too many items that were not sent")
        by_place = dict(zip(places, items, strict=True))
        tag = items[0].tag if items else "item"
        whole = [
            by_place.get(place) if place in by_place else _gap(node, tag)
            for place in range(prod(sizes))
        ]
        for item in items:
            node.remove(item)
        _fill(node, sizes, whole)


class _Shape:
    """The dimensions of the array ``node``, each with its size where that is said."""

    def __init__(self, node: Any, sizes: list[str]) -> None:
        self._node = node
        if not 0 < len(sizes) <= _MOST_DIMENSIONS:
            raise self.wrong(f"it has {len(sizes)} dimensions")
        self._sizes = [
            None if word.strip() in ("", "*") else self._number(word.strip()) for word in sizes
        ]

    def wrong(self, reason: str) -> UnexpectedResponse:
        """The error for the array."""
        return UnexpectedResponse(f"{path_of(self._node)}: the array cannot be read: {reason}")

    def _number(self, word: str) -> int:
        if not (word.isascii() and word.isdigit() and len(word) < 10):
            raise self.wrong(f"{word[:50]!r} is no size or position")
        return int(word)

    def _inner(self) -> list[int]:
        """The sizes of all dimensions but the first; they must be said to place an item."""
        inner = [size for size in self._sizes[1:] if size is not None]
        if len(inner) < len(self._sizes) - 1:
            raise self.wrong("the size of a dimension behind the first is not said")
        return inner

    def place(self, position: str) -> int:
        """How many items are before the one at ``position``, such as ``[1,2]``."""
        words = position.strip().removeprefix("[").removesuffix("]").split(",")
        numbers = [self._number(word.strip()) for word in words]
        inner = self._inner()
        limits = [self._sizes[0] or _LARGEST, *inner]
        if len(numbers) != len(limits) or any(
            number >= limit for number, limit in zip(numbers, limits, strict=True)
        ):
            raise self.wrong(f"it has no position {position.strip()[:50]!r}")
        return sum(number * prod(inner[place:]) for place, number in enumerate(numbers))

    def sizes(self, least: int) -> list[int]:
        """The size of each dimension; there are items up to the place ``least``."""
        if not least and not any(self._sizes):
            return [0] * len(self._sizes)
        inner = self._inner()
        in_row = prod(inner)
        first = self._sizes[0]
        if first is None:
            first = -(-least // in_row) if in_row else 0
        if first * in_row < least:
            raise self.wrong("it has more items than its sizes allow")
        return [first, *inner]


def _gap(node: Any, tag: str) -> Any:
    gap = node.makeelement(tag)
    gap.set(XSI + "nil", "true")
    gap.set(_GAP, "true")
    return gap


def _fill(node: Any, sizes: list[int], items: list[Any]) -> None:
    """Put ``items`` into ``node``, in lists within one another; each says what it is."""
    type_, is_first = (node.get(_ARRAY_TYPE) or "").rpartition("[")[0], _ARRAY_TYPE in node.attrib
    if is_first:
        node.set(_ARRAY_TYPE, f"{type_}{'[]' * (len(sizes) - 1)}[{sizes[0]}]")
    else:
        node.set(_ARRAY_SIZE, str(sizes[0]))
    if len(sizes) == 1:
        node.extend(items)
        return
    length = prod(sizes[1:])
    item_type = node.attrib.pop(_ITEM_TYPE, None)
    for number in range(sizes[0]):
        row = node.makeelement("item")
        if is_first:
            row.set(_ARRAY_TYPE, f"{type_}[]")
        elif item_type is not None:
            row.set(_ITEM_TYPE, item_type)
        node.append(row)
        _fill(row, sizes[1:], items[number * length : (number + 1) * length])
