"""A request, and the operation that it is for → what is not valid in it by the contract."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from ..contract import elements
from ..contract.model import ComplexType
from ..contract.services import Operation

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

_MOST_PROBLEMS = 5


def problems(
    operation: Operation, envelope: etree._Element, soap: str, schemas: SchemaSet
) -> list[str]:
    """The validation errors of the body, and of the headers that the binding declares.

    Args:
        operation: The operation.
        envelope: The request for it.
        soap: The namespace of its version of SOAP, in braces.
        schemas: The schemas.
    """
    declared = {str(part.element.name): part.element for part in operation.input.headers}
    headers = [
        _without_attributes_of(soap, part)
        for part in envelope.findall(f"{soap}Header/*")
        if part.tag in declared
    ]
    elements = [part.element for part in operation.input.parts if part.element is not None]
    parts = {str(element.name): element for element in elements}
    is_open = any(part.element is None for part in operation.input.parts)
    body = [] if is_open else envelope.findall(f"{soap}Body/*")
    if operation.encoded:
        return list(_unknown_parts(operation, body[0]))[:_MOST_PROBLEMS] if body else []
    if [part.tag for part in body] != list(parts):
        return [f"the body should contain {' '.join(parts) or 'nothing'}"]
    found = (
        text
        for part in (*headers, *body)
        for text in schemas.problems(
            part, _MOST_PROBLEMS, parts.get(str(part.tag)) or declared.get(str(part.tag))
        )
    )
    return list(islice(found, _MOST_PROBLEMS))


def _unknown_parts(operation: Operation, element: etree._Element) -> Iterator[str]:
    """The parts in ``element`` that the contract does not name.

    No more is asked of an encoded message: no schema describes it as it is, and a part may be
    missing that has no value (SOAP 1.1, 5.1).
    """
    declared = operation.input.parts[0].element
    type_ = declared.type if declared is not None else None
    members = elements(type_.content) if isinstance(type_, ComplexType) else ()
    names = [member.name.local for member in members]
    for child in element.iterchildren(etree.Element):
        if etree.QName(child).localname not in names:
            yield f"{element.tag} has no part {child.tag}, only {' '.join(names) or 'none'}"


def _without_attributes_of(soap: str, block: etree._Element) -> etree._Element:
    """A copy of a header block without the attributes that SOAP itself has for it.

    ``mustUnderstand``, ``actor`` and the like may stand on any block, whatever its schema says
    (SOAP 1.1, section 4.2; SOAP 1.2 part 1, section 5.2).
    """
    copied = deepcopy(block)
    for name in [name for name in copied.attrib if str(name).startswith(soap)]:
        del copied.attrib[name]
    return copied
