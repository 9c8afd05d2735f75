"""What the other modules stand on: values into XML, and XML into values."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from math import inf
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeVar, cast
from uuid import UUID

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

from .errors import (
    ExceptionDetail,
    InvalidValue,
    NotSoap,
    SoapFault,
    Truncated,
    UnexpectedResponse,
    WrongMessage,
)

T = TypeVar("T")
D = TypeVar("D")
K = TypeVar("K")
E = TypeVar("E", bound="OpenEnum")

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NIL = (XSI + "nil").encode()  # lxml finds an attribute sooner by bytes than by a str
_TRUE = ("true", "1")


class OpenEnum(StrEnum):
    """An enumeration that keeps values which the contract does not list yet."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        unknown = str.__new__(cls, value)
        unknown._name_ = unknown._value_ = value
        return unknown


class Nil:
    """Marks the empty value that stands for an item of a list or dictionary that is nil."""

    __slots__ = ()


def nil(kind: type[T]) -> T:
    """An empty ``kind`` that is written as nil for as long as nobody fills it in."""
    any_kind: Any = kind
    made: T = _nil_type(any_kind)()
    return made


def is_nil(value: object) -> bool:
    """Whether ``value`` came as nil, or was made by ``nil``, and is still empty."""
    return isinstance(value, Nil) and value == type(value)()


@cache
def _nil_type(kind: Any) -> Any:
    return type(f"Nil{kind.__name__}", (Nil, kind), {"__slots__": ()})


class Element(Protocol):
    """The part of an lxml element that the parsers use."""

    @property
    def tag(self) -> str: ...
    @property
    def text(self) -> str | None: ...
    @property
    def nsmap(self) -> Mapping[str | None, str]: ...
    def get(self, key: str | bytes) -> str | None: ...
    def iterancestors(self) -> Iterator[Element]: ...
    def __iter__(self) -> Iterator[Element]: ...
    def __getitem__(self, index: slice) -> list[Element]: ...
    def __len__(self) -> int: ...


# --- writing: each function takes a tag and a value, and returns the whole element ---------------

_special = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").search
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escape(tag: str, value: str) -> str:
    """``value`` as character data for ``tag`` (XML 1.0, sections 2.2 and 2.4)."""
    try:
        if _special(value) is None:
            return value
    except TypeError:
        raise _wrong(tag, value, "str") from None
    if illegal := _ILLEGAL.search(value):
        raise InvalidValue(f"{tag}: XML cannot carry the character {illegal[0]!r}")
    return (
        value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    )


def xs_string(tag: str, value: str) -> str:
    return f"<{tag}>{escape(tag, value)}</{tag}>"


def optional_string(tag: str, value: str | None) -> str:
    """The element, or nothing for None."""
    if value is None:
        return ""
    if type(value) is str and _special(value) is None:
        return f"<{tag}>{value}</{tag}>"
    return xs_string(tag, value)


def xs_boolean(tag: str, value: bool) -> str:
    _expect(tag, value, bool)
    return f"<{tag}>{'true' if value else 'false'}</{tag}>"


def _integer(name: str, low: float, high: float) -> Callable[[str, int], str]:
    """A writer for one of XML Schema's integers, from ``low`` to ``high``."""

    def write(tag: str, value: int) -> str:
        if type(value) is int and low <= value <= high:
            return f"<{tag}>{value}</{tag}>"
        if not isinstance(value, int):
            raise _wrong(tag, value, "int")
        if low <= value <= high:
            return f"<{tag}>{value:d}</{tag}>"
        raise InvalidValue(f"{tag}: {value} is out of the range of {name}")

    return write


xs_byte = _integer("xs:byte", -(2**7), 2**7 - 1)
xs_short = _integer("xs:short", -(2**15), 2**15 - 1)
xs_int = _integer("xs:int", -(2**31), 2**31 - 1)
xs_long = _integer("xs:long", -(2**63), 2**63 - 1)
xs_unsigned_byte = _integer("xs:unsignedByte", 0, 2**8 - 1)
xs_unsigned_short = _integer("xs:unsignedShort", 0, 2**16 - 1)
xs_unsigned_int = _integer("xs:unsignedInt", 0, 2**32 - 1)
xs_unsigned_long = _integer("xs:unsignedLong", 0, 2**64 - 1)
xs_integer = _integer("xs:integer", -inf, inf)
xs_positive_integer = _integer("xs:positiveInteger", 1, inf)
xs_negative_integer = _integer("xs:negativeInteger", -inf, -1)
xs_non_negative_integer = _integer("xs:nonNegativeInteger", 0, inf)
xs_non_positive_integer = _integer("xs:nonPositiveInteger", -inf, 0)


