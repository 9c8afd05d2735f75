"""The documents of one host, fetched by http or https within a time that all of them share."""

from __future__ import annotations

import posixpath
import queue
import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from ..errors import Place, SourceError
from ..secret_names import hidden, shown_address
from .addresses import canonical, host_of, require_address
from .limits import Limits, beyond, require_size
from .origins import NotThereError, OutsideError

if TYPE_CHECKING:
    import httpx

_MOST_REDIRECTS = 5
_SILENCE_SECONDS = 30.0

# A piece of these unpacks to a bounded number of bytes; one that is packed twice does not.
_ENCODINGS = ("", "identity", "gzip", "deflate")

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2
_HEADER_VALUE = re.compile(r"[\t\x20-\x7E]*")

T = TypeVar("T")


class Host:
    """The documents of one host. A location is an address, with http or https.

    Args:
        address: The address of the source.
        headers: Sent with each request, for a service that is protected.

    Raises:
        SourceError: This is no address, or no header.
    """

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        require_address(address)
        _require_headers(headers)
        self._address = address
        self._host = host_of(address)
        self._headers = dict(headers)
        self._client: httpx.Client | None = None
        self._moved: dict[str, str] = {}

    def __reduce__(self) -> tuple[type[Host], tuple[str, dict[str, str]]]:
        """Another process has connections of its own."""
        return Host, (self._address, self._headers)

    def read(self, location: str, limits: Limits, seconds: float) -> bytes:
        """See Origin."""
        deadline = time.monotonic() + seconds
        try:
            content, actual = _within(seconds, lambda: self._fetch(location, limits, deadline))
        except TimeoutError:
            self.close()
            message = f"fetching takes longer than {limits.seconds:g} seconds"
            raise beyond(limits, "seconds", message, Place(self.shown(location))) from None
        if actual != location:
            self._moved[location] = actual
        return content

    def _fetch(self, location: str, limits: Limits, deadline: float) -> tuple[bytes, str]:
        """The document at ``location``, and the address that it was redirected to."""
        import httpx

        try:
            if self._client is None:
                headers = {"Accept-Encoding": "gzip, deflate", **self._headers}
                self._client = httpx.Client(timeout=_SILENCE_SECONDS, headers=headers)
            for _ in range(_MOST_REDIRECTS + 1):
                with self._client.stream("GET", location) as response:
                    if not response.has_redirect_location:
                        return self._content(response, location, limits, deadline), location
                    location = self._redirected(response, location)
        # httpx raises ValueErrors, too, for instance for the settings of a proxy.
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            if isinstance(error, TimeoutError):
                raise
            reason = hidden(str(error).partition("\n")[0], location) or type(error).__name__
            raise SourceError(
                f"the address cannot be read: {reason}",
                place=Place(self.shown(location)),
                hint="check the address and the network",
            ) from None
        raise SourceError(
            f"the address redirects more than {_MOST_REDIRECTS} times",
            place=Place(self.shown(location)),
            hint="give the address that it leads to",
        )

    def _redirected(self, response: httpx.Response, location: str) -> str:
        try:
            return self.resolve(location, response.headers["Location"])
        except OutsideError as error:
            raise SourceError(
                f"the address redirects {error.where}",
                place=Place(self.shown(location)),
                hint="give the address that it leads to, if you trust it",
            ) from None

    def _content(
        self, response: httpx.Response, location: str, limits: Limits, deadline: float
    ) -> bytes:
        place = Place(self.shown(location))
        answer = f"the server answers {response.status_code} {response.reason_phrase}".rstrip()
        if response.status_code in (404, 410):
            raise NotThereError(answer, "check the address")
        if response.status_code != 200:
            protected = response.status_code in (401, 403)
            raise SourceError(
                answer,
                place=place,
                hint="give what it asks for with --header" if protected else "check the address",
            )
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in _ENCODINGS:
            raise SourceError(
                f"the server packs its answer as {encoding!r}, which soapgen did not ask for",
                place=place,
                hint="save the documents and build from the files",
            )
        content = bytearray()
        for piece in response.iter_bytes():
            content += piece
            require_size(len(content), limits, place)
            if time.monotonic() > deadline:
                raise TimeoutError
        return bytes(content)

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        location = self._moved.get(location, location)
        try:
            target = urldefrag(urljoin(location, reference)).url
            host = host_of(target)
        except ValueError:
            raise OutsideError(
                "nowhere: it is no valid address", "correct the address in the document"
            ) from None
        if host != self._host:
            raise OutsideError(
                f"to another host, {host[1] or target}",
                "save the documents and build from the files",
            )
        if (user := urlsplit(location).netloc.rpartition("@")[0]) and "@" not in target:
            parts = urlsplit(target)
            target = urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc}"))
        # No document can turn a request by https into one by http.
        if location.startswith("https:") and target.startswith("http:"):
            target = urlunsplit(urlsplit(target)._replace(scheme="https"))
        return target

    def is_at(self, address: str) -> bool:
        """Whether ``address``, which is one, is on this host."""
        return host_of(address) == self._host

    def identity(self, location: str) -> str:
        """See Origin."""
        return canonical(self._moved.get(location, location))

    def key(self, location: str) -> str:
        """See Origin."""
        shown = shown_address(canonical(location))
        own, parts = urlsplit(shown_address(canonical(self._address))), urlsplit(shown)
        if (own.scheme, own.netloc) != (parts.scheme, parts.netloc):
            return shown
        path = parts.path.removeprefix(own.path[: own.path.rindex("/") + 1])
        # What is left of //x below / would be taken for another path.
        path = parts.path if path.startswith("/") else path or "./"
        return f"{path}?{parts.query}" if parts.query else path

    def file_name(self, location: str) -> str:
        """See Origin."""
        parts = urlsplit(self.shown(location))
        name = posixpath.basename(parts.path) or f"{parts.netloc}/"
        return f"{name}?{parts.query}" if parts.query else name

    def shown(self, location: str) -> str:
        """See Origin."""
        return shown_address(location)

    def close(self) -> None:
        """See Origin."""
        if self._client is not None:
            self._client.close()
            self._client = None


def _require_headers(headers: Mapping[str, str]) -> None:
    """Check that ``headers`` can be sent; their values are secrets, and not in the message."""
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            message = f"{name!r} is not the name of an HTTP header"
            hint = "names consist of letters, digits and hyphens"
        elif not _HEADER_VALUE.fullmatch(value):
            message = f"the value of the HTTP header {name} cannot be sent"
            hint = "values consist of ASCII characters, in one line"
        else:
            continue
        raise SourceError(message, hint=hint)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` returns or raises; TimeoutError if that takes longer than ``seconds``.

    The work is done by another thread: looking up a host, or a server that sends its headers byte
    by byte, can hold up a thread for any time. A thread that is late is left behind; it does not
    keep the process from ending.
    """
    done: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = done.get(timeout=min(seconds, threading.TIMEOUT_MAX))
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return cast(T, result)
