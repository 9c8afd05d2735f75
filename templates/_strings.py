"""Codecs of texts: each kind of text of XML Schema treats white space in its own way.

The white space of a string is part of its value. In a normalizedString each tab and line end is a
space; of a token, and of all types but these two, the spaces around it are no part, and several
within it are one (XML Schema part 2, section 4.3.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from ._codecs import reader
from ._text import SPACE, IntegerText, integer_value, wrong_type
from ._values import OpenEnum
from ._xml_names import is_name, is_ncname, is_nmtoken
from .errors import InvalidValue

E = TypeVar("E", bound=OpenEnum)

_WORD = re.compile(f"[^{SPACE}]+")
_AS_SPACES = str.maketrans("\t\r\n", "   ")


class InScope(str):
    """A text with the namespaces that are declared where it stands, by their prefixes."""

    nsmap: dict[str | None, str]


def words(text: str) -> list[str]:
    """The words of ``text``, which white space separates; each keeps the scope of the text."""
    found = _WORD.findall(text)
    if not isinstance(text, InScope):
        return found
    scoped: list[str] = []
    for word in found:
        scoped.append(InScope(word))
        scoped[-1].nsmap = text.nsmap  # type: ignore[attr-defined]
    return scoped


def string_text(name: str, value: str) -> str:
    """The lexical form of a text of any kind: the text itself."""
    try:
        return str.__str__(value)
    except TypeError:
        raise wrong_type(name, value, "str") from None


def string_value(text: str) -> str:
    """The value of an xs:string: the text as it is."""
    return str.__str__(text)


def normalized_value(text: str) -> str:
    """The value of an xs:normalizedString."""
    return text.translate(_AS_SPACES)


def token_value(text: str) -> str:
    """The value of an xs:token, or of a type derived from it."""
    return " ".join(_WORD.findall(text))


read_xs_normalized = reader(normalized_value, "a text")
read_xs_token = reader(token_value, "a text")


# --- what only some texts are --------------------------------------------------------------------

_LANGUAGE = re.compile("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


def _only(matches: Callable[[str], object]) -> Callable[[str], str]:
    def value(text: str) -> str:
        token = token_value(text)
        if not matches(token):
            raise ValueError(text)
        return token

    return value


# These refuse what is no value of the type, so that another member of a union can take it.
only_language = _only(_LANGUAGE.fullmatch)
only_nmtoken = _only(is_nmtoken)
only_name = _only(is_name)
only_ncname = _only(is_ncname)


def only_in_range(text: IntegerText) -> Callable[[str], int]:
    """Gives the integers of the type that ``text`` writes, and refuses those out of its range."""

    def value(given: str) -> int:
        number = integer_value(given)
        if not text.low <= number <= text.high:
            raise ValueError(given)
        return number

    return value


def open_value(kind: type[E], value: Callable[[str], str] = token_value) -> Callable[[str], E]:
    """Gives the values of ``kind``; one that ``kind`` does not list is kept.

    ``value`` treats the white space of the texts.
    """
    listed = {member.value: member for member in kind}

    def read(text: str) -> E:
        return listed[text] if text in listed else kind(value(text))

    return read


def only_listed(kind: type[E], value: Callable[[str], str] = token_value) -> Callable[[str], E]:
    """Gives the values that ``kind`` lists; ValueError is raised for any other text."""
    listed = {member.value: member for member in kind}

    def read(text: str) -> E:
        if (token := value(text)) not in listed:
            raise ValueError(text)
        return listed[token]

    return read


def word_of(name: str, text: str) -> str:
    """``text`` as an item of a list. Raises InvalidValue if it is empty or more than one word."""
    if not _WORD.fullmatch(text):
        raise InvalidValue(f"{name}: {text!r} cannot be in a list, which spaces separate")
    return text
