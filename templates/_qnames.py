"""Qualified names: values that are made of a namespace and a name, and codecs of their texts.

In a text, a prefix stands for the namespace (XML Schema part 2, section 3.2.18). What it stands for
is declared on the element: when writing, the codec gets a ``Declaring`` as the name of the element
or attribute, which collects the namespaces; when reading, it gets the text as an ``InScope``.
Other names and texts pass through the codecs of lists and unions in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from ._attributes import attribute_of, required_attribute, text_of, text_or_none
from ._codecs import unexpected
from ._read import Element, is_nil_element, own_text
from ._strings import InScope, token_value
from ._text import escape, escape_attribute, wrong_type
from ._xml_names import is_ncname
from .errors import InvalidValue

T = TypeVar("T")
D = TypeVar("D")

_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns/"

# The name of a namespace is a URI, which parsers refuse with such a character (RFC 3987).
_IN_NO_URI = re.compile('[\x00-\x20"<>\\\\^`{|}]')


@dataclass(frozen=True, slots=True)
class QName:
    """A qualified name, of an element, a type or the like.

    Attributes:
        namespace: The name of its namespace; empty for none.
        local: Its name within the namespace.
    """

    namespace: str
    local: str

    def __str__(self) -> str:
        return f"{{{self.namespace}}}{self.local}" if self.namespace else self.local


class Declaring(str):
    """The name of an element or attribute, with the prefixes for namespaces in its text.

    Attributes:
        prefixes: The prefix of each namespace.
        suffix: What each prefix ends with, so that those of several attributes differ.
    """

    prefixes: dict[str, str]
    suffix: str

    def prefix(self, namespace: str) -> str:
        """The prefix for ``namespace``, which is declared from now on."""
        number = len(self.prefixes) + 1
        return self.prefixes.setdefault(namespace, f"q{'' if number == 1 else number}{self.suffix}")

    @property
    def declarations(self) -> str:
        """The declarations for a start tag, with a space before each."""
        return "".join(
            f' xmlns:{prefix}="{escape_attribute(self, namespace)}"'
            for namespace, prefix in self.prefixes.items()
        )


def _declaring(name: str, suffix: str = "") -> Declaring:
    made = Declaring(name)
    made.prefixes, made.suffix = {}, suffix
    return made


def qname_text(name: str, value: QName) -> str:
    """The lexical form of an xs:QName or xs:NOTATION; ``name`` is a ``Declaring``."""
    if not isinstance(value, QName):
        raise wrong_type(name, value, "QName")
    namespace, local = value.namespace, value.local
    is_name = isinstance(namespace, str) and isinstance(local, str) and is_ncname(local)
    if not is_name or _IN_NO_URI.search(namespace):
        raise InvalidValue(f"{name}: {value!r} is no name that XML allows")
    if not namespace:
        return local
    if namespace == _XML:
        return f"xml:{local}"
    if namespace == _XMLNS or not isinstance(name, Declaring):
        raise InvalidValue(f"{name}: the namespace {namespace} cannot be declared here")
    return f"{name.prefix(namespace)}:{local}"


def qname_value(text: str) -> QName:
    """The value of an xs:QName or xs:NOTATION; ``text`` is an ``InScope``."""
    prefix, colon, local = token_value(text).rpartition(":")
    namespaces = text.nsmap if isinstance(text, InScope) else {}
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        raise ValueError(text)
    namespace = _XML if prefix == "xml" else namespaces.get(prefix or None)
    if prefix and not namespace:
        raise ValueError(f"the prefix of {text} is not declared")
    return QName(namespace or "", local)


def expanded_name_text(name: str, value: QName) -> str:
    """``value`` with its namespace instead of a prefix, ``{namespace}name``."""
    if not isinstance(value, QName):
        raise wrong_type(name, value, "QName")
    return str(value)


# --- elements and attributes ---------------------------------------------------------------------


def qualified_text(name: str, value: T, text: Callable[[str, T], str]) -> tuple[str, str]:
    """The declarations for the start tag of the element ``name``, and its escaped text."""
    declaring = _declaring(name)
    content = escape(name, text(declaring, value))
    return declaring.declarations, content


def in_scope(node: Element, text: str) -> InScope:
    """``text``, of ``node`` or of one of its attributes, for a codec of qualified names."""
    scoped = InScope(text)
    scoped.nsmap = dict(node.nsmap)
    return scoped


def qualified_writer(text: Callable[[str, T], str]) -> Callable[[str, T], str]:
    """A writer of elements with values whose lexical form ``text`` gives."""

    def write(tag: str, value: T) -> str:
        declarations, content = qualified_text(tag, value, text)
        return f"<{tag}{declarations}>{content}</{tag}>"

    return write


def qualified_reader(value: Callable[[str], T], expected: str) -> Callable[[Element], T]:
    """A reader of elements with texts whose values ``value`` gives."""

    def read(node: Element) -> T:
        try:
            return value(in_scope(node, node.text or ""))
        except (ValueError, ArithmeticError):
            raise unexpected(node, expected) from None

    return read


class _Given:
    """An empty element, with the name that it means as its text.

    Setting the text of the element would not declare the prefix.
    """

    def __init__(self, node: Element, name: str) -> None:
        self.node = node
        self.nsmap, prefix = dict(node.nsmap), "default"
        while prefix in self.nsmap:
            prefix += "_"
        namespace, _, local = name.rpartition("}")
        self.text = f"{prefix}:{local}" if namespace else local
        self.nsmap[prefix if namespace else None] = namespace[1:]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.node, name)

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Element]:
        return iter(())

    def __getitem__(self, index: slice) -> list[Element]:
        return []


def default_name_reader(read: Callable[[Element], T], default: str) -> Callable[[Element], T]:
    """A reader of elements that are read by ``read``; an empty one has the name ``default``.

    That is ``{namespace}name``.
    """

    def read_element(node: Element) -> T:
        is_empty = not len(node) and not is_nil_element(node) and not own_text(node)
        return read(cast(Element, _Given(node, default)) if is_empty else node)

    return read_element


def add_qualified_attribute(name: str, value: T, text: Callable[[str, T], str]) -> str:
    """The attribute ``name`` with the declarations that it needs, and a space before each."""
    # The prefixes have the name of the attribute in them: those of no other attribute are equal.
    prefix, _, local = name.rpartition(":")
    declaring = _declaring(f"@{name}", f".{prefix}.{local}" if prefix else f"-{local}")
    content = escape_attribute(declaring, text(declaring, value))
    return f' {name}="{content}"{declaring.declarations}'


def add_optional_qualified_attribute(
    name: str, value: T | None, text: Callable[[str, T], str]
) -> str:
    """The same, or nothing for None."""
    return "" if value is None else add_qualified_attribute(name, value, text)


def add_declarations(tag: str, value: T | None, text: Callable[[str, T], str]) -> str:
    """The declarations that the text of the element ``tag`` needs, for its start tag."""
    return "" if value is None else qualified_text(tag, value, text)[0]


def add_qualified_text(tag: str, value: T, text: Callable[[str, T], str]) -> str:
    """The text of the element ``tag``; its prefixes are those of ``add_declarations``."""
    return qualified_text(tag, value, text)[1]


def add_optional_qualified_text(tag: str, value: T | None, text: Callable[[str, T], str]) -> str:
    """The same, or nothing for None."""
    return "" if value is None else add_qualified_text(tag, value, text)


def _scoped(node: Element, parse: Callable[[str], T]) -> Callable[[str], T]:
    """``parse`` for texts of ``node``."""
    return lambda text: parse(in_scope(node, text))


def qualified_attribute_of(
    node: Element, name: str, parse: Callable[[str], T], default: D
) -> T | D:
    """The value of the attribute ``name``; ``default`` where it is missing."""
    return attribute_of(node, name, _scoped(node, parse), default)


def required_qualified_attribute(node: Element, name: str, parse: Callable[[str], T]) -> T:
    """The value of the attribute ``name``. Raises UnexpectedResponse where it is missing."""
    return required_attribute(node, name, _scoped(node, parse))


def qualified_text_of(node: Element, parse: Callable[[str], T]) -> T:
    """The value of the text of ``node``."""
    return text_of(node, _scoped(node, parse))


def qualified_text_or_none(node: Element, parse: Callable[[str], T]) -> T | None:
    """The value of the text of ``node``; None where it is nil."""
    return text_or_none(node, _scoped(node, parse))


xs_qname = qualified_writer(qname_text)
read_xs_qname = qualified_reader(qname_value, "a name whose prefix is declared")
