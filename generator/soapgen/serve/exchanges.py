"""A folder of messages → the exchanges in it, of one layout or the other.

A client that records writes ``0001-OPERATION-request.xml`` and ``-response.xml``. What
documentation has is ``NAME.request.xml`` and ``NAME.response.xml``, often one of the two alone.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import Place, SourceError
from ..messages import recorded_in, recorded_name
from ..sources import Limits, NotThereError, check_path, read_file

_NAMED = re.compile(r"(?P<name>.+)\.(?P<message>request|response)\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An exchange.

    Attributes:
        name: What the names of its files have in common.
        operation: The operation that these names tell; the elements in the messages tell it better.
        request: The envelope of the request; None where there is none.
        response: The envelope of the response; None where there is none.
        document: The file of the request or, without one, of the response.
    """

    name: str
    operation: str
    request: bytes | None
    response: bytes | None
    document: str


def exchanges_in(folder: Path, limits: Limits | None = None) -> list[Recorded]:
    """Every exchange in ``folder``: of a recording in its order, others by name, also from below.

    Raises:
        SourceError: There is none, a recorded response has no request, or a file cannot be read.
        LimitError: A file is larger than ``limits`` allow.
    """
    limits = limits or Limits()
    if folder.is_dir() and any(recorded_name(path.name) for path in folder.iterdir()):
        return [
            Recorded(
                f"{item.number:04}-{item.operation}",
                item.operation,
                item.request.content,
                item.response.content if item.response else None,
                str(item.request.path),
            )
            for item in recorded_in(folder, limits)
        ]
    found: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.rglob("*")):
        named = _NAMED.fullmatch(path.name)
        if named is not None and path.is_file():
            name = Path(os.path.relpath(path.parent / named["name"], folder)).as_posix()
            found.setdefault(name, {})[named["message"].lower()] = path
    if not folder.exists():
        hint = check_path(str(folder), "name a folder of recorded exchanges")
        raise SourceError("there is no such folder", place=Place(str(folder)), hint=hint)
    if not found:
        raise SourceError(
            "there are no recorded messages here",
            place=Place(str(folder)),
            hint="name a folder of 0001-OPERATION-request.xml and 0001-OPERATION-response.xml",
        )
    return [_exchange(name, paths, limits) for name, paths in found.items()]


def _exchange(name: str, paths: dict[str, Path], limits: Limits) -> Recorded:
    contents = {message: _content(path, limits) for message, path in paths.items()}
    first = paths.get("request") or paths["response"]
    operation = name.rpartition("/")[2]
    return Recorded(name, operation, contents.get("request"), contents.get("response"), str(first))


def _content(path: Path, limits: Limits) -> bytes:
    try:
        return read_file(str(path), limits)
    except NotThereError as error:
        raise SourceError(error.message, place=Place(str(path)), hint="check the path") from None
