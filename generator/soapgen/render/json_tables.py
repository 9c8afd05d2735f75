"""The runtime modules in a package → the values of its types that are texts in JSON."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A type whose values are texts in JSON.

    Attributes:
        kind: The type.
        write: The function that gives the text of a value.
        read: The function that gives the value of a text.
    """

    kind: str
    write: str
    read: str


TABLES = "_json_tables"
"""The module that has the tables."""

_ALWAYS = (
    Text("Decimal", "decimal_text", "decimal_value"),
    Text("timedelta", "duration_text", "duration_value"),
    Text("bytes", "base64_text", "base64_value"),
    Text("UUID", "guid_text", "guid_value"),
)
_MOMENTS = (("datetime", "datetime"), ("date", "date"), ("time", "time"))
_OPTIONAL = {
    "_durations": (Text("Duration", "duration_parts_text", "duration_parts_value"),),
    "_gregorian": tuple(
        Text(kind, f"{function}_text", f"{function}_value")
        for kind, function in (
            ("GYear", "g_year"),
            ("GYearMonth", "g_year_month"),
            ("GMonth", "g_month"),
            ("GMonthDay", "g_month_day"),
            ("GDay", "g_day"),
        )
    ),
    "_json_names": (Text("QName", "json_name", "name_of_json"),),
    "_json_any": (
        Text("Markup", "json_markup", "Markup"),
        Text("Untyped", "json_untyped", "Untyped"),
        Text("SingleFloat", "json_single", "single_of_json"),
        Text("TypedInt", "json_typed", "typed_of_json"),
    ),
}

JSON_MODULES = frozenset(
    {
        "json_values",
        "_json_any",
        "_json_names",
        "_json_read",
        "_json_shapes",
        "_json_write",
        "_near",
    }
)
"""The runtime modules that a package has only if it has JSON of its models."""

TEXT_MODULES = ("_json_any", "_json_names")
"""Those of them whose functions are in the tables."""

_NEEDS = {"_json_names": "_qnames", "_json_any": "_anytype"}


def unused(has_json: bool, modules: Container[str]) -> frozenset[str]:
    """Those of ``JSON_MODULES`` that a package with the runtime ``modules`` does not need."""
    if not has_json:
        return JSON_MODULES
    return frozenset(name for name, needed in _NEEDS.items() if needed not in modules)


def texts(modules: Container[str]) -> Iterator[Text]:
    """The types whose values are texts in a package with the runtime ``modules``."""
    yield from _ALWAYS
    every = "every_" if "_moments" in modules else ""
    for kind, name in _MOMENTS:
        yield Text(kind, f"{every}{name}_text", f"{every}{name}_value")
    for module, found in _OPTIONAL.items():
        if module in modules:
            yield from found