def xs_decimal(tag: str, value: Decimal) -> str:
    if not isinstance(value, Decimal | int) or not Decimal(value).is_finite():
        raise _wrong(tag, value, "a finite Decimal")
    return f"<{tag}>{value:f}</{tag}>"


def xs_double(tag: str, value: float) -> str:
    _expect(tag, value, float, int)
    text = repr(float(value)).replace("inf", "INF").replace("nan", "NaN")
    return f"<{tag}>{text}</{tag}>"


def xs_datetime(tag: str, value: datetime) -> str:
    """A naive value is written without a zone, a value in UTC with ``Z``."""
    _expect(tag, value, datetime)
    return f"<{tag}>{_zone(tag, value.isoformat())}</{tag}>"


def xs_date(tag: str, value: date) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _wrong(tag, value, "date")
    return f"<{tag}>{value.isoformat()}</{tag}>"


def xs_time(tag: str, value: time) -> str:
    _expect(tag, value, time)
    return f"<{tag}>{_zone(tag, value.isoformat())}</{tag}>"


def _zone(tag: str, text: str) -> str:
    """``text`` with its zone as XML Schema has it: ``Z``, or hours and minutes."""
    if text.endswith("+00:00"):
        return text[:-6] + "Z"
    if re.search(r"[+-]\d\d:\d\d:\d\d", text[8:]):
        raise InvalidValue(f"{tag}: {text} has a zone with seconds, which XML cannot carry")
    return text


def xs_base64(tag: str, value: bytes) -> str:
    _expect(tag, value, bytes, bytearray)
    return f"<{tag}>{base64.b64encode(value).decode('ascii')}</{tag}>"


def xs_hex(tag: str, value: bytes) -> str:
    _expect(tag, value, bytes, bytearray)
    return f"<{tag}>{value.hex().upper()}</{tag}>"


def net_guid(tag: str, value: UUID) -> str:
    _expect(tag, value, UUID)
    return f"<{tag}>{value}</{tag}>"


def net_duration(tag: str, value: timedelta) -> str:
    """.NET's duration: days, hours, minutes and seconds, never months or years."""
    _expect(tag, value, timedelta)
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    days = f"{value.days}D" if value.days else ""
    seconds = f"{value.seconds}.{value.microseconds:06}".rstrip("0").rstrip(".")
    rest = f"T{seconds}S" if value.seconds or value.microseconds or not days else ""
    return f"<{tag}>{sign}P{days}{rest}</{tag}>"


def net_char(tag: str, value: str) -> str:
    """.NET's char: one UTF-16 code unit, written as its number."""
    if not isinstance(value, str) or len(value) != 1 or value > "\uffff":
        raise _wrong(tag, value, "one character up to U+FFFF")
    return f"<{tag}>{ord(value)}</{tag}>"


def flags_writer(kind: type[E]) -> Callable[[str, frozenset[E]], str]:
    """A writer of sets of ``kind``, in declared order; values that it does not list come last."""
    known = [member.value for member in kind]

    def write(tag: str, values: frozenset[E]) -> str:
        _expect(tag, values, frozenset, set)
        names = [name for name in known if name in values]
        names += sorted(str(value) for value in values if value not in names)
        return f"<{tag}>{escape(tag, ' '.join(names))}</{tag}>"

    return write


