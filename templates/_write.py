"""Functions that write elements: each takes a tag and a value, and returns the whole element.

The codecs in ``_text`` and ``_time_text`` make the texts. The most frequent values are written here
without a call of their codec. The codec writes every other value, and refuses the values that are
not valid. What may have elements within is written by ``mandatory``, ``optional``, ``nillable``,
``repeated`` or ``pairs``: they refuse what is no such value, and put the path into the message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from . import _text, _time_text
from ._text import escape, special, wrong_type
from ._values import Nil, OpenEnum, is_nil
from .errors import InvalidValue

T = TypeVar("T")
K = TypeVar("K")
E = TypeVar("E", bound=OpenEnum)


def xs_string(tag: str, value: str) -> str:
    """The element of a text."""
    return f"<{tag}>{escape(tag, value)}</{tag}>"


def optional_string(tag: str, value: str | None) -> str:
    """The element of a text, or nothing for None."""
    if value is None:
        return ""
    if type(value) is str and special(value) is None:
        return f"<{tag}>{value}</{tag}>"
    return xs_string(tag, value)


def xs_boolean(tag: str, value: bool) -> str:
    """The element of an xs:boolean."""
    text = (
        "true" if value is True else "false" if value is False else _text.boolean_text(tag, value)
    )
    return f"<{tag}>{text}</{tag}>"


def _integer(text: _text.IntegerText) -> Callable[[str, int], str]:
    """A writer of integers of the type whose lexical forms ``text`` gives."""
    # Larger integers may have too many digits.
    low, high = max(text.low, -(2**63)), min(text.high, 2**64)

    def write(tag: str, value: int) -> str:
        if type(value) is int and low <= value <= high:
            return f"<{tag}>{value}</{tag}>"
        return f"<{tag}>{text(tag, value)}</{tag}>"

    return write


def _writer(text: Callable[[str, T], str]) -> Callable[[str, T], str]:
    """A writer of values whose lexical form ``text`` gives."""

    def write(tag: str, value: T) -> str:
        return f"<{tag}>{text(tag, value)}</{tag}>"

    return write


xs_byte = _integer(_text.byte_text)
xs_short = _integer(_text.short_text)
xs_int = _integer(_text.int_text)
xs_long = _integer(_text.long_text)
xs_unsigned_byte = _integer(_text.unsigned_byte_text)
xs_unsigned_short = _integer(_text.unsigned_short_text)
xs_unsigned_int = _integer(_text.unsigned_int_text)
xs_unsigned_long = _integer(_text.unsigned_long_text)
xs_integer = _integer(_text.integer_text)
xs_positive_integer = _integer(_text.positive_integer_text)
xs_negative_integer = _integer(_text.negative_integer_text)
xs_non_negative_integer = _integer(_text.non_negative_integer_text)
xs_non_positive_integer = _integer(_text.non_positive_integer_text)
xs_decimal = _writer(_text.decimal_text)
xs_double = _writer(_text.double_text)
xs_datetime = _writer(_time_text.datetime_text)
xs_date = _writer(_time_text.date_text)
xs_time = _writer(_time_text.time_text)
xs_hex = _writer(_text.hex_text)
net_guid = _writer(_text.guid_text)
net_duration = _writer(_time_text.duration_text)
net_char = _writer(_text.char_text)


def flags_writer(kind: type[E]) -> Callable[[str, frozenset[E]], str]:
    """A writer of sets of ``kind``, in declared order; values that it does not list come last."""
    text = _text.flags_text(kind)

    def write(tag: str, values: frozenset[E]) -> str:
        return f"<{tag}>{escape(tag, text(tag, values))}</{tag}>"

    return write


_REFUSED = (AttributeError, InvalidValue, RecursionError)


def mandatory(tag: str, value: T, write: Callable[[str, T], str]) -> str:
    """The element, which has other elements within.

    Raises:
        InvalidValue: ``value`` is not what ``write`` writes, contains itself, or has a value within
            that is refused; the message has the path to it.
    """
    try:
        return write(tag, value)
    except _REFUSED as error:
        raise _refusal(tag, tag, value, write, error) from None


def optional(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, or nothing for None; the errors are those of ``mandatory``."""
    if value is None:
        return ""
    try:
        return write(tag, value)
    except _REFUSED as error:
        raise _refusal(tag, tag, value, write, error) from None


def nillable(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, for None with ``xsi:nil`` (XML Schema part 1, section 2.6.2)."""
    return f'<{tag} xsi:nil="true"/>' if value is None else mandatory(tag, value, write)


def repeated(tag: str, values: Iterable[T | None], write: Callable[[str, T], str]) -> str:
    """An element for each value; one that is nil becomes an element with ``xsi:nil``.

    Raises:
        InvalidValue: A value is refused, or ``values`` is no list; the message has the position.
    """
    kind = type(values)
    if kind is not list and not _is_list(values):
        raise wrong_type(tag, values, "a list")
    elements: list[str] = []
    value: T | None = None
    try:
        for value in values:
            if value is None or (isinstance(value, Nil) and is_nil(value)):
                elements.append(f'<{tag} xsi:nil="true"/>')
            else:
                elements.append(write(tag, value))
    except _REFUSED as error:
        raise _refusal(f"{tag}[{len(elements)}]", tag, value, write, error) from None
    return "".join(elements)


def pairs(
    tag: str,
    values: Mapping[K, T | None],
    key: tuple[str, Callable[[str, K], str]],
    value: tuple[str, Callable[[str, T], str]],
) -> str:
    """An element for each pair, with an element for its key and one for its value.

    Raises:
        InvalidValue: A key or a value is refused, or ``values`` is no mapping.
    """
    if not isinstance(values, Mapping):
        raise wrong_type(tag, values, "a mapping")
    (key_tag, write_key), (value_tag, write_value) = key, value
    elements: list[str] = []
    for name, item in values.items():
        try:
            content = write_key(key_tag, name)
            content += nillable(value_tag, None if is_nil(item) else item, write_value)
        except InvalidValue as error:
            raise InvalidValue(f"{tag}[{len(elements)}]/{error}") from None
        elements.append(f"<{tag}>{content}</{tag}>")
    return "".join(elements)


def _is_list(values: object) -> bool:
    """Whether ``values`` can be taken for a list: texts, octets and mappings cannot."""
    refused = isinstance(values, str | bytes | bytearray | memoryview | Mapping)
    return isinstance(values, Iterable) and not refused


# How much of a path is in a message: a value that contains itself has an endless one.
_LONGEST = 500


def _refusal(
    step: str, tag: str, value: object, write: Callable[..., str], error: Exception
) -> Exception:
    """The error to raise instead of ``error``, which writing ``value`` as ``tag`` ended with.

    An error that is neither about ``value`` nor about a value within it is returned unchanged.
    """
    path = tag if step == tag else f"{step}/{tag}"
    if isinstance(error, RecursionError):
        return InvalidValue(f"{path}: the value is nested too deeply; perhaps it contains itself")
    if isinstance(error, AttributeError):
        if error.obj is not value:
            return error
        kind, given = write.__annotations__.get("value"), type(value).__name__
        return InvalidValue(f"{path}: expected {kind}, not {given}, which has no {error.name}")
    message = str(error)
    is_named = step == tag and message.startswith(f"{tag}:")
    if is_named or message.startswith("…/"):
        return error
    return InvalidValue(f"{step}/{message}" if len(message) < _LONGEST else f"…/{message}")


def wrapped(tag: str, content: str) -> str:
    """``content`` within the element ``tag``, or nothing where there is none."""
    return f"<{tag}>{content}</{tag}>" if content else ""
