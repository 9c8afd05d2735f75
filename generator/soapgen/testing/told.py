"""What one operation is told to answer, and what it was asked, in the types of its client."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, ParamSpec, TypeVar

from ..secret_names import is_secret
from ..serve import Answer, MockService
from .messages import Fault, Messages, version_of

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of an operation. Two are equal if they have the same arguments.

    Attributes:
        operation: The name of the operation in the contract.
        arguments: The arguments, by the names that the parameters of the client's method have.
        soap_headers: The SOAP headers, as ``RequestHeaders``; None where there can be none.
        content: The envelope.
    """

    operation: str
    arguments: dict[str, Any]
    soap_headers: Any = field(default=None, compare=False)
    content: bytes = field(default=b"", compare=False)

    def __repr__(self) -> str:
        """The call without secrets: a test that fails prints it."""
        shown = (
            f"{name}={'***' if is_secret(name) and value is not None else repr(value)}"
            for name, value in self.arguments.items()
        )
        return f"{self.operation}({', '.join(shown)})"


class Told(Generic[P, T]):
    """Tells the server what to answer to one method of a client; it lasts until it is told anew.

    Requests are validated all the same: one that is not valid is answered with a fault.
    """

    def __init__(self, service: MockService, operation: str, messages: Messages) -> None:
        self._service = service
        self._operation = operation
        self._messages = messages

    def answer(self, *values: T, soap_headers: object = None) -> None:
        """Answer with ``values``, one for each call, and with the last from then on.

        Args:
            values: What the method returns.
            soap_headers: The SOAP headers of these answers, as ``ResponseHeaders``.

        Raises:
            TypeError: There is no value.
            CallError: There can be no such answer.
            InvalidValue: A value cannot be sent. It is the class of the generated package.
        """
        made = [self._messages.answer(value, soap_headers) for value in values]
        self._in_turn([partial(self._answered, answer=answer) for answer in made])

    def answer_with(self, function: Callable[P, T]) -> None:
        """Answer with what ``function`` returns for the arguments of each call.

        It gets all arguments by name, in a thread of the server. If it raises a ``SoapFault``, the
        answer is that fault.
        """

        def reply(request: bytes) -> Answer:
            called: Callable[..., T] = function
            try:
                value = called(**self._messages.arguments(request))
            except Exception as error:
                if not isinstance(error, Fault):
                    raise
                return self._messages.fault(error, version_of(request))
            return self._answered(request, self._messages.answer(value))

        self._service.answer(self._operation, reply)

    def fail(self, *faults: Exception) -> None:
        """Answer with ``faults``, one for each call, and with the last from then on.

        Args:
            faults: ``SoapFault`` of the client's package, or one that the operation declares.

        Raises:
            TypeError: There is none, or one of another class.
            CallError: The operation does not declare it.
            InvalidValue: It cannot be sent. It is the class of the generated package.
        """
        replies = []
        for fault in faults:
            if not isinstance(fault, Fault):
                raise TypeError(f"{type(fault).__name__} is no SoapFault of a generated package")
            self._messages.fault(fault, self._messages.version)
            replies.append(partial(self._failed, fault=fault))
        self._in_turn(replies)

    def delay(self, seconds: float) -> None:
        """Wait for ``seconds`` before each answer.

        Raises:
            ValueError: It is negative, more than a day, or no number.
        """
        self._service.delay(self._operation, seconds)

    def drop(self) -> None:
        """Hang up instead of answering."""
        self._service.drop(self._operation)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> Call:
        """The call that the method makes with these arguments, to be compared with ``calls``."""
        return self._call(self._messages.request(*args, **kwargs))

    @property
    def calls(self) -> list[Call]:
        """The calls that were received, the oldest first, even those that were not valid.

        Only the newest are kept, as ``soapgen.serve.MockService`` says.

        Raises:
            UnexpectedResponse: A request cannot be read. It is the class of the generated package.
        """
        received = list(self._service.received)
        return [self._call(item.content) for item in received if item.operation == self._operation]

    def _call(self, request: bytes) -> Call:
        arguments, headers = self._messages.arguments(request), self._messages.soap_headers(request)
        return Call(self._operation, arguments, headers, request)

    def _in_turn(self, replies: Sequence[Callable[[bytes], Answer]]) -> None:
        if not replies:
            raise TypeError(f"{self._operation} is told to answer with nothing: give a value")
        taking, waiting = threading.Lock(), list(replies)

        def reply(request: bytes) -> Answer:
            with taking:
                made = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            return made(request)

        self._service.answer(self._operation, reply)

    def _answered(self, request: bytes, answer: Answer) -> Answer:
        return self._messages.in_version_of(request, answer)

    def _failed(self, request: bytes, fault: Fault) -> Answer:
        return self._messages.fault(fault, version_of(request))
