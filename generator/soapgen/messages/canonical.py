"""Compares two messages: canonical XML shows whether, ``differences`` where they differ."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from xml.etree.ElementTree import canonicalize

from lxml import etree

from .. import namespaces

_XSI_TYPE = f"{{{namespaces.XSI}}}type"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two messages.

    Attributes:
        path: The path of the element, in local names.
        what: What is different, in words.
        line: The line of the expected element or, if that has none, of its parent; None if both
            have none.
    """

    path: str
    what: str
    line: int | None


def canonical(root: etree._Element) -> str:
    """Canonical XML 2.0 of ``root``, with prefixes numbered in the order of their use.

    The type that an element says is written with its namespace: it may have no prefix, which
    canonical XML does not take for a name.
    """
    copied = copy.deepcopy(root)
    for element in copied.iter(etree.Element):
        if _XSI_TYPE in element.attrib:
            element.set(_XSI_TYPE, _attributes(element)[_XSI_TYPE])
    text = etree.tostring(copied, encoding="unicode", with_tail=False)
    return canonicalize(text, rewrite_prefixes=True)


def differences(
    expected: etree._Element, actual: etree._Element, path: str = ""
) -> Iterator[Difference]:
    """The differences of ``actual`` from ``expected``, in the order of the elements."""
    path = f"{path}/{_local(expected)}" if path else _local(expected)
    line = _line(expected)
    if expected.tag != actual.tag:
        yield Difference(path, f"expected {expected.tag}, got {actual.tag}", line)
        return
    for what, wanted, got in (
        ("text", expected.text or "", actual.text or ""),
        ("attributes", _attributes(expected), _attributes(actual)),
    ):
        if wanted != got:
            yield Difference(path, f"expected {what} {wanted!r}, got {got!r}", line)
    wanted_children, got_children = list(expected), list(actual)
    matcher = SequenceMatcher(
        None,
        [child.tag for child in wanted_children],
        [child.tag for child in got_children],
        autojunk=False,
    )
    for operation, first, last, other_first, other_last in matcher.get_opcodes():
        wanted_part, got_part = wanted_children[first:last], got_children[other_first:other_last]
        if operation == "equal":
            for one, other in zip(wanted_part, got_part, strict=True):
                yield from differences(one, other, path)
            continue
        for missing in wanted_part:
            yield Difference(f"{path}/{_local(missing)}", "is lost", _line(missing) or line)
        for added in got_part:
            yield Difference(f"{path}/{_local(added)}", "is not in the example", line)


def _attributes(element: etree._Element) -> dict[str, str]:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    if _XSI_TYPE in attributes:
        prefix, _, local = attributes[_XSI_TYPE].rpartition(":")
        attributes[_XSI_TYPE] = f"{{{element.nsmap.get(prefix or None, '')}}}{local}"
    return attributes


def _line(element: etree._Element) -> int | None:
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
