"""The kinds of simple values that the runtime writes and reads, with values and texts of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from .packages import Built
from .strategies import TEXT

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@dataclass(frozen=True)
class Kind:
    """A kind of simple values.

    Attributes:
        write: The function that writes an element of it.
        read: The function that reads one.
        values: Values of plain classes.
        texts: A regular expression for texts, valid or nearly so.
        xsd: The type of XML Schema; empty for .NET's own.
        module: The runtime module of both functions; empty for those of most kinds.
    """

    write: str
    read: str
    values: st.SearchStrategy[Any]
    texts: str
    xsd: str = ""
    module: str = ""

    def written(self, package: Built, value: Any) -> str:
        """The text of ``value``, in an element that has nothing else within."""
        markup = getattr(package.module(self.module or "_write"), self.write)("A", value)
        element = etree.fromstring(markup)
        assert (element.tag, len(element), len(element.attrib)) == ("A", 0, 0)
        return element.text or ""

    def value(self, package: Built, text: str) -> Any:
        """The value of ``text``."""
        element = etree.Element("A")
        element.text = text
        return getattr(package.module(self.module or "_read"), self.read)(element)


def _integers(low: int | None = None, high: int | None = None) -> st.SearchStrategy[int]:
    return st.integers(low, high)


_MICRO = r"(\.[0-9]{1,9})?"
_ZONE = r"(Z|[+-](0[0-9]|1[0-5]):[0-5][0-9])?"
_DATE = "(0000|20[0-9]{2}|9999)-(0[0-9]|1[0-2])-([0-2][0-9]|3[01])"
_TIME = "(1[0-9]|2[0-4]):[0-5][0-9]:[0-5][0-9]"
_INTEGER = "[ \n]?[+-]?[0-9]{1,5}(_[0-9]|[٣３]|\xa0)?"
_NUMBER = r"[+-]?[0-9]{0,4}(\.[0-9]{0,4})?(_1|٣)?"

KINDS: dict[str, Kind] = {
    "string": Kind("xs_string", "read_string", TEXT, "[a-z<&]{0,4}", "string"),
    "boolean": Kind("xs_boolean", "read_boolean", st.booleans(), "[ ]?(true|True|0|1|\xa01)"),
    "int": Kind("xs_int", "read_int", _integers(-(2**31), 2**31 - 1), _INTEGER),
    "long": Kind("xs_long", "read_int", _integers(-(2**63), 2**63 - 1), _INTEGER),
    "unsignedByte": Kind("xs_unsigned_byte", "read_int", _integers(0, 255), _INTEGER),
    "integer": Kind("xs_integer", "read_int", _integers(), _INTEGER),
    "decimal": Kind(
        "xs_decimal",
        "read_decimal",
        st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
            lambda number: abs(number.adjusted()) < 2000
        ),
        f"{_NUMBER}(E[+]?[0-9])?",
        "decimal",
    ),
    "double": Kind(
        "xs_double",
        "read_float",
        st.floats(allow_nan=False),
        f"({_NUMBER}([eE][+-]?[0-9]{{1,2}})?|[+-]?(INF|inf|infinity|nan|NaN))",
        "double",
    ),
    "dateTime": Kind(
        "xs_datetime",
        "read_datetime",
        st.datetimes(timezones=st.none() | ZONES),
        f"{_DATE}[T ]{_TIME}{_MICRO}{_ZONE}",
        "dateTime",
    ),
    "date": Kind("xs_date", "read_date", st.dates(), f"{_DATE}{_ZONE}(T00:00:00)?", "date"),
    "time": Kind(
        "xs_time",
        "read_time",
        st.times(timezones=st.none() | ZONES),
        f"{_TIME}{_MICRO}{_ZONE}",
        "time",
    ),
    "duration": Kind(
        "net_duration",
        "read_duration",
        st.timedeltas(),
        r"-?P(0?[01]Y)?([0-9]{1,9}D)?(T([0-9]H)?([0-9]{2}M)?([0-9](\.[0-9]{0,8})?S)?)?",
        "duration",
    ),
    "base64": Kind(
        "xs_base64",
        "read_base64",
        st.binary(max_size=20),
        r"[ \n]?([A-Za-z+/]{4}){0,2}([A-Za-z]{2}==|[A-Za-z]{3}=|!!!!|A=)?",
        "base64Binary",
        module="_binary",
    ),
    "hex": Kind(
        "xs_hex",
        "read_hex",
        st.binary(max_size=20),
        "([0-9A-Fa-f]{2}){0,3}[ ]?[0F]{0,2}",
        "hexBinary",
    ),
    "guid": Kind(
        "net_guid",
        "read_guid",
        st.uuids(),
        r"(urn:uuid:|\{)?[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?",
    ),
    "char": Kind("net_char", "read_char", st.characters(max_codepoint=0xFFFF), "-?[0-9]{1,7}(٣)?"),
}
