"""Records what goes over the wire: a hook that writes each exchange as a pair of files.

For example: ``client.with_options(after=record("traffic"))``. Secrets are masked. Such a folder is
read by ``soapgen verify`` and ``soapgen serve --replay``.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from ._envelope import SAFELY
from .errors import Exchange

_NUMBER = re.compile(r"(\d{4,})-.+-(?:request|response)\.\w+")


def record(folder: str | os.PathLike[str]) -> Callable[[Exchange], None]:
    """A hook that writes each exchange into ``folder``, which is made if it is missing.

    An exchange is ``0001-GetPerson-request.xml`` and ``0001-GetPerson-response.xml``, in UTF-8. The
    secrets that errors mask are masked. A fault is a response. An answer that is no envelope, such
    as a page, ends in ``.txt``; where there is none, there is no file. Binaries that go beside an
    envelope are not in it. Numbers continue, and no file is written over. The hook may be shared
    between threads, clients and processes.

    Raises:
        OSError: The folder cannot be read or made; and the hook, in a call: not be written to.
    """
    return _Recorder(Path(folder))


class _Recorder:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        found = (_NUMBER.fullmatch(name) for name in os.listdir(folder))
        self._last = max((int(match[1]) for match in found if match), default=0)

    def __call__(self, exchange: Exchange) -> None:
        request, response = exchange.request, exchange.response
        stem = self._write_first(exchange.operation, request)
        if response:
            ending = "xml" if _is_envelope(exchange.received) else "txt"
            _write(self._folder / f"{stem}-response.{ending}", response)

    def _write_first(self, operation: str, request: str) -> str:
        """Write ``request`` under the next number; what all names of the exchange begin with."""
        while True:
            with self._lock:
                self._last += 1
                stem = f"{self._last:04}-{operation}"
            try:
                _write(self._folder / f"{stem}-request.xml", request)
            except FileExistsError:  # another process was faster
                continue
            return stem


def _write(path: Path, text: str) -> None:
    # New lines are kept as they are: they belong to the message.
    with open(path, "x", encoding="utf-8", newline="") as file:
        file.write(text)


def _is_envelope(content: bytes) -> bool:
    """Whether ``content`` is one, and whole: what is masked may have been mended."""
    try:
        root = etree.fromstring(content, etree.XMLParser(huge_tree=True, **SAFELY))
    except (etree.XMLSyntaxError, ValueError):
        return False
    return str(etree.QName(root).localname) == "Envelope"
