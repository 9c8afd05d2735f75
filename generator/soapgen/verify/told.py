"""A documented message → what its body tells: the operation, a fault, or that it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from ..contract import Chosen
from ..contract.services import Operation
from ..errors import SoapgenError
from ..namespaces import ENVELOPES, XOP
from ..sources import DoctypeError, parse
from .examples import Example

FAULT = "a SOAP fault"
EMPTY_BODY = "an empty body"
BESIDE = "binaries beside the envelope, which are not there"


def first_in_body(example: Example) -> etree._Element | str | None:
    """The first element in the body of ``example``.

    Instead of it, :data:`FAULT` or :data:`EMPTY_BODY` where the body has that (SOAP 1.1, section
    4.4; SOAP 1.2 part 1, 5.4), or :data:`BESIDE` (XOP 1.0, 2.1). None if it is no message:
    :func:`why_no_message` says why.
    """
    try:
        root = parse(example.content, example.document)
    except SoapgenError:
        return None
    for namespace in ENVELOPES.values():
        if root.tag == f"{{{namespace}}}Envelope":
            body = root.find(f"{{{namespace}}}Body")
            first = None if body is None else next(body.iterchildren(etree.Element), None)
            if first is None:
                return EMPTY_BODY
            if next(first.iter(f"{{{XOP}}}Include"), None) is not None:
                return BESIDE
            return FAULT if first.tag == f"{{{namespace}}}Fault" else first
    return None


def why_no_message(example: Example) -> str:
    """Why ``example`` is no SOAP message; empty if it is one."""
    try:
        root = parse(example.content, example.document)
    except DoctypeError:
        return (
            "it has a DOCTYPE, which a SOAP message must not have (SOAP 1.1, 3; SOAP 1.2 part 1, 5)"
        )
    except SoapgenError as error:
        return error.message
    if root.tag in {f"{{{namespace}}}Envelope" for namespace in ENVELOPES.values()}:
        return ""
    return f"{root.tag} is not the envelope of a version of SOAP"


def told(example: Example, element: etree._Element, chosen: Iterable[Chosen]) -> Example:
    """``example`` with the operation whose message ``element`` is.

    An operation that the example already names goes first: several may send the same element.
    Without an operation of such a message, the example stays as it is.
    """
    names = dict.fromkeys(
        operation.name
        for item in chosen
        for operation in item.port.binding.operations
        if element.tag in _tags(operation, is_request=example.is_request)
    )
    if not names or example.operation in names:
        return example
    return replace(example, operation=next(iter(names)))


def sends(item: Chosen, example: Example, tag: str) -> bool:
    """Whether the operation of ``example`` in a service has messages with the element ``tag``."""
    return any(
        operation.name == example.operation
        and tag in _tags(operation, is_request=example.is_request)
        for operation in item.port.binding.operations
    )


def _tags(operation: Operation, *, is_request: bool) -> Iterator[str]:
    message = operation.input if is_request else operation.output
    if message is not None:
        for part in message.parts:
            if part.element is not None:
                yield str(part.element.name)
