"""Mutations of XML documents: small changes that keep most of a document meaningful.

Changes of single bytes hardly ever leave XML behind, and so would test the XML parser only.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from lxml import etree

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

# What has ended a string, a comment, a line or a name in some generator, and numbers and dates at
# the edge of what Python can hold.
HOSTILE = [
    "",
    " ",
    "0",
    "-1",
    "1_000",
    "٣",
    "1e999",
    "NaN",
    "9" * 400,
    "1E+100000000",
    "P99999999Y",
    "2020-01-01garbage",
    "2026-02-29T24:00:00.1234567+15:00",
    "!!!!",
    "true ",
    "unbounded",
    "999999999",
    "../../outside",
    "/../../../OUTSIDE/",
    "file:///etc/passwd",
    "http://[bad/",
    '"""',
    "'''",
    '"+canary()+"',
    "{canary()}",
    "\\",
    "\\N{BULLET}",
    "a\rcanary()",
    "a\ncanary()",
    "a\u2028canary()",
    "# -*- coding: utf-7 -*-",
    "class",
    "None",
    "self",
    "__class__",
    "x\u06dd",
    "ΐ",
    "Ϊ́",
    "tns:Missing",
    "missing:Type",
    "xsd:string",
    "xsd:anyType",
    "(a+)+b",
]


def mutated(content: bytes, others: list[bytes], seed: int) -> bytes | None:
    """``content`` with a few changes, some of them parts of ``others``; None if it is no XML."""
    chance = random.Random(seed)
    root = _parsed(content)
    if root is None:
        return None
    donor = _parsed(chance.choice(others)) if others else None
    for _ in range(chance.randint(1, 4)):
        change = chance.choice(_CHANGES)
        change(root, root if donor is None else donor, chance)
    text: str = etree.tostring(root, encoding="unicode")
    return text.encode(chance.choice(["utf-8", "utf-8", "utf-16"]))


def _parsed(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root.getroottree().docinfo.internalDTD is None else None


_Change = Callable[[etree._Element, etree._Element, random.Random], None]


def _elements(root: etree._Element) -> list[etree._Element]:
    return [node for node in root.iter() if isinstance(node.tag, str)]


def _remove(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node = chance.choice(_elements(root))
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _repeat(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node = chance.choice(_elements(root))
    parent = node.getparent()
    if parent is not None:
        for _ in range(chance.choice([1, 1, 1, 30])):
            parent.insert(parent.index(node), copy.deepcopy(node))


def _move(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node, target = chance.choice(_elements(root)), chance.choice(_elements(root))
    if node.getparent() is not None and node not in [target, *target.iterancestors()]:
        target.insert(chance.randint(0, len(target)), node)


def _graft(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node, target = chance.choice(_elements(donor)), chance.choice(_elements(root))
    target.insert(chance.randint(0, len(target)), copy.deepcopy(node))


def _nest(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node = chance.choice(_elements(root))
    for _ in range(chance.choice([1, 3, 100, 300])):
        inner = etree.SubElement(node, node.tag)
        inner.attrib.update(node.attrib)
        inner.text = node.text
        node = inner


def _rename(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node, other = chance.choice(_elements(root)), chance.choice(_elements(donor))
    node.tag = other.tag


def _set_text(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node = chance.choice(_elements(root))
    node.text = _text(root, donor, chance)


def _set_attribute(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    node = chance.choice(_elements(root))
    used = [name for item in _elements(donor) for name in item.attrib]
    name = chance.choice([*(str(name) for name in used), f"{_XSI}nil", f"{_XSI}type"])
    node.set(name, _text(root, donor, chance))


def _change_attribute(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    nodes = [node for node in _elements(root) if node.attrib]
    if nodes:
        node = chance.choice(nodes)
        node.set(str(chance.choice(list(node.attrib))), _text(root, donor, chance))


def _remove_attribute(root: etree._Element, donor: etree._Element, chance: random.Random) -> None:
    nodes = [node for node in _elements(root) if node.attrib]
    if nodes:
        node = chance.choice(nodes)
        del node.attrib[chance.choice(list(node.attrib))]


def _text(root: etree._Element, donor: etree._Element, chance: random.Random) -> str:
    """A text: a hostile one, or one that occurs in a document."""
    if chance.random() < 0.5:
        return _legal(chance.choice(HOSTILE))
    values = [str(value) for node in _elements(donor) for value in node.attrib.values()]
    texts = [node.text for node in _elements(root) if node.text]
    return chance.choice([*values, *texts, "x"])


def _legal(text: str) -> str:
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n\r")


_CHANGES: list[_Change] = [
    _remove,
    _repeat,
    _move,
    _graft,
    _nest,
    _rename,
    _set_text,
    _set_attribute,
    _change_attribute,
    _change_attribute,
    _remove_attribute,
]
