"""Functions that read elements: each takes an element, and returns its value.

The codecs in ``_text`` and ``_time_text`` turn texts into values. The most frequent texts are read
here without a call of their codec; the codec reads every other one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from math import inf
from operator import itemgetter
from typing import Protocol, TypeVar

from . import _text, _time_text
from ._values import OpenEnum, nil
from .errors import UnexpectedResponse

T = TypeVar("T")
D = TypeVar("D")
K = TypeVar("K")
E = TypeVar("E", bound=OpenEnum)

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NIL = (XSI + "nil").encode()  # lxml looks up an attribute faster by bytes than by a str
_TRUE = ("true", "1")


class Element(Protocol):
    """The part of an lxml element that the parsers use."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def nsmap(self) -> Mapping[str | None, str]: ...
    def get(self, key: str | bytes) -> str | None: ...
    def iterancestors(self) -> Iterator[Element]: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __getitem__(self, index: slice) -> list[Element]: ...
    def __len__(self) -> int: ...


children: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The children of an element, as a list: lxml makes it faster than an iterator."""


def local_name(node: Element) -> str:
    """The name of ``node`` without its namespace."""
    return node.tag.rpartition("}")[2]


def is_nil_element(node: Element) -> bool:
    """Whether ``node`` has a true ``xsi:nil``."""
    return node.get(NIL) in _TRUE


def type_name(node: Element) -> str | None:
    """The type in the ``xsi:type`` of ``node``, as ``{namespace}name``; None if it has none.

    Raises:
        UnexpectedResponse: Its prefix is not declared, so that it names no type.
    """
    name = node.get(XSI + "type")
    if name is None:
        return None
    prefix, _, local = name.strip().rpartition(":")
    namespace = node.nsmap.get(prefix or None)
    if prefix and namespace is None:
        raise UnexpectedResponse(
            f"{path_of(node)}: the prefix of the type {_shown(name)} is not declared"
        )
    return f"{{{namespace}}}{local}" if namespace else local


def own_text(node: Element) -> str | None:
    """The text of ``node``, for those who read its attributes as well.

    The property ``text`` is for those who read nothing else; ``_named_types`` may refuse it.
    """
    careful: Callable[[Element], str | None] | None = getattr(type(node), "own_text", None)
    return node.text if careful is None else careful(node)


def find(node: Element | None, tag: str) -> Element | None:
    """The first child ``tag`` of ``node``, if there is one."""
    # lxml's own find, which is for paths, takes several times as long.
    for child in () if node is None else node:
        if child.tag == tag:
            return child
    return None


def member(node: Element | None, tag: str, read: Callable[[Element], T], default: D) -> T | D:
    """The child ``tag`` of ``node``, read; ``default`` where it is missing or nil."""
    child = find(node, tag)
    return default if child is None or is_nil_element(child) else read_whole(child, read)


def required(node: Element, tag: str, read: Callable[[Element], T]) -> T:
    """The child ``tag`` of ``node``, read. Raises UnexpectedResponse where it is missing."""
    child = find(node, tag)
    if child is None:
        raise UnexpectedResponse(f"{path_of(node)}: expected {tag}, which is missing")
    return read(child)


def read_whole(node: Element, read: Callable[[Element], T]) -> T:
    """The value of ``node``. Raises UnexpectedResponse where elements are nested too deeply."""
    try:
        return read(node)
    except RecursionError:
        raise UnexpectedResponse(f"{path_of(node)}: elements are nested too deeply") from None


def whole_member(node: Element, name: str, read: Callable[[Element], T]) -> T | None:
    """The child ``name`` of ``node``, read also where it is nil; None where it is missing."""
    child = find(node, name)
    return None if child is None else read_whole(child, read)


def read_nillable(node: Element, read: Callable[[Element], T]) -> T | None:
    """The value of ``node``; None where it is nil."""
    # An element with children is not nil, and counting them is faster than looking up xsi:nil.
    return read(node) if len(node) or node.get(NIL) not in _TRUE else None


def read_item(node: Element, read: Callable[[Element], T], kind: type[T]) -> T:
    """The value of an item; nil becomes an empty ``kind`` that is marked as nil."""
    return read(node) if len(node) or node.get(NIL) not in _TRUE else nil(kind)


def read_list(
    nodes: Iterable[Element], tag: str, read: Callable[[Element], T], kind: type[T]
) -> list[T]:
    """The values of those of ``nodes`` that are ``tag``, each read by ``read_item``."""
    return [read_item(node, read, kind) for node in nodes if node.tag == tag]


def read_pairs(
    node: Element,
    tag: str,
    key: tuple[str, Callable[[Element], K]],
    value: tuple[str, Callable[[Element], T]],
    kind: type[T],
) -> dict[K, T]:
    """The pairs of key and value in the children ``tag`` of ``node``.

    A value that is missing or nil becomes an empty ``kind`` that is marked as nil.

    Raises:
        UnexpectedResponse: A key is missing, or there twice: a dictionary cannot hold both values.
    """
    (key_tag, read_key), (value_tag, read_value) = key, value
    pairs: dict[K, T] = {}
    for pair in node:
        if pair.tag == tag:
            item = find(pair, value_tag)
            name = required(pair, key_tag, read_key)
            if name in pairs:
                raise UnexpectedResponse(f"{path_of(pair)}: the key {name!r} is there twice")
            pairs[name] = nil(kind) if item is None else read_item(item, read_value, kind)
    return pairs


def path_of(node: Element) -> str:
    """The local names from the root to ``node``, for a message."""
    names = [local_name(node), *(local_name(ancestor) for ancestor in node.iterancestors())]
    return "/".join(reversed(names))


# --- elements with a text ------------------------------------------------------------------------


def read_string(node: Element) -> str:
    """The text of ``node``."""
    return node.text or ""


def read_text(node: Element) -> str | None:
    """The text of ``node``: None where it is nil, an empty string where it is empty."""
    return node.text or (None if node.get(NIL) in _TRUE else "")


def _reader(value: Callable[[str], T], expected: str, zero: str = "") -> Callable[[Element], T]:
    """A reader of texts whose values ``value`` gives; a nil element is read as ``zero``.

    The reader raises UnexpectedResponse, with the path of the element, for any other text.
    """

    def read(node: Element) -> T:
        try:
            return value(node.text or (zero if is_nil_element(node) else ""))
        except (ValueError, ArithmeticError):
            message = f"{path_of(node)}: expected {expected}, got {_shown(node.text)}"
            raise UnexpectedResponse(message) from None

    return read


def _shown(text: str | None) -> str:
    """``text`` for a message, not longer than a line or two."""
    return repr(text if text is None or len(text) < 100 else f"{text[:100]}…")


read_decimal = _reader(_text.decimal_value, "a decimal number of up to 4300 digits", "0")
read_char = _reader(_text.char_value, "the number of a character up to U+FFFF", "0")
read_date = _reader(_time_text.date_value, "a date of the years 0001 to 9999")
read_time = _reader(_time_text.time_value, "a time with an hour of 00 to 23")
read_duration = _reader(_time_text.duration_value, "a duration of days, hours, minutes and seconds")
read_guid = _reader(_text.guid_value, "a GUID")
read_base64_text = _reader(_text.base64_value, "base64")
read_hex = _reader(_text.hex_value, "hexadecimal digits")

_read_any_integer = _reader(_text.integer_value, "an integer", "0")
_read_any_float = _reader(_text.double_value, "a number that a float can hold", "0")
_read_any_boolean = _reader(_text.boolean_value, "a boolean", "0")
_read_any_datetime = _reader(
    _time_text.datetime_value,
    "a date and time of the years 0001 to 9999 with an hour of 00 to 23",
)


def read_int(node: Element) -> int:
    """The integer in ``node``; a nil element is zero."""
    text = node.text or ""
    # int also takes underscores, and the digits of other scripts.
    if text.isascii() and "_" not in text:
        try:
            return int(text)
        except ValueError:
            pass
    return _read_any_integer(node)


def read_float(node: Element) -> float:
    """The number in ``node``; a nil element is zero."""
    text = node.text or ""
    # float also takes underscores, the digits of other scripts, and "inf", "nan" and the like.
    if text.isascii() and "_" not in text:
        try:
            value = float(text)
        except ValueError:
            return _read_any_float(node)
        if -inf < value < inf:
            return value
    return _read_any_float(node)


def read_boolean(node: Element) -> bool:
    """The boolean in ``node``; a nil element is false."""
    text = node.text
    if text == "true" or text == "false":
        return text == "true"
    return _read_any_boolean(node)


def read_datetime(node: Element) -> datetime:
    """The date and time in ``node``, to its last digit; an empty element is .NET's zero."""
    text = node.text or ""
    # fromisoformat also takes other forms of ISO 8601: without marks, by weeks, with a comma.
    is_plain = text[4:17:3] == "--T::" and "T24" not in text
    if is_plain and (len(text) == 19 or _time_text.is_plain_end(text, 19)):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    return _read_any_datetime(node)


def enum_reader(kind: type[E], zero: E | None = None) -> Callable[[Element], E]:
    """A reader of values of ``kind``; one that ``kind`` does not list is kept.

    A nil element is read as ``zero``, if there is one, as for .NET's value types.
    """
    listed = {member.value: member for member in kind}
    value = _text.enum_value(kind)

    def read(node: Element) -> E:
        text = node.text
        if text in listed:
            return listed[text]
        if zero is not None and not (text and text.strip(_text.SPACE)) and is_nil_element(node):
            return zero
        return value(text or "")

    return read


def flags_reader(kind: type[E]) -> Callable[[Element], frozenset[E]]:
    """A reader of sets of ``kind``; a value that ``kind`` does not list is kept."""
    listed = {member.value: member for member in kind}
    value = _text.flags_value(kind)

    def read(node: Element) -> frozenset[E]:
        text = node.text or ""
        try:
            return frozenset([listed[name] for name in text.split(" ")])
        except KeyError:
            return value(text)

    return read
