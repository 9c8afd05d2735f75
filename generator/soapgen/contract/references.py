"""What the definitions of a schema are called, and which others their elements refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ..errors import Place, SourceError
from ..sources import XSD, Schema
from . import lexical
from .model import QName

KINDS = {
    f"{XSD}complexType": "type",
    f"{XSD}simpleType": "type",
    f"{XSD}element": "element",
    f"{XSD}attribute": "attribute",
    f"{XSD}group": "group",
    f"{XSD}attributeGroup": "attributeGroup",
    f"{XSD}notation": "notation",
}
"""The kind of definition that an element is: kinds have names of their own (XSD part 1, 2.5)."""

Key = tuple[str, QName]
"""The kind of a definition, and its name."""

_LIST = ("memberTypes",)  # several names, not one
NAMES = ("type", "ref", "base", "itemType", *_LIST, "substitutionGroup", "refer")
"""The attributes whose values are the names of definitions."""

# The kind of what an attribute of an element names.
_TARGETS = {
    f"{XSD}extension": {"base": "type"},
    f"{XSD}restriction": {"base": "type"},
    f"{XSD}list": {"itemType": "type"},
    f"{XSD}union": {"memberTypes": "type"},
    f"{XSD}group": {"ref": "group"},
    f"{XSD}attributeGroup": {"ref": "attributeGroup"},
    f"{XSD}attribute": {"ref": "attribute", "type": "type"},
    f"{XSD}element": {"ref": "element", "type": "type", "substitutionGroup": "element"},
}


class InvalidError(SourceError):
    """A definition is not valid, with all that needs it.

    Attributes:
        key: The kind and the name of the definition.
    """

    def __init__(self, message: str, *, place: Place | None, hint: str, key: Key) -> None:
        super().__init__(message, place=place, hint=hint)
        self.key = key


@dataclass(frozen=True, slots=True)
class Definition:
    """A global definition.

    Attributes:
        schema: The position of its schema among all.
        position: Its position among the children of that schema.
        references: What the elements in it refer to, each with that element.
    """

    schema: int
    position: int
    references: Sequence[tuple[Key, etree._Element]]


def definitions_of(schemas: Sequence[Schema]) -> dict[Key, Definition]:
    """The global definitions of ``schemas``, of those with one name the first."""
    found: dict[Key, Definition] = {}
    for number, schema in enumerate(schemas):
        for position, element in enumerate(schema.root):
            if element.tag in KINDS:
                references = [
                    (key, inner)
                    for inner in schema_elements(element)
                    for _, _, key in references_of(inner, schema)
                ]
                found.setdefault(key_of(element, schema), Definition(number, position, references))
    return found


def key_of(element: etree._Element, schema: Schema) -> Key:
    """The kind and the name of a global definition; raises what ``lexical.name_of`` raises."""
    return KINDS[str(element.tag)], QName(schema.namespace, lexical.name_of(element))


def shown(key: Key) -> str:
    """The kind and the name of a definition, for people."""
    return f"{key[0]} {key[1]}"


def references_of(element: etree._Element, schema: Schema) -> Iterator[tuple[str, str, Key]]:
    """The definitions that the attributes of ``element``, which is in ``schema``, name.

    Yields:
        The attribute, the text in it and the kind and the name of the definition.

    Raises:
        SourceError: A text is no name.
    """
    targets = _TARGETS.get(str(element.tag), {})
    for attribute in filter(element.attrib.__contains__, NAMES):
        texts = element.get(attribute, "").split() if attribute in _LIST else None
        if texts is None:
            names = [lexical.reference(element, attribute)]
            texts = [element.get(attribute, "")]
        else:
            names = lexical.references(element, attribute)
        for text, name in zip(texts, names, strict=True):
            if attribute in targets:
                yield attribute, text, (targets[attribute], _adopted(name, schema))


def _adopted(name: QName, schema: Schema) -> QName:
    """``name``, in the namespace of the schema that includes ``schema`` if both have none."""
    if not name.namespace and schema.root.get("targetNamespace") is None:
        return QName(schema.namespace, name.local)
    return name


def schema_elements(root: etree._Element) -> Iterator[etree._Element]:
    """``root`` and the elements of XML Schema in it, without what is in annotations."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [
            child
            for child in reversed(list(element.iterchildren(f"{XSD}*")))
            if child.tag != f"{XSD}annotation"
        ]
