"""The result of a call together with what came with it: SOAP headers, and the exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .errors import Exchange

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Response(Generic[T, R]):
    """What a call gave.

    Attributes:
        value: What the method of the client returns.
        exchange: What went over the wire, in the last attempt.
    """

    value: T
    exchange: Exchange
    _read_headers: Callable[[bytes], R] = field(repr=False, compare=False)

    @property
    def headers(self) -> R:
        """The SOAP headers of the answer; None if the contract declares none.

        They are read when they are asked for.

        Raises:
            UnexpectedResponse: There is no envelope, as after an operation without an answer.
        """
        return self._read_headers(self.exchange.received)
