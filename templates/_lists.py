"""Codecs of lists, whose items white space separates (XML Schema part 2, section 2.5.1.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ._codecs import reader, writer
from ._strings import string_text, string_value, word_of, words
from ._text import wrong_type
from .errors import InvalidValue

T = TypeVar("T")


def list_text(item: Callable[[str, T], str]) -> Callable[[str, Iterable[T]], str]:
    """Gives the lexical form of lists of what ``item`` writes.

    The items are in the order in which they are given, and each as often. InvalidValue is raised
    for one whose text is empty or has white space in it: it would be read as none or as several.
    """

    def text(name: str, values: Iterable[T]) -> str:
        is_no_list = isinstance(values, str | bytes | bytearray | memoryview | Mapping)
        if is_no_list or not isinstance(values, Iterable):
            raise wrong_type(name, values, "a list")
        return " ".join([word_of(name, item(name, value)) for value in values])

    return text


def list_value(item: Callable[[str], T]) -> Callable[[str], list[T]]:
    """Gives the values of lists of what ``item`` reads."""
    return lambda text: [item(word) for word in words(text)]


_any_tokens_text = list_text(string_text)
_any_tokens_value = list_value(string_value)


def tokens_text(name: str, values: Iterable[str]) -> str:
    """The lexical form of an xs:NMTOKENS, xs:IDREFS or xs:ENTITIES, which has one item or more."""
    text = _any_tokens_text(name, values)
    if not text:
        raise InvalidValue(f"{name}: expected one item or more")
    return text


def tokens_value(text: str) -> list[str]:
    """The value of an xs:NMTOKENS, xs:IDREFS or xs:ENTITIES; what is received may be empty."""
    return _any_tokens_value(text)


def only_tokens(item: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Gives lists of what ``item`` reads, and refuses an empty one."""

    def value(text: str) -> list[str]:
        if not (items := list(map(item, words(text)))):
            raise ValueError(text)
        return items

    return value


xs_tokens = writer(tokens_text)
read_xs_tokens = reader(tokens_value, "a list of names")
