"""Is a message in SOAP's encoding made by the rules of it? By SOAP 1.1, section 5, alone.

It shares no code with soapgen: the types are those that xmlschema builds of the WSDL, and the parts
of messages are read from the files with lxml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from lxml import etree

from tests.support.schemas import XSD, XSI, schema_of

from .counted import documents, expanded

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_FIRST = "{http://schemas.xmlsoap.org/soap/encoding/}"
_ARRAY = _FIRST + "Array"
_ARRAY_TYPE = re.compile(r"(?P<item>[^\[]+)(?P<rank>(\[,*\])*)\[(?P<sizes>[\d,]*)\]")
_DECLARED_RANK = re.compile(r"(?P<item>[^\[]+)(?P<rank>(\[,*\])*)\[(?P<sizes>,*)\]")


class SectionFive:
    """The rules for the messages of a WSDL.

    Args:
        path: The WSDL.
    """

    def __init__(self, path: Path) -> None:
        self._types: Any = schema_of(path).maps.types
        roots = [root for _, root in documents(path)]
        messages = {
            (root.get("targetNamespace", ""), item.get("name", "")): {
                part.get("name", ""): _name(part, part.get("type", ""))
                for part in item.iterchildren(f"{_WSDL}part")
                if part.get("type")
            }
            for root in roots
            for item in root.iterchildren(f"{_WSDL}message")
        }
        self._parts: dict[tuple[str, bool], dict[str, str]] = {}
        for root in roots:
            for operation in root.iterfind(f"{_WSDL}portType/{_WSDL}operation"):
                for tag, is_request in (("input", True), ("output", False)):
                    half = operation.find(f"{_WSDL}{tag}")
                    if half is not None:
                        key = operation.get("name", ""), is_request
                        message = expanded(half, half.get("message", ""))
                        self._parts[key] = messages.get(message, {})

    def problems(self, operation: str, content: bytes, *, is_request: bool) -> Iterator[str]:
        """What is wrong with the message ``content`` of ``operation``."""
        parts = self._parts[operation, is_request]
        (entry,) = etree.fromstring(content)[-1]
        names = [child.tag for child in entry]
        if names != [name for name in parts if name in names]:
            yield f"{entry.tag} has {' '.join(names)}, expected {' '.join(parts)}"
            return
        for child in entry:
            yield from self._value(child, parts[child.tag])

    def _value(self, node: etree._Element, declared: str | None) -> Iterator[str]:
        """What is wrong with ``node``, an accessor whose type is ``declared``, if it has a name."""
        if node.tag.startswith("{"):
            yield f"{node.tag} has a namespace (5.1)"
        if node.get(f"{XSI}nil") in ("true", "1"):
            if len(node) or node.text:
                yield f"{node.tag} is nil and has a value"
            return
        said = node.get(f"{XSI}type")
        if said is None or declared is None:
            if declared is not None:
                yield f"{node.tag} does not say its type"
            return
        name = _name(node, said)
        if not self._agrees(name, declared):
            yield f"{node.tag} is a {name}, which is no {declared}"
        elif name == _ARRAY:
            yield from self._array(node, declared)
        elif name not in self._types:
            yield f"{node.tag} is a {name}, which is not defined"
        elif (type_ := self._types[name]).is_complex() and not type_.has_simple_content():
            yield from self._struct(node, type_)
        elif len(node):
            yield f"{node.tag} is a {name} and has elements"
        else:
            # Values keep facets only with --facets.
            simple = type_.content if type_.is_complex() else type_
            while not str(simple.name).startswith(XSD) and simple.base_type is not None:
                simple = simple.base_type
            if not simple.is_valid(node.text or ""):
                yield f"{node.tag}: {node.text!r} is no {name}"

    def _agrees(self, said: str, declared: str) -> bool:
        """Whether a value of the type ``said`` may stand where the type is ``declared``."""
        # The types of the encoding are those of XML Schema, with the attributes of accessors (5.2).
        if declared == f"{XSD}anyType" or said in (declared, declared.replace(_FIRST, XSD)):
            return True
        wanted, found = self._types.get(declared), self._types.get(said)
        if wanted is None or found is None:
            return False
        if said == _ARRAY:
            return bool(wanted.is_derived(self._types[_ARRAY]))
        return bool(found.is_derived(wanted))

    def _struct(self, node: etree._Element, type_: Any) -> Iterator[str]:
        members = {item.local_name: item for item in type_.content.iter_elements() if item.name}
        for child in node:
            if child.tag not in members:
                yield f"{node.tag} has a {child.tag}, expected {' '.join(members)}"
            else:
                yield from self._value(child, members[child.tag].type.name)
        for name, member in members.items():
            number = len(node.findall(name))
            most = member.max_occurs
            if number < member.min_occurs or (most is not None and number > most):
                yield f"{node.tag} has {number} {name}"

    def _array(self, node: etree._Element, declared: str) -> Iterator[str]:
        """The sizes of an array, and its items (5.4.2)."""
        found = _ARRAY_TYPE.fullmatch(node.get(f"{_FIRST}arrayType", ""))
        if found is None:
            yield f"{node.tag} is an array and does not say of what"
            return
        sizes = [int(size or 0) for size in found["sizes"].split(",")]
        if prod(sizes) != len(node):
            yield f"{node.tag} has {len(node)} items, expected {prod(sizes)}"
        item, rank = _name(node, found["item"]), found["rank"]
        said = self._declared_array(declared)
        if said is not None and said != (item, rank, len(sizes)):
            yield f"{node.tag} is an array of {(item, rank, len(sizes))}, expected {said}"
        for child in node:
            yield from self._value(child, _ARRAY if rank else item)
            inner = _ARRAY_TYPE.fullmatch(child.get(f"{_FIRST}arrayType", ""))
            if rank and inner is not None:
                dimensions = f"[{',' * inner['sizes'].count(',')}]"
                if (_name(child, inner["item"]), inner["rank"] + dimensions) != (item, rank):
                    yield f"{node.tag}/{child.tag} is no array of {item}{rank}"

    def _declared_array(self, name: str) -> tuple[str, str, int] | None:
        """What the array type ``name`` says that it consists of; None if that is left open."""
        type_ = self._types.get(name)
        for attribute in () if type_ is None else type_.elem.iter(f"{XSD}attribute"):
            found = _DECLARED_RANK.fullmatch(attribute.get(f"{_WSDL}arrayType", "").strip())
            if found is not None:
                prefix, _, local = found["item"].rpartition(":")
                item = f"{{{type_.schema.namespaces[prefix]}}}{local}"
                return item, found["rank"], len(found["sizes"]) + 1
        return None


def _name(element: etree._Element, name: str) -> str:
    return "{{{}}}{}".format(*expanded(element, name))
