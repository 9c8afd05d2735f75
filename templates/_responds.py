"""The methods of clients that give a result together with what came with it.

Generated code has no line for them: they call the method of an operation on a copy of the client.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar, cast

from .errors import Exchange, InvalidValue
from .responses import Response

if TYPE_CHECKING:
    from .transport import AnyClient

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class _Responds(Generic[R]):
    """What both kinds of client have in common."""

    def _read_headers(self, content: bytes) -> R:
        """The SOAP headers of an answer, where the contract declares some."""
        return cast(R, None)

    def _seen(self, method: Callable[..., T], exchanges: list[Exchange]) -> Callable[..., T]:
        """``method`` of a copy of this client, which adds its exchanges to ``exchanges``."""
        function = getattr(method, "__func__", None)
        if function is None or getattr(method, "__self__", None) is not self:
            raise InvalidValue(f"with_response: expected a method of this client, not {method!r}")
        other = cast("AnyClient", copy.copy(self))
        other._after = (*other._after, exchanges.append)
        return cast("Callable[..., T]", function.__get__(other))

    def _response(self, value: T, exchanges: list[Exchange]) -> Response[T, R]:
        if not exchanges:
            raise InvalidValue("with_response: the method called no operation")
        return Response(value, exchanges[-1], self._read_headers)


class Responds(_Responds[R]):
    """What a client has that blocks."""

    def with_response(
        self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T, R]:
        """Call ``method``, and give its result together with what came with it.

        For example: ``client.with_response(client.get_person, 7).headers``.

        Args:
            method: A method of this client that calls an operation.
            args: What to call it with.
            kwargs: What to call it with, by name.

        Raises:
            InvalidValue: It is no such method.
            CallError: The call failed; the error has the exchange.
        """
        exchanges: list[Exchange] = []
        value = self._seen(method, exchanges)(*args, **kwargs)
        return self._response(value, exchanges)


class AsyncResponds(_Responds[R]):
    """What a client has that awaits."""

    async def with_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T, R]:
        """See the method of the client that blocks."""
        exchanges: list[Exchange] = []
        value = await self._seen(method, exchanges)(*args, **kwargs)
        return self._response(value, exchanges)
