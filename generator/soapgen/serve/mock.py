"""A mock of a service: validates requests and answers with samples, or as a test demands.

Nothing here uses HTTP: a request is bytes, and an answer is data.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from ..contract import Chosen, find_operation
from ..contract.services import Contract, Operation
from ..errors import SoapgenError
from ..messages import Adapt, WireStyle
from ..namespaces import ENVELOPES
from ..sources import parse
from .declared import given, sample_of
from .exchanges import Recorded
from .faults import Carried, checked, fault_envelope, shown
from .replay import NotRecordedError, Replay, recorded_of
from .valid import problems

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

MOST_RECEIVED = 1_000
"""How many requests a mock keeps: a server may run for days."""

MOST_RECEIVED_BYTES = 64 * 1024 * 1024
"""How many bytes these requests have together; the newest is kept in any case."""

LONGEST_DELAY = 24 * 60 * 60
"""The longest delay, in seconds."""

_LOG = logging.getLogger("soapgen.serve")
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
        problem: What is wrong with the request, or what went wrong with the answer; else empty.
    """

    status: int
    content: bytes | None = field(repr=False)
    version: str = "1.1"
    delay: float = 0.0
    operation: str = ""
    problem: str = ""


Reply = bytes | Callable[[bytes], bytes | Answer]
"""An envelope to answer with, or a function that makes one, or all of an answer, of the request."""


@dataclass(slots=True)
class _Script:
    """How an operation is answered instead of with the sample."""

    reply: Reply | None = None
    # The reason, and what it carries by the version of SOAP: set at once, as requests come anytime.
    fault: tuple[str, Mapping[str, Carried]] | None = None
    delay: float = 0.0
    drop: bool = False