def optional(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, or nothing for None."""
    return "" if value is None else write(tag, value)


def nillable(tag: str, value: T | None, write: Callable[[str, T], str]) -> str:
    """The element, for None with ``xsi:nil``."""
    return f'<{tag} xsi:nil="true"/>' if value is None else write(tag, value)


def repeated(tag: str, values: Iterable[T | None], write: Callable[[str, T], str]) -> str:
    """An element for each value; one that is nil becomes an element with ``xsi:nil``."""
    if isinstance(values, str):
        raise _wrong(tag, values, "a list")
    elements: list[str] = []
    try:
        for value in values:
            if value is None or (isinstance(value, Nil) and is_nil(value)):
                elements.append(f'<{tag} xsi:nil="true"/>')
            else:
                elements.append(write(tag, value))
    except InvalidValue as error:
        raise InvalidValue(f"{tag}[{len(elements)}]/{error}") from None
    return "".join(elements)


def pairs(
    tag: str,
    values: Mapping[K, T | None],
    key: tuple[str, Callable[[str, K], str]],
    value: tuple[str, Callable[[str, T], str]],
) -> str:
    """An element for each pair, with an element for its key and one for its value."""
    (key_tag, write_key), (value_tag, write_value) = key, value
    return "".join(
        f"<{tag}>{write_key(key_tag, name)}{repeated(value_tag, [item], write_value)}</{tag}>"
        for name, item in values.items()
    )


def wrapped(tag: str, content: str) -> str:
    """``content`` within the element ``tag``, or nothing where there is none."""
    return f"<{tag}>{content}</{tag}>" if content else ""


def typed(element: str, name: str) -> str:
    """``element``, marked by ``xsi:type`` as being of the derived type ``name``."""
    start, _, rest = element.partition(">")
    return f'{start} xsi:type="{name}">{rest}'


def _expect(tag: str, value: object, *kinds: type) -> None:
    if not isinstance(value, kinds):
        raise _wrong(tag, value, kinds[0].__name__)


def _wrong(tag: str, value: object, expected: str) -> InvalidValue:
    return InvalidValue(f"{tag}: expected {expected}, not {type(value).__name__}")


# --- reading: each function takes an element and returns its value ------------------------------


Faults = Mapping[str, Callable[["Element"], object]]
"""How the details that a contract declares for faults are read, by their elements."""


def body(content: bytes, tag: str, faults: Faults = MappingProxyType({})) -> Element:
    """The element ``tag`` in the body of the SOAP 1.1 or 1.2 envelope in ``content``.

    Raises:
        SoapFault: The body holds a fault instead; its detail is read by one of ``faults``.
        UnexpectedResponse: ``content`` is not XML, or holds something else.
    """
    return body_of(_envelope(content), tag, faults)


def body_of(envelope: Element, tag: str, faults: Faults) -> Element:
    """The same for an envelope that is a tree already."""
    for node in envelope:
        if local_name(node) == "Body":
            break
    else:
        raise WrongMessage(f"expected {tag} in a SOAP body, got no body")
    if not len(node):
        raise WrongMessage(f"expected {tag} in a SOAP body, got an empty body")
    first = next(iter(node))
    if first.tag == node.tag[: -len("Body")] + "Fault":
        raise _fault(first, faults)
    if first.tag != tag:
        raise WrongMessage(f"expected {tag} in a SOAP body, got {first.tag}")
    return first


def no_body(content: bytes, faults: Faults = MappingProxyType({})) -> None:
    """Check that ``content`` is an envelope, whose body may hold anything but a fault."""
    for node in _envelope(content):
        for first in node:
            if first.tag == node.tag[: -len("Body")] + "Fault":
                raise _fault(first, faults)


def header(content: bytes) -> Element | None:
    """The SOAP header of the envelope in ``content``, if it has one; the body is not read."""
    events: Any = etree.XMLPullParser(("start", "end"), **SAFELY)
    try:
        for start in range(0, len(content), _CHUNK):
            events.feed(content[start : start + _CHUNK])
            for event, node in events.read_events():
                if node.getroottree().docinfo.doctype:
                    raise NotSoap(_DOCTYPE)
                if event == "start" and local_name(node) == "Body":
                    return None
                if event == "end" and local_name(node) == "Header" and node.getparent() is not None:
                    return cast(Element, node)
    except etree.XMLSyntaxError:
        pass  # _envelope says what is wrong
    _envelope(content)
    return None


# A large text, such as an attachment, needs huge_tree; what would make that unsafe, a DTD with
# entities, has no place in a message (SOAP 1.1, section 3) and is refused.
SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,
    "remove_comments": True,
    "remove_pis": True,
}

_DOCTYPE = "expected a SOAP envelope, got a document with a DOCTYPE"

# How much of a message is read at a time to find its header, in bytes.
_CHUNK = 2**14

_ENVELOPES = (
    "{http://schemas.xmlsoap.org/soap/envelope/}Envelope",
    "{http://www.w3.org/2003/05/soap-envelope}Envelope",
)


def _envelope(content: bytes) -> Element:
    try:
        root: Any = etree.fromstring(content, etree.XMLParser(**SAFELY))
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"Envelope" in content[:_CHUNK] and not content.rstrip().endswith(b"Envelope>"):
            raise Truncated(f"expected a SOAP envelope, got a part of one: {error}") from error
        raise NotSoap(f"expected a SOAP envelope, got no XML: {error}") from error
    return checked(root)


def checked(root: Any) -> Element:
    """``root``, if it is a SOAP envelope."""
    if root.getroottree().docinfo.doctype:
        raise NotSoap(_DOCTYPE)
    if root.tag not in _ENVELOPES:
        raise NotSoap(f"expected a SOAP envelope, got {root.tag}")
    return cast(Element, root)


def _fault(node: Element, faults: Faults) -> SoapFault:
    """The fault in ``node``: SOAP 1.1, section 4.4, or SOAP 1.2 part 1, section 5.4.

    By local names: servers differ in whether they qualify what is in a SOAP 1.1 fault.
    """
    if _child(node, "faultcode") is not None:
        paths = ("faultcode", "faultstring", "faultactor", "detail")
    else:
        paths = ("Code/Value", "Reason/Text", "Role", "Detail")
    code, reason, actor, detail = (_child(node, path) for path in paths)
    value: object = None
    exception = None
    for child in () if detail is None else detail:
        if child.tag in faults:
            value = faults[child.tag](child)
        elif local_name(child) == "ExceptionDetail":
            exception = _exception(child)
    return SoapFault(
        _text(code),
        _text(reason),
        actor=_text(actor),
        detail="" if detail is None else _markup(detail),
        value=value,
        exception=exception,
    )


def _exception(node: Element) -> ExceptionDetail:
    """The exception that a .NET service includes in the detail of a fault."""
    inner = _child(node, "InnerException")
    texts = {local_name(child): child.text or "" for child in node}
    return ExceptionDetail(
        type=texts.get("Type", ""),
        message=texts.get("Message", ""),
        stack_trace=texts.get("StackTrace", ""),
        inner=None if inner is None or is_nil_element(inner) else _exception(inner),
    )


def _child(node: Element | None, path: str) -> Element | None:
    """What the local names in ``path`` lead to, or None."""
    for name in path.split("/"):
        children = () if node is None else node
        node = next((child for child in children if local_name(child) == name), None)
    return node


def _text(node: Element | None) -> str:
    return "" if node is None else read_string(node)


def _markup(node: Element) -> str:
    element: Any = node
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def is_nil_element(node: Element) -> bool:
    """Whether ``node`` says ``xsi:nil``."""
    return node.get(NIL) in _TRUE


children: Callable[[Element], list[Element]] = itemgetter(slice(None))
"""The children of an element: for a list, lxml takes less than for an iterator."""


def find(node: Element | None, tag: str) -> Element | None:
    """The first child ``tag`` of ``node``, if there is one."""
    # lxml's own find takes several times as long: it is made for paths.
    for child in () if node is None else node:
        if child.tag == tag:
            return child
    return None


def member(node: Element | None, tag: str, read: Callable[[Element], T], default: D) -> T | D:
    """The child ``tag`` of ``node``, read; ``default`` where it is missing or nil."""
    child = find(node, tag)
    return default if child is None or is_nil_element(child) else read(child)


def required(node: Element, tag: str, read: Callable[[Element], T]) -> T:
    """The child ``tag`` of ``node``, read. Raises UnexpectedResponse where it is missing."""
    child = find(node, tag)
    if child is None:
        raise UnexpectedResponse(f"{_path(node)}: expected {tag}, which is missing")
    return read(child)


def read_nillable(node: Element, read: Callable[[Element], T]) -> T | None:
    """The value of ``node``; None where it is nil."""
    # What has children is not nil, and to count them takes less than to look for xsi:nil.
    return read(node) if len(node) or node.get(NIL) not in _TRUE else None


def read_item(node: Element, read: Callable[[Element], T], kind: type[T]) -> T:
    """The value of an item that may be nil: it becomes an empty ``kind`` that is marked so."""
    return read(node) if len(node) or node.get(NIL) not in _TRUE else nil(kind)


def read_list(
    nodes: Iterable[Element], tag: str, read: Callable[[Element], T], kind: type[T]
) -> list[T]:
    """The values of those of ``nodes`` that are ``tag``, each as ``read_item`` has it."""
    return [read_item(node, read, kind) for node in nodes if node.tag == tag]


def read_pairs(
    node: Element,
    tag: str,
    key: tuple[str, Callable[[Element], K]],
    value: tuple[str, Callable[[Element], T]],
    kind: type[T],
) -> dict[K, T]:
    """The pairs of key and value in the children ``tag`` of ``node``.

    A value that is missing or nil becomes an empty ``kind`` that is marked so.
    """
    (key_tag, read_key), (value_tag, read_value) = key, value
    pairs: dict[K, T] = {}
    for pair in node:
        if pair.tag == tag:
            item = find(pair, value_tag)
            pairs[required(pair, key_tag, read_key)] = (
                nil(kind) if item is None else read_item(item, read_value, kind)
            )
    return pairs


def type_name(node: Element) -> str | None:
    """The type that ``node`` says it is of by ``xsi:type``, as ``{namespace}name``."""
    name = node.get(XSI + "type")
    if name is None:
        return None
    prefix, _, local = name.strip().rpartition(":")
    namespace = node.nsmap.get(prefix or None)
    return f"{{{namespace}}}{local}" if namespace else local


def read_string(node: Element) -> str:
    return node.text or ""


def read_text(node: Element) -> str | None:
    """The text of ``node``: None where it is nil, an empty string where it is empty."""
    return node.text or (None if node.get(NIL) in _TRUE else "")


def _reader(convert: Callable[[str], T], expected: str, zero: str = "") -> Callable[[Element], T]:
    """A reader of texts that ``convert`` makes a value of; what is nil reads as ``zero``."""

    def read(node: Element) -> T:
        try:
            return convert(node.text or (zero if is_nil_element(node) else ""))
        except (ValueError, ArithmeticError):
            raise _unreadable(node, expected) from None

    return read


read_int = _reader(int, "an integer", "0")
read_float = _reader(float, "a number", "0")
read_decimal = _reader(Decimal, "a decimal number", "0")
read_char = _reader(lambda text: chr(int(text)), "the number of a character", "0")
read_date = _reader(lambda text: date.fromisoformat(text.strip()[:10]), "date")  # without its zone
read_time = _reader(lambda text: time.fromisoformat(text.strip()), "a time")
read_guid = _reader(lambda text: UUID(text.strip()) if text else UUID(int=0), "a GUID")
read_base64 = _reader(base64.b64decode, "base64")
read_hex = _reader(bytes.fromhex, "hexadecimal digits")


def read_boolean(node: Element) -> bool:
    match (node.text or ("0" if is_nil_element(node) else "")).strip():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise _unreadable(node, "a boolean")


def read_datetime(node: Element) -> datetime:
    """The date and time in ``node``, to the microsecond; an empty element is .NET's zero."""
    try:
        return datetime.fromisoformat(node.text.strip()) if node.text else datetime.min
    except ValueError:
        raise _unreadable(node, "a date and time") from None


_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d*)?)S)?)?"
)


