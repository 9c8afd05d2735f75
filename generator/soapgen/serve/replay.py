"""Recorded exchanges of an operation → answers to requests like those that were recorded."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ..contract.services import Operation
from ..errors import Place, SourceError
from ..messages import MASK, canonical, differences
from ..namespaces import ENVELOPES
from ..sources import parse
from .exchanges import Recorded

_VERSIONS = {f"{{{uri}}}Envelope": version for version, uri in ENVELOPES.items()}


class NotRecordedError(Exception):
    """No answer was recorded for a request; the message says which request is nearest to it."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A recorded response: its HTTP status, envelope and SOAP version."""

    status: int
    content: bytes
    version: str


@dataclass(frozen=True, slots=True)
class _Exchange:
    name: str
    body: etree._Element | None
    response: Repeated | None


class Replay:
    """Answers requests for an operation with what was recorded.

    Args:
        operation: The name of the operation.
        is_one_way: Whether it has no response. Of another one, an exchange may lack the response,
            because the call failed.
        exchanges: What was recorded of it, the oldest first. An exchange without a request answers
            any request.

    Raises:
        SourceError: A recorded message is no SOAP message.
    """

    def __init__(self, operation: str, is_one_way: bool, exchanges: Sequence[Recorded]) -> None:
        self._operation = operation
        self._is_one_way = is_one_way
        self._exchanges = [_read(item) for item in exchanges]
        self._answered: dict[str, int] = {}
        self._counting = threading.Lock()

    def answer(self, envelope: etree._Element) -> Repeated | None:
        """The response that was recorded for a request with the body of ``envelope``.

        Two bodies are alike if they differ in prefixes, in white space between elements and where
        a secret is masked. Of several, each answers once, in the order in which they were recorded;
        the last one answers from then on. None for a one-way operation.

        Raises:
            NotRecordedError: None was recorded.
        """
        body = _plain(_body(envelope))
        alike = [item for item in self._exchanges if _is_alike(item.body, body)]
        if not alike:
            raise NotRecordedError(self._why(body))
        with self._counting:
            key = alike[0].name
            count = self._answered.get(key, 0)
            self._answered[key] = count + 1
        found = alike[min(count, len(alike) - 1)]
        if found.response is None and not self._is_one_way:
            raise NotRecordedError(f"{found.name} has no response: none was recorded")
        return found.response

    def start_again(self) -> None:
        """Answer as if nothing had been asked so far."""
        with self._counting:
            self._answered.clear()

    def _why(self, body: etree._Element) -> str:
        found = [
            (list(differences(item.body, _masked_like(item.body, body))), item.name)
            for item in self._exchanges
            if item.body is not None
        ]
        problems, name = min(found, key=lambda item: len(item[0]))
        first = problems[0]
        others = f", and in {len(problems) - 1} more places" if len(problems) > 1 else ""
        return (
            f"no exchange of {self._operation} was recorded with such a request; the nearest is "
            f"{name}, which differs at {first.path}: {first.what}{others}"
        )


def recorded_of(item: Recorded, operations: Mapping[str, Operation]) -> Operation | None:
    """The operation whose messages are in ``item``: by their elements or, without one, its name.

    Raises:
        SourceError: They are no SOAP messages.
    """
    is_request = item.request is not None
    root = _root(item, item.request or item.response or b"")
    message = next(_body(root).iterchildren(etree.Element), None)
    named = operations.get(item.operation)
    # The name decides where the element tells nothing: there is none, or it is that of any fault.
    if message is None or message.tag == f"{{{etree.QName(root).namespace}}}Fault":
        return named
    likely = [*([named] if named is not None else []), *operations.values()]
    for tag in (str(message.tag), None):
        for operation in likely:
            if tag in _tags(operation, is_request=is_request):
                return operation
    return None


def _tags(operation: Operation, *, is_request: bool) -> list[str | None]:
    """The elements in the body of a message of ``operation``; None for one that may be any."""
    message = operation.input if is_request else operation.output
    parts = () if message is None else message.parts
    return [None if part.element is None else str(part.element.name) for part in parts]


def _root(item: Recorded, content: bytes) -> etree._Element:
    """The envelope in ``content``, a message of ``item``.

    Raises:
        SourceError: It is none.
    """
    root = parse(content, item.document)
    if root.tag not in _VERSIONS:
        raise SourceError(
            f"expected a SOAP envelope, got {root.tag}",
            place=Place(item.document),
            hint="move the exchange out of the folder",
        )
    return root


def _read(item: Recorded) -> _Exchange:
    body = None if item.request is None else _plain(_body(_root(item, item.request)))
    response = None
    if item.response is not None and item.response.strip():
        response = _repeated(_root(item, item.response), item.response)
    return _Exchange(item.name, body, response)


def _repeated(envelope: etree._Element, content: bytes) -> Repeated:
    """A fault has status 500; in SOAP 1.2, that of a sender has 400 (part 2, table 20)."""
    version = _VERSIONS[str(envelope.tag)]
    soap = f"{{{ENVELOPES[version]}}}"
    fault = envelope.find(f"{soap}Body/{soap}Fault")
    if fault is None:
        return Repeated(200, content, version)
    code = fault.findtext(f"{soap}Code/{soap}Value", "").strip()
    return Repeated(400 if code.rpartition(":")[2] == "Sender" else 500, content, version)


def _body(envelope: etree._Element) -> etree._Element:
    body = envelope.find(f"{{{etree.QName(envelope).namespace}}}Body")
    return etree.Element("Body") if body is None else body


def _plain(body: etree._Element) -> etree._Element:
    """A copy of ``body`` without comments, indentation, and the version of SOAP."""
    plain = etree.Element("Body")
    plain.extend([deepcopy(child) for child in body.iterchildren(etree.Element)])
    etree.strip_tags(plain, etree.Comment, etree.ProcessingInstruction)
    for element in plain.iter(etree.Element):
        if len(element):
            element.text = (element.text or "").strip() or None
        element.tail = (element.tail or "").strip() or None
    return plain


def _is_alike(recorded: etree._Element | None, body: etree._Element) -> bool:
    return recorded is None or canonical(recorded) == canonical(_masked_like(recorded, body))


def _masked_like(recorded: etree._Element, body: etree._Element) -> etree._Element:
    """A copy of ``body`` with what is masked in ``recorded`` masked in the same way."""
    masked = deepcopy(body)
    for one, other in _pairs(recorded, masked):
        if _is_masked_by(one.text, other.text):
            other.text = one.text
        for name, value in one.attrib.items():
            if _is_masked_by(str(value), other.get(name)):
                other.set(name, value)
    return masked


def _is_masked_by(recorded: str | None, text: str | None) -> bool:
    """Whether ``recorded`` may be ``text`` with a part of it masked, or all."""
    if recorded is None or MASK not in recorded:
        return False
    pattern = ".*".join(re.escape(piece) for piece in recorded.split(MASK))
    return re.fullmatch(pattern, text or "", re.DOTALL) is not None


def _pairs(
    one: etree._Element, other: etree._Element
) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The elements of both, each with that at the same place, as far as their names agree."""
    waiting = [(one, other)]
    while waiting:
        first, second = waiting.pop()
        if first.tag == second.tag:
            yield first, second
            waiting += zip(first, second, strict=False)
