"""Which names of some namespaces the documents use, and which of them are defined nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from lxml import etree

from .. import namespaces

Name = tuple[str, str]
"""A namespace and a local name."""

# XSD part 1, 3.15.3: what refers to definitions; and the parts of messages (WSDL 1.1, 2.3.1).
_ATTRIBUTES = (
    "type",
    "ref",
    "base",
    "itemType",
    "memberTypes",
    "substitutionGroup",
    "refer",
    "element",
)
_WITH_NAMES = etree.XPath(
    "descendant-or-self::xs:*[{0}] | descendant::wsdl:part[{0}]".format(
        " or ".join(f"@{name}" for name in _ATTRIBUTES)
    ),
    namespaces={"xs": namespaces.XSD, "wsdl": namespaces.WSDL},
)


def first_uses(roots: Iterable[etree._Element], wanted: Set[str]) -> dict[Name, etree._Element]:
    """The names of the namespaces ``wanted`` that documents refer to, each with the first use."""
    found: dict[Name, etree._Element] = {}
    for root in roots:
        if not wanted.isdisjoint(_declared(root)):
            for name, element in _uses(root):
                if name[0] in wanted:
                    found.setdefault(name, element)
    return found


def _declared(root: etree._Element) -> set[str]:
    """The namespaces that a document declares prefixes for."""
    return {uri for _, (_, uri) in etree.iterwalk(root, events=("start-ns",))}


def _uses(root: etree._Element) -> Iterator[tuple[Name, etree._Element]]:
    elements: list[etree._Element] = _WITH_NAMES(root)  # type: ignore[assignment]
    for element in elements:
        prefixes = element.nsmap
        for attribute in _ATTRIBUTES:
            for text in element.get(attribute, "").split():
                prefix, _, local = text.rpartition(":")
                yield (prefixes.get(prefix or None, ""), local), element
