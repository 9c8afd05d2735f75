"""Requests by aiohttp: ``AiohttpHttp`` is what an asynchronous client takes as ``http``."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp

from ._deadline import Deadline
from .errors import ConnectionLost, NotConnected, TimedOut, TransportError
from .wire import AsyncAnswer, HttpAnswer

_NOT_SENT = (
    aiohttp.ClientConnectorError,  # also a name that leads nowhere
    aiohttp.ClientProxyConnectionError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
)

# How much of an answer is read at a time, in bytes.
_PIECE = 2**16


class AiohttpHttp:
    """Sends by aiohttp. It may be shared between tasks."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        """Send by ``session``, with the certificates, proxies and cookies that it has.

        Args:
            session: The connections. It should be made with ``auto_decompress=False``: soapgen
                unpacks answers itself, a little at a time.

        Raises:
            ValueError: ``session`` would unpack answers.
        """
        if session.auto_decompress:
            raise ValueError("session: expected one with auto_decompress=False")
        self._session = session

    async def post(
        self,
        url: str,
        headers: dict[str, str],
        content: bytes | AsyncIterator[bytes],
        deadline: Deadline,
    ) -> AsyncAnswer:
        """See ``AsyncHttp.post``."""
        step = deadline.step()
        timeout = aiohttp.ClientTimeout(total=None, connect=step, sock_read=step)
        try:
            for name, value in headers.items():
                (name + value).encode("ascii")
            response = await self._session.post(
                url, data=content, headers=headers, timeout=timeout, allow_redirects=False
            )
        except (TypeError, ValueError) as error:
            raise NotConnected(f"the request cannot be sent: {error}") from None

        async def close() -> None:
            # What was not read to its end would be taken for the next answer.
            response.release() if response.content.at_eof() else response.close()

        return HttpAnswer(
            response.status,
            response.reason or "",
            response.headers.items(),
            response.content.iter_chunked(_PIECE),
            close,
            response.request_info.headers,
        )

    def kind_of(self, error: Exception) -> type[TransportError] | None:
        """See ``Http.kind_of``."""
        if isinstance(error, _NOT_SENT):
            return NotConnected
        if isinstance(error, RuntimeError) and self._session.closed:
            return NotConnected
        if isinstance(error, TimeoutError):
            return TimedOut
        return ConnectionLost if isinstance(error, aiohttp.ClientError) else None