class MockService:
    """Answers the operations of a service.

    Args:
        contract: The contract.
        service: The service, at one of its ports.
        schemas: The schemas, which requests are validated by.
        adapt: What makes of a sample what clients accept.

    Attributes:
        received: The requests that were received, the oldest first. Only the newest are kept:
            ``MOST_RECEIVED``, with ``MOST_RECEIVED_BYTES`` at most.
        forgotten: How many requests were received before these.
    """

    def __init__(
        self,
        contract: Contract,
        service: Chosen,
        schemas: SchemaSet,
        adapt: Adapt = lambda service, operation, sample: sample,
    ) -> None:
        self._service = service
        self._adapt = adapt
        self._schemas = schemas
        self._operations = {item.name: item for item in service.port.binding.operations}
        self._styles = {
            version: WireStyle(
                contract,
                service.service,
                replace(service.port, binding=replace(service.port.binding, soap_version=version)),
                _TIMESTAMP,
            )
            for version in ENVELOPES
        }
        self._scripts: dict[str, _Script] = {}
        self._replays: dict[str, Replay] | None = None
        self._samples: dict[tuple[str, str], bytes] = {}
        self._keeping = threading.Lock()
        self.received: list[Received] = []
        self.forgotten = 0

    # --- what to answer ------------------------------------------------------------------------

    def answer(self, operation: str, reply: Reply) -> None:
        """Answer ``operation`` with ``reply`` from now on.

        Raises:
            SourceError: There is no such operation. The other methods that take one raise it too.
            TypeError: ``reply`` is neither bytes nor a function.
        """
        if not isinstance(reply, bytes) and not callable(reply):
            raise TypeError(f"a reply is bytes or a function, not {type(reply).__name__}")
        self._script(operation).reply = reply

    def fault(
        self,
        operation: str,
        reason: str = "Fault on request",
        *,
        declared: str = "",
        detail: bytes | None = None,
    ) -> None:
        """Answer ``operation`` with a fault from now on.

        Args:
            operation: The operation.
            reason: The reason that the fault gives.
            declared: A fault that the contract declares for the operation, by its name or that of
                its element: the answer is this fault, with a sample of what it carries.
            detail: What it carries instead of a sample: XML with the element of a declared fault.

        Raises:
            SourceError: The operation declares no fault ``declared``, or ``detail`` is no XML.
            UnsupportedError: There is no sample of what the fault carries.
            ValueError: ``reason`` contains a character that XML does not allow, or ``detail`` is
                not valid, or not what the fault carries.
        """
        found = self._found(operation)
        carried: dict[str, Carried] = {}
        if detail is not None:
            carried = dict.fromkeys(ENVELOPES, given(found, declared, detail, self._schemas))
        elif declared:
            carried = sample_of(found, declared, self._styles)
        self._script(operation).fault = checked(reason), carried

    def delay(self, operation: str, seconds: float) -> None:
        """Wait for ``seconds`` before each answer to ``operation`` from now on.

        Raises:
            ValueError: ``seconds`` is negative, more than ``LONGEST_DELAY``, or no number.
        """
        if not 0 <= seconds <= LONGEST_DELAY:
            raise ValueError(f"a delay is from 0 to {LONGEST_DELAY} seconds, not {seconds}")
        self._script(operation).delay = seconds

    def drop(self, operation: str) -> None:
        """Hang up on ``operation`` from now on."""
        self._script(operation).drop = True

    def replay(self, recorded: Sequence[Recorded]) -> list[Recorded]:
        """Answer with the responses in ``recorded`` from now on, instead of with samples.

        What an operation is told to answer goes before that. Requests are not validated: what is
        like one that was recorded is answered, and all else is a fault that says what is nearest.

        Returns:
            The exchanges that are of no operation of this service.

        Raises:
            SourceError: A recorded message is no SOAP message.
        """
        known: dict[str, list[Recorded]] = {}
        others = []
        for item in recorded:
            operation = recorded_of(item, self._operations)
            if operation is None:
                others.append(item)
            else:
                known.setdefault(operation.name, []).append(item)
        self._replays = {
            name: Replay(name, self._operations[name].output is None, items)
            for name, items in known.items()
        }
        return others

    def as_usual(self) -> None:
        """Answer every operation with its sample again or, where that was asked for, a replay."""
        self._scripts.clear()

    def reset(self) -> None:
        """Answer as usual, forget what was received, and start replays again."""
        self.as_usual()
        with self._keeping:
            self.received, self.forgotten = [], 0
        for replay in (self._replays or {}).values():
            replay.start_again()

    def _script(self, operation: str) -> _Script:
        return self._scripts.setdefault(self._found(operation).name, _Script())

    def _found(self, operation: str) -> Operation:
        return find_operation([self._service], operation)[1]

    # --- the answer ----------------------------------------------------------------------------

    def handle(self, content: bytes, action: str = "") -> Answer:
        """Answer the request ``content``, sent with ``action``, and add it to ``received``.

        It raises nothing: what goes wrong is a fault.
        """
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
        self._keep(Received(operation.name, content))
        script = self._scripts.get(operation.name, _Script())
        if script.drop:
            return Answer(200, None, version, script.delay, operation.name)
        answer = self._answer(operation, content, envelope, version, script)
        return replace(answer, delay=script.delay, operation=operation.name)

    def _keep(self, request: Received) -> None:
        with self._keeping:
            self.received.append(request)
            size = sum(len(item.content) for item in self.received)
            while len(self.received) > MOST_RECEIVED or size > MOST_RECEIVED_BYTES:
                if len(self.received) == 1:
                    break
                size -= len(self.received.pop(0).content)
                self.forgotten += 1

    def _answer(
        self,
        operation: Operation,
        content: bytes,
        envelope: etree._Element,
        version: str,
        script: _Script,
    ) -> Answer:
        if script.fault is not None:
            reason, carried = script.fault
            made = fault_envelope(version, _CODES[version][1], reason, carried.get(version))
            return Answer(500, made, version)
        if script.reply is None and self._replays is not None:
            return self._replayed(self._replays, operation, envelope, version)
        found = problems(operation, envelope, f"{{{ENVELOPES[version]}}}", self._schemas)
        if found:
            return self._refused(version, "the request is not valid: " + "; ".join(found))
        try:
            answer = self._made(operation, version, script.reply, content)
        except BaseException as error:  # pytest.fail raises what is no Exception
            _LOG.exception("the reply to %s failed", operation.name)
            reason = "".join(traceback.format_exception_only(error)).strip()
            return self._failed(version, f"the reply to {operation.name} failed: {reason}")
        if isinstance(answer, Answer):
            return answer
        is_nothing = not answer and script.reply is None
        return Answer(202 if is_nothing else 200, answer, version)

    def _made(
        self, operation: Operation, version: str, reply: Reply | None, content: bytes
    ) -> bytes | Answer:
        """The scripted reply or, without one, the sample; empty for a one-way operation."""
        made = reply(content) if callable(reply) else reply
        if reply is not None:
            if not isinstance(made, bytes | Answer):
                raise TypeError(f"the function returned {type(made).__name__}, not bytes")
            return made
        key = (operation.name, version)
        if key not in self._samples:
            sample = self._styles[version].response(operation)
            self._samples[key] = self._adapt(self._service, operation, sample).encode()
        return self._samples[key]

    def _replayed(
        self,
        replays: Mapping[str, Replay],
        operation: Operation,
        envelope: etree._Element,
        version: str,
    ) -> Answer:
        """What was recorded for such a request."""
        try:
            replay = replays.get(operation.name)
            if replay is None:
                names = ", ".join(replays) or "none"
                raise NotRecordedError(
                    f"no exchange of {operation.name} was recorded; there are those of {names}"
                )
            found = replay.answer(envelope)
        except NotRecordedError as error:
            return self._failed(version, str(error))
        if found is None:
            return Answer(202, b"", version)
        return Answer(found.status, found.content, found.version)

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

    def _refused(self, version: str, reason: str) -> Answer:
        """A fault of the client."""
        status = 500 if version == "1.1" else 400  # SOAP 1.1, 6.2; SOAP 1.2 part 2, table 20
        return _fault(status, version, _CODES[version][0], reason)

    def _failed(self, version: str, reason: str) -> Answer:
        """A fault of the service."""
        return _fault(500, version, _CODES[version][1], reason)


def _fault(status: int, version: str, code: str, reason: str) -> Answer:
    """A fault for a ``reason`` that may contain text of a request or of an exception."""
    problem = shown(reason)
    return Answer(status, fault_envelope(version, code, problem), version, problem=problem)
