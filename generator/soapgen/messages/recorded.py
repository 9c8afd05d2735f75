"""A folder that a client recorded → the exchanges in it, in the order of their numbers.

The layout is that of the runtime module ``recording``: for each exchange
``0001-GetPerson-request.xml`` and, if there was an answer that is XML,
``0001-GetPerson-response.xml``. What else is in the folder is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import Place, SourceError
from ..sources import Limits, NotThereError, read_file

_NAME = re.compile(r"(?P<number>\d{4,})-(?P<operation>.+)-(?P<message>request|response)\.xml")

MASK = "***"
"""What a client records in place of a secret."""


@dataclass(frozen=True, slots=True)
class RecordedName:
    """What the name of a recorded message says.

    Attributes:
        number: The number of the exchange.
        operation: The operation, by its name in the contract.
        is_request: Whether the message is the request, and not the response.
    """

    number: int
    operation: str
    is_request: bool


@dataclass(frozen=True, slots=True)
class RecordedMessage:
    """A recorded message: its file, and its content with the secrets masked, in UTF-8."""

    path: Path
    content: bytes


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """A recorded exchange.

    Attributes:
        number: Its number.
        operation: The operation, by its name in the contract.
        request: The request.
        response: The answer, which may be a fault; None where there was none, or no XML.
    """

    number: int
    operation: str
    request: RecordedMessage
    response: RecordedMessage | None


def recorded_name(name: str) -> RecordedName | None:
    """What the file name ``name`` says; None if it is not that of a recorded message."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    return RecordedName(int(found["number"]), found["operation"], found["message"] == "request")


def recorded_in(folder: Path, limits: Limits | None = None) -> list[RecordedExchange]:
    """The exchanges that are recorded in ``folder``.

    Raises:
        SourceError: There is none, a response has no request, or a file cannot be read.
    """
    limits = limits or Limits()
    requests: dict[tuple[int, str], RecordedMessage] = {}
    responses: dict[tuple[int, str], RecordedMessage] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if name := recorded_name(path.name):
            side = requests if name.is_request else responses
            side[name.number, name.operation] = RecordedMessage(path, _content(path, limits))
    if not requests and not responses:
        raise SourceError(
            "no exchanges are recorded here",
            place=Place(str(folder)),
            hint="name a folder that the hook record of a generated client wrote, with files such "
            "as 0001-GetPerson-request.xml",
        )
    for key in responses.keys() - requests.keys():
        path = responses[key].path
        raise SourceError(
            "this response has no request",
            place=Place(str(path)),
            hint=f"put back {path.name.removesuffix('response.xml')}request.xml, or remove this",
        )
    return [
        RecordedExchange(number, operation, request, responses.get((number, operation)))
        for (number, operation), request in sorted(requests.items())
    ]


def _content(path: Path, limits: Limits) -> bytes:
    try:
        return read_file(str(path), limits)
    except NotThereError as error:
        raise SourceError(error.message, place=Place(str(path)), hint="check the path") from None
