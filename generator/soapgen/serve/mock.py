"""A mock of a service: validates requests and answers with samples, or as a test demands.

Nothing here uses HTTP: a request is bytes, and an answer is data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from ..contract import Chosen, find_operation
from ..contract.model import Contract, Operation
from ..errors import SoapgenError
from ..messages import WireStyle
from ..namespaces import ENVELOPES
from ..sources import parse

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

_TIMESTAMP = "2000-01-01T00:00:00Z"
_VERSIONS = {f"{{{uri}}}Envelope": version for version, uri in ENVELOPES.items()}
_CODES = {"1.1": ("Client", "Server"), "1.2": ("Sender", "Receiver")}


@dataclass(frozen=True, slots=True)
class Received:
    """A request that was received: the name of its operation, and its envelope."""

    operation: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request.

    Attributes:
        status: The HTTP status.
        content: The envelope; empty for a one-way operation, None to hang up instead.
        version: The SOAP version.
        delay: How many seconds to wait first.
        operation: The name of the operation; empty if the request is for none.
    """

    status: int
    content: bytes | None = field(repr=False)
    version: str = "1.1"
    delay: float = 0.0
    operation: str = ""


Reply = bytes | Callable[[bytes], bytes]
"""An envelope to answer with, or a function that makes one from the request."""


@dataclass(slots=True)
class _Script:
    """How an operation is answered instead of with the sample."""

    reply: Reply | None = None
    fault: str | None = None
    delay: float = 0.0
    drop: bool = False


class MockService:
    """Answers the operations of a service.

    Args:
        contract: The contract.
        service: The service, at one of its ports.
        schemas: The schemas, which requests are validated by.

    Attributes:
        received: The requests that were received, the oldest first.
    """

    def __init__(self, contract: Contract, service: Chosen, schemas: SchemaSet) -> None:
        self._service = service
        self._schemas = schemas
        self._operations = {item.name: item for item in service.port.binding.operations}
        self._styles = {
            version: WireStyle(
                contract.types,
                service.service,
                replace(service.port, binding=replace(service.port.binding, soap_version=version)),
                _TIMESTAMP,
            )
            for version in ENVELOPES
        }
        self._scripts: dict[str, _Script] = {}
        self.received: list[Received] = []

    # --- what to answer ------------------------------------------------------------------------

    def answer(self, operation: str, reply: Reply) -> None:
        """Answer ``operation`` with ``reply`` from now on.

        Raises:
            SourceError: There is no such operation. The other methods that take one raise it too.
        """
        self._script(operation).reply = reply

    def fault(self, operation: str, reason: str = "Fault on request") -> None:
        """Answer ``operation`` with a fault from now on."""
        self._script(operation).fault = reason

    def delay(self, operation: str, seconds: float) -> None:
        """Wait for ``seconds`` before each answer to ``operation`` from now on."""
        self._script(operation).delay = seconds

    def drop(self, operation: str) -> None:
        """Hang up on ``operation`` from now on."""
        self._script(operation).drop = True

    def as_usual(self) -> None:
        """Answer every operation with its sample again."""
        self._scripts.clear()

    def _script(self, operation: str) -> _Script:
        name = find_operation([self._service], operation)[1].name
        return self._scripts.setdefault(name, _Script())

    # --- the answer ----------------------------------------------------------------------------

    def handle(self, content: bytes, action: str = "") -> Answer:
        """Answer the request ``content``, sent with ``action``, and add it to ``received``."""
        try:
            envelope = parse(content, "request")
        except SoapgenError as error:
            return self._refused("1.1", error.message)
        version = _VERSIONS.get(str(envelope.tag))
        if version is None:
            return self._refused("1.1", f"expected a SOAP envelope, got {envelope.tag}")
        soap = f"{{{ENVELOPES[version]}}}"
        message = next(iter(envelope.findall(f"{soap}Body/*")), None)
        operation = self._operation(message, action)
        if operation is None:
            return self._refused(version, f"there is no operation for the action {action!r}")
        self.received.append(Received(operation.name, content))
        script = self._scripts.get(operation.name, _Script())
        if script.drop:
            return Answer(200, None, version, script.delay, operation.name)
        answer = self._answer(operation, content, envelope, version, script)
        return replace(answer, delay=script.delay, operation=operation.name)

    def _answer(
        self,
        operation: Operation,
        content: bytes,
        envelope: etree._Element,
        version: str,
        script: _Script,
    ) -> Answer:
        if script.fault is not None:
            return self._failed(version, script.fault)
        problems = self._problems(operation, envelope, f"{{{ENVELOPES[version]}}}")
        if problems:
            return self._refused(version, "the request is not valid: " + "; ".join(problems[:5]))
        if script.reply is not None:
            reply = script.reply
            return Answer(200, reply if isinstance(reply, bytes) else reply(content), version)
        sample = self._styles[version].response(operation).encode()
        return Answer(200 if sample else 202, sample, version)

    def _operation(self, message: etree._Element | None, action: str) -> Operation | None:
        """The operation with the element in the body or, if none has it, with the action."""
        for operation in self._operations.values():
            for part in operation.input.parts:
                named = part.element is not None and str(part.element.name)
                if message is not None and named == message.tag:
                    return operation
        for operation in self._operations.values():
            if action and operation.action == action:
                return operation
        return None

    def _problems(self, operation: Operation, envelope: etree._Element, soap: str) -> list[str]:
        """The validation errors of the body, and of the headers that the binding declares."""
        declared = {str(part.element.name) for part in operation.input.headers}
        headers = [part for part in envelope.findall(f"{soap}Header/*") if part.tag in declared]
        expected = [str(part.element.name) for part in operation.input.parts if part.element]
        body = envelope.findall(f"{soap}Body/*")
        if [part.tag for part in body] != expected:
            return [f"the body should contain {' '.join(expected) or 'nothing'}"]
        return [text for part in (*headers, *body) for text in self._schemas.problems(part)]

    def _refused(self, version: str, reason: str) -> Answer:
        """A fault of the client."""
        status = 500 if version == "1.1" else 400  # SOAP 1.1, 6.2; SOAP 1.2 part 2, table 20
        return Answer(status, _fault(version, _CODES[version][0], reason), version)

    def _failed(self, version: str, reason: str) -> Answer:
        """A fault of the service."""
        return Answer(500, _fault(version, _CODES[version][1], reason), version)


def _fault(version: str, code: str, reason: str) -> bytes:
    """A fault: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4."""
    if version == "1.1":
        inner = f"<faultcode>s:{code}</faultcode><faultstring>{escape(reason)}</faultstring>"
    else:
        inner = (
            f"<s:Code><s:Value>s:{code}</s:Value></s:Code>"
            f'<s:Reason><s:Text xml:lang="en">{escape(reason)}</s:Text></s:Reason>'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<s:Envelope xmlns:s="{ENVELOPES[version]}"><s:Body><s:Fault>{inner}</s:Fault></s:Body>'
        "</s:Envelope>\n"
    ).encode()
