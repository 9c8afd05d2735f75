"""A request in several parts → its envelope, with the binaries in it that came beside it.

MTOM sends them as parts of one body (RFC 2046, 5.1; RFC 2387), where the envelope has an
``xop:Include`` for each (XML-binary Optimized Packaging 1.0, section 3.2).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import a2b_qp
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import unquote

from lxml import etree

from ..errors import Place, SourceError
from ..sources import parse

_INCLUDE = "{http://www.w3.org/2004/08/xop/include}Include"
_MOST_PARTS, _SHOWN = 10_000, 100


def envelope_in(content: bytes, content_type: str) -> bytes:
    """The envelope in the body of a request, as it would have been sent without parts.

    Attachments that the envelope does not include are not in it.

    Args:
        content: The body, perhaps in several parts.
        content_type: Its HTTP header.

    Raises:
        SourceError: It is in parts, but not made like these, or an included one is not there.
        LimitError: The elements of the envelope are nested too deep.
    """
    header = Message()
    header["Content-Type"] = content_type
    if header.get_content_type() != "multipart/related":
        return content
    parts = _parts(content, header.get_boundary() or "")
    start = _identifier(str(header.get_param("start") or ""))
    first = next((part for part in parts if not start or part.name == start), None)
    if first is None:
        raise _wrong(f"no part is the first one, <{start[:_SHOWN]}>")
    root = parse(first.content(), "request")
    binaries = {part.name: part for part in parts if part.name and part is not first}
    includes = list(root.iter(_INCLUDE))
    for include in includes:
        around, name = include.getparent(), unquote(str(include.get("href", ""))[len("cid:") :])
        if around is None or len(around) > 1 or name not in binaries:
            raise _wrong(f"no part is the binary <{name[:_SHOWN]}>")
        around.remove(include)
        around.text = b64encode(binaries[name].content()).decode()
    return etree.tostring(root, encoding="utf-8") if includes else first.content()


@dataclass(frozen=True, slots=True)
class _Part:
    """A part: its identifier, how it is encoded, and its octets as they came."""

    name: str
    encoding: str
    octets: bytes

    def content(self) -> bytes:
        """The octets that it stands for (RFC 2045, section 6)."""
        try:
            if self.encoding == "base64":
                return b64decode(self.octets)
        except ValueError as error:
            raise _wrong(f"a part is not in base64: {error}") from None
        return a2b_qp(self.octets) if self.encoding == "quoted-printable" else self.octets


def _parts(content: bytes, boundary: str) -> list[_Part]:
    """The parts between the lines with the ``boundary`` (RFC 2046, section 5.1.1)."""
    if not boundary:
        raise _wrong("the content type names no boundary")
    found: list[_Part] = []
    mark = b"\r\n--" + boundary.encode("latin-1", "replace")
    # The first line may be a boundary, too.
    for piece in (b"\r\n" + content).split(mark)[1:]:
        if piece.startswith(b"--"):
            return found
        head, end, octets = piece.partition(b"\r\n\r\n")
        if not end:
            raise _wrong("a part has no end of its headers")
        headers = BytesHeaderParser().parsebytes(head.strip() + b"\r\n\r\n")
        encoding = str(headers.get("Content-Transfer-Encoding", "binary")).strip().lower()
        found.append(_Part(_identifier(str(headers.get("Content-ID", ""))), encoding, octets))
        if len(found) > _MOST_PARTS:
            raise _wrong(f"there are more than {_MOST_PARTS:,}")
    raise _wrong("the last of them has no end")


def _identifier(text: str) -> str:
    """A Content-ID without its brackets (RFC 2392)."""
    return text.strip().removeprefix("<").removesuffix(">")


def _wrong(reason: str) -> SourceError:
    return SourceError(
        f"the parts of the request cannot be read: {reason}",
        place=Place("request"),
        hint="send them as multipart/related, as MTOM does",
    )
