"""The places that documents are read from: a folder, an archive, a host. Nothing else is read.

A document has a *location* in its origin: a path, a path in the archive, or an address. An import
is resolved relative to the location of the document that contains it.
"""

from __future__ import annotations

import os
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit, urlunsplit

from ..errors import Place, SourceError
from ..secret_names import hidden, shown_address

if TYPE_CHECKING:
    import httpx

MEGABYTE = 2**20
LARGEST_DOCUMENT = 64 * MEGABYTE

_MOST_REDIRECTS = 5
_TIMEOUT_SECONDS = 30.0

Content = TypeVar("Content", bytes, bytearray)


class NotThereError(Exception):
    """There is no document at a location; has a message and a hint for the user."""

    def __init__(
        self, message: str = "there is no such file", hint: str = "check the path of the WSDL"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class OutsideError(Exception):
    """A reference leads out of the origin; has a phrase that says where to, and a hint."""

    def __init__(self, where: str, hint: str) -> None:
        super().__init__(where)
        self.where = where
        self.hint = hint


class Origin(Protocol):
    """A place that documents may be read from."""

    def read(self, location: str) -> bytes:
        """The document at ``location``.

        Raises:
            NotThereError: There is none.
            SourceError: It cannot be read.
        """

    def resolve(self, location: str, reference: str) -> str:
        """The location that ``reference`` means in the document at ``location``.

        Raises:
            OutsideError: It leads out of this origin.
        """

    def identity(self, location: str) -> str:
        """A text that is the same for all locations of one document."""

    def key(self, location: str) -> str:
        """The document's name within the origin, without any path of this machine."""

    def shown(self, location: str) -> str:
        """The document's name for messages to the user."""


class Folder:
    """The files in a folder and below it. A location is a path, as the user would write it."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()

    def read(self, location: str) -> bytes:
        """See Origin."""
        try:
            with open(location, "rb") as file:
                return _limited(file.read(LARGEST_DOCUMENT + 1), location)
        except (FileNotFoundError, NotADirectoryError):
            raise NotThereError from None
        except OSError as error:
            raise SourceError(
                f"the file cannot be read: {error.strerror}",
                place=Place(location),
                hint="check its permissions",
            ) from error

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        if "://" in reference:
            raise OutsideError(
                "to another host", "save that document beside this one and import it from there"
            )
        target = os.path.normpath(Path(location).parent / reference)
        if not Path(target).resolve().is_relative_to(self._path):
            raise OutsideError(
                "out of the folder of the source",
                "move what is imported into the folder of the WSDL or below it",
            )
        return target

    def identity(self, location: str) -> str:
        """See Origin."""
        return str(Path(location).resolve())

    def key(self, location: str) -> str:
        """See Origin."""
        return Path(os.path.relpath(Path(location).resolve(), self._path)).as_posix()

    def shown(self, location: str) -> str:
        """See Origin."""
        return location


class Archive:
    """The files in a ZIP archive. A location is a path within it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self.names = sorted(info.filename for info in archive.infolist())
        except (OSError, zipfile.BadZipFile) as error:
            raise SourceError(
                f"the archive cannot be read: {error}",
                place=Place(str(path)),
                hint="make the archive again",
            ) from error

    def read(self, location: str) -> bytes:
        """See Origin."""
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open(location) as file:
                return _limited(file.read(LARGEST_DOCUMENT + 1), self.shown(location))
        except KeyError:
            raise NotThereError from None
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise SourceError(
                f"the file in the archive cannot be read: {error}",
                place=Place(self.shown(location)),
                hint="make the archive again, without a password",
            ) from error

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        if "://" in reference:
            raise OutsideError("to another host", "put that document into the archive")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(location), reference))
        if target.startswith(("../", "/")):
            raise OutsideError("out of the archive", "put what is imported into the archive")
        return target

    def identity(self, location: str) -> str:
        """See Origin."""
        return f"{self._path.resolve()}!{location}"

    def key(self, location: str) -> str:
        """See Origin."""
        return location

    def shown(self, location: str) -> str:
        """See Origin."""
        return f"{self._path}/{location}"


class Host:
    """The documents of one host. A location is an address, with http or https.

    Args:
        address: The address of the source.
        headers: Sent with each request, for a service that is protected.
    """

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self._host = _host(address)
        self._headers = dict(headers)
        self._client: httpx.Client | None = None

    def read(self, location: str) -> bytes:
        """See Origin."""
        import httpx

        if self._client is None:
            self._client = httpx.Client(timeout=_TIMEOUT_SECONDS, headers=self._headers)
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                with self._client.stream("GET", location) as response:
                    if not response.has_redirect_location:
                        return self._content(response, location)
                    location = self._redirected(response, location)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = hidden(str(error), location) or type(error).__name__
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

    def _content(self, response: httpx.Response, location: str) -> bytes:
        answer = f"the server answers {response.status_code} {response.reason_phrase}"
        if response.status_code in (404, 410):
            raise NotThereError(answer, "check the address")
        if response.status_code != 200:
            protected = response.status_code in (401, 403)
            raise SourceError(
                answer,
                place=Place(self.shown(location)),
                hint="give what it asks for with --header" if protected else "check the address",
            )
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            _limited(content, self.shown(location))
        return bytes(content)

    def resolve(self, location: str, reference: str) -> str:
        """See Origin."""
        target = urljoin(location, reference)
        if _host(target) != self._host:
            raise OutsideError(
                f"to another host, {_host(target)[1] or target}",
                "save the documents and build from the files",
            )
        if (user := urlsplit(location).netloc.rpartition("@")[0]) and "@" not in target:
            parts = urlsplit(target)
            target = urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc}"))
        # No document can turn a request by https into one by http.
        if location.startswith("https:") and target.startswith("http:"):
            target = urlunsplit(urlsplit(target)._replace(scheme="https"))
        return target

    def identity(self, location: str) -> str:
        """See Origin."""
        return location

    def key(self, location: str) -> str:
        """See Origin."""
        parts = urlsplit(shown_address(location))
        name = posixpath.basename(parts.path) or parts.path
        return f"{name}?{parts.query}" if parts.query else name

    def shown(self, location: str) -> str:
        """See Origin."""
        return shown_address(location)


def _host(address: str) -> tuple[bool, str]:
    """Whether an address is one of http or https, and its host.

    The default ports of both are left out: servers often write http addresses into documents that
    they serve by https.
    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].lower()
    for port in (":80", ":443"):
        host = host.removesuffix(port)
    return parts.scheme in ("http", "https"), host


def _limited(content: Content, name: str) -> Content:
    """``content``, if it is not larger than a document may be."""
    if len(content) > LARGEST_DOCUMENT:
        raise SourceError(
            f"the document is larger than {LARGEST_DOCUMENT // MEGABYTE} MB",
            place=Place(name),
            hint="this is no WSDL that soapgen can use",
        )
    return content