def read_duration(node: Element) -> timedelta:
    """The duration in ``node``; an empty element, seen in documents of .NET services, is zero."""
    text = (node.text or "").strip()
    if not text:
        return timedelta()
    found = _DURATION.fullmatch(text)
    if found is None:
        raise _unreadable(node, "a duration of days, hours, minutes and seconds")
    sign, *parts = found.groups(default="0")
    days, hours, minutes, seconds = map(float, parts)
    duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -duration if sign == "-" else duration


def enum_reader(kind: type[E], zero: E | None = None) -> Callable[[Element], E]:
    """A reader of values of ``kind``; one that the contract does not list is kept as it came.

    Where nil stands for a zero, as for .NET's value types, it is ``zero``.
    """
    known = {member.value: member for member in kind}

    def read(node: Element) -> E:
        name = (node.text or "").strip()
        if zero is not None and not name and is_nil_element(node):
            return zero
        return known.get(name) or kind(name)

    return read


def flags_reader(kind: type[E]) -> Callable[[Element], frozenset[E]]:
    """A reader of sets of ``kind``; a value that the contract does not list is kept as it came."""
    known = {member.value: member for member in kind}

    def read(node: Element) -> frozenset[E]:
        names = (node.text or "").split()
        return frozenset([known.get(name) or kind(name) for name in names])

    return read


def _unreadable(node: Element, expected: str) -> UnexpectedResponse:
    return UnexpectedResponse(f"{_path(node)}: expected {expected}, got {node.text!r}")


def _path(node: Element) -> str:
    """Where ``node`` stands: the local names of the elements around it and its own."""
    names = [local_name(node), *(local_name(ancestor) for ancestor in node.iterancestors())]
    return "/".join(reversed(names))


def local_name(node: Element) -> str:
    return node.tag.rpartition("}")[2]
