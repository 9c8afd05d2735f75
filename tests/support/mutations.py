"""Contracts with faults: a sound WSDL in which some places were changed at random."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from hypothesis import strategies as st
from lxml import etree

HOSTILE = (
    "",
    " ",
    "Find",
    " Find ",
    "tns:Find",
    "tns:",
    ":Find",
    "a:b:c",
    "nope:Find",
    "xml:lang",
    "xs:string",
    "xs:nothing",
    "{/../../../OUTSIDE/}Find",
    "../Find",
    "1st",
    "Find\nFind",
    "true",
    "0",
    "-1",
    "1.5",
    "unbounded",
    "9" * 5000,
    "(a+)+b",
    "a{99999999999999999999}",
    "[",
    "restriction",
    "#all",
    "encoded",
    "rpc",
    "\u00e9t\u00e9",
    "\u0390",
    "urn:example:other",
    "http://www.w3.org/2001/XMLSchema",
)

_Draw = Callable[[st.SearchStrategy[int]], int]


@st.composite
def mutated(draw: st.DrawFn, sources: tuple[str, ...], most: int = 3) -> bytes:
    """One of the WSDLs ``sources``, with one to ``most`` changes."""
    root = etree.fromstring(sources[draw(st.integers(0, len(sources) - 1))].encode())
    for _ in range(draw(st.integers(1, most))):
        _mutate(draw, root)
    return etree.tostring(root)


def _mutate(draw: st.DrawFn, root: etree._Element) -> None:
    elements = [item for item in root.iter(etree.Element) if item is not root]
    if not elements:
        return
    element = draw(st.sampled_from(elements))
    other = draw(st.sampled_from(elements))
    parent = element.getparent()
    assert parent is not None
    names = sorted(map(str, element.attrib))
    values = sorted({str(value) for item in elements for value in item.attrib.values()})
    kind = draw(st.sampled_from(_KINDS))
    if kind == "remove":
        parent.remove(element)
    elif kind == "double":
        parent.insert(parent.index(element), deepcopy(element))
    elif kind == "copy":
        other.append(deepcopy(element))
    elif kind == "swap":
        parent.insert(0, element)
    elif kind == "wrap":
        around = etree.SubElement(parent, other.tag)
        around.append(element)
    elif kind == "retag":
        element.tag = other.tag
    elif kind == "comment":
        element.insert(0, etree.Comment("a comment"))
        element.addprevious(etree.ProcessingInstruction("target", "data"))
    elif kind == "add":
        name = draw(st.sampled_from(_ATTRIBUTES))
        element.set(name, draw(st.sampled_from([*HOSTILE, *values])))
    elif names:
        name = draw(st.sampled_from(names))
        if kind == "drop":
            del element.attrib[name]
        elif kind == "rename":
            element.set(draw(st.sampled_from(_ATTRIBUTES)), element.attrib.pop(name))
        else:
            chosen = HOSTILE if kind == "hostile" else values
            element.set(name, draw(st.sampled_from(chosen)))


_KINDS = (
    "remove",
    "double",
    "copy",
    "swap",
    "wrap",
    "retag",
    "comment",
    "add",
    "drop",
    "rename",
    "hostile",
    "exchange",
)
_ATTRIBUTES = (
    "name",
    "type",
    "element",
    "ref",
    "base",
    "message",
    "binding",
    "minOccurs",
    "maxOccurs",
    "nillable",
    "abstract",
    "mixed",
    "default",
    "fixed",
    "value",
    "use",
    "form",
    "parts",
    "part",
    "style",
    "transport",
    "targetNamespace",
    "elementFormDefault",
    "substitutionGroup",
    "block",
    "final",
    "memberTypes",
    "itemType",
    "xpath",
    "namespace",
    "processContents",
    "{http://schemas.xmlsoap.org/wsdl/}required",
    "{http://www.w3.org/2007/XMLSchema-versioning}minVersion",
)
