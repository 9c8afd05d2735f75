"""Functions that write elements: each takes a tag and a value, and returns the whole element.

The codecs in ``_text`` make the texts. The most frequent values are written here without a call of
their codec. The codec writes every other value, and refuses the values that are not valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from . import _text
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
    low, high = text.low, text.high

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
xs_datetime = _writer(_text.datetime_text)
xs_date = _writer(_text.date_text)
xs_time = _writer(_text.time_text)
xs_base64 = _writer(_text.base64_text)
xs_hex = _writer(_text.hex_text)
net_guid = _writer(_text.guid_text)
net_duration = _writer(_text.duration_text)
net_char = _writer(_text.char_text)


def flags_writer(kind: type[E]) -> Callable[[str, frozenset[E]], str]:
    """A writer of sets of ``kind``, in declared order; values that it does not list come last."""
    text = _text.flags_text(kind)

    def write(tag: str, values: frozenset[E]) -> str:
        return f"<{tag}>{escape(tag, text(tag, values))}</{tag}>"

    return write


def optional(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, or nothing for None."""
    return "" if value is None else write(tag, value)


def nillable(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, for None with ``xsi:nil`` (XML Schema part 1, section 2.6.2)."""
    return f'<{tag} xsi:nil="true"/>' if value is None else write(tag, value)


def repeated(tag: str, values: Iterable[T | None], write: Callable[[str, T], str]) -> str:
    """An element for each value; one that is nil becomes an element with ``xsi:nil``.

    Raises:
        InvalidValue: A value is refused, or ``values`` is a str; the message has its position.
    """
    if isinstance(values, str):
        raise wrong_type(tag, values, "a list")
    elements: list[str] = []
    try:
        for value in values:
            if value is None or (isinstance(value, Nil) and is_nil(value)):
                elements.append(f'<{tag} xsi:nil="true"/>')
            else:
                elements.append(write(tag, value))
    except InvalidValue as error:
        raise InvalidValue(f"{tag}[{len(elements)}]/{error}") from None
    return "".join(elements)


def pairs(
    tag: str,
    values: Mapping[K, T | None],
    key: tuple[str, Callable[[str, K], str]],
    value: tuple[str, Callable[[str, T], str]],
) -> str:
    """An element for each pair, with an element for its key and one for its value."""
    (key_tag, write_key), (value_tag, write_value) = key, value
    return "".join(
        f"<{tag}>{write_key(key_tag, name)}{repeated(value_tag, [item], write_value)}</{tag}>"
        for name, item in values.items()
    )


def wrapped(tag: str, content: str) -> str:
    """``content`` within the element ``tag``, or nothing where there is none."""
    return f"<{tag}>{content}</{tag}>" if content else ""
