"""Sample messages of a service: which style, which operation, which way."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from .documented import DocumentedStyle
from .errors import OutputError, Place
from .load import load
from .pipeline import chosen, operation_named
from .wire import WireStyle
from .wsdl import contract


class Style(StrEnum):
    """How a message is shown."""

    WIRE = "wire"
    DOCUMENTED = "documented"


class Samples:
    """The sample messages of the service in the WSDL at ``source``.

    Raises:
        SourceError: The WSDL, or something that it imports, cannot be read or is not sound.
    """

    def __init__(self, source: Path, style: Style, timestamp: str) -> None:
        documents = load(source)
        self._place = documents.wsdls[0].place()
        said = contract(documents)
        _, self._port = chosen(said)
        self._style: WireStyle | DocumentedStyle
        if style is Style.WIRE:
            self._style = WireStyle(said, self._port, timestamp)
        else:
            namespaces = [schema.namespace for schema in documents.schemas]
            self._style = DocumentedStyle(said, self._port, namespaces, timestamp)

    def request(self, operation: str) -> str:
        """The request of ``operation``.

        Raises:
            SourceError: There is no such operation.
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        return self._style.request(operation_named(self._port, operation, self._place))

    def response(self, operation: str) -> str:
        """The response of ``operation``, empty where nothing comes back; raises the same."""
        return self._style.response(operation_named(self._port, operation, self._place))

    def all(self) -> Iterator[tuple[str, str]]:
        """Every message, with the name of a file for it."""
        for operation in self._port.binding.operations:
            yield f"{operation.name}.request.xml", self._style.request(operation)
            if operation.output is not None:
                yield f"{operation.name}.response.xml", self._style.response(operation)


def write_samples(samples: Samples, folder: Path) -> int:
    """Write every message into ``folder`` and return how many there are.

    Raises:
        OutputError: The folder cannot be written.
    """
    messages = list(samples.all())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in messages:
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        raise OutputError(
            f"the samples cannot be written: {error.strerror}",
            place=Place(str(error.filename or folder)),
            hint="choose another folder with -o, or make this one writable",
        ) from error
    return len(messages)
