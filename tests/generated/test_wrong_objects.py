"""What is no value of its type is refused, with its path; methods of values are not asked."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Any
from unittest.mock import MagicMock
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.kinds import KINDS
from tests.support.packages import Built
from tests.support.paths import WSDL
from tests.support.schemas import problems, schema_of

# --- subclasses with methods of their own ---------------------------------------------------------

MARKUP = "</A><Evil/><A>"
KEPT = {"__class__", "__new__", "__init__", "__init_subclass__", "__subclasshook__", "__del__"}
KEPT |= {"__getattribute__", "__reduce__", "__reduce_ex__", "__dict__", "__slots__", "__doc__"}


def evil(plain: type) -> Any:
    """A subclass of ``plain`` of which each method and attribute gives markup."""

    def lies(self: Any, *arguments: Any, **more: Any) -> str:
        return MARKUP

    members: dict[str, Any] = {
        name: lies if callable(getattr(plain, name)) else property(lies)
        for name in dir(plain)
        if name not in KEPT
    }
    members["__hash__"] = lambda self: 1
    return type("Evil", (plain,), members)


HOSTILE: list[tuple[str, Any, tuple[Any, ...]]] = [
    ("string", str, ("a & b",)),
    ("int", int, (7,)),
    ("integer", int, (10**30,)),
    ("decimal", Decimal, ("1.50",)),
    ("decimal", int, (10**20,)),
    ("double", float, (1.5,)),
    ("double", int, (3,)),
    ("dateTime", datetime, (2026, 1, 2, 3, 4, 5, 6)),
    ("date", date, (2026, 1, 2)),
    ("time", time, (3, 4, 5, 6)),
    ("duration", timedelta, (-1, 2, 3)),
    ("base64", bytes, (b"\x00\xff",)),
    ("base64", bytearray, (b"\x00\xff",)),
    ("hex", bytes, (b"\x00\xff",)),
    ("guid", UUID, ("12345678-1234-5678-1234-567812345678",)),
    ("char", str, ("a",)),
]


@pytest.mark.parametrize(
    ("kind", "plain", "arguments"),
    HOSTILE,
    ids=[f"{kind} {of.__name__}" for kind, of, _ in HOSTILE],
)
def test_the_value_is_taken_and_not_what_its_methods_say(
    kind: str, plain: Any, arguments: Any, email: Built
) -> None:
    value = plain(*arguments)
    lying = plain.__new__(evil(plain), *arguments)
    if plain is bytearray:
        bytearray.__init__(lying, *arguments)
    elif plain is UUID:
        lying = make_uuid(evil(UUID), value)
    assert KINDS[kind].written(email, lying) == KINDS[kind].written(email, value)


def make_uuid(kind: Any, value: UUID) -> Any:
    made = object.__new__(kind)
    UUID.__dict__["int"].__set__(made, value.int)
    return made


@pytest.mark.parametrize(
    ("kind", "name", "arguments"),
    [
        ("dateTime", "FineDatetime", (2026, 1, 2)),
        ("time", "FineTime", (1, 2)),
        ("duration", "FineDuration", (1, 2)),
        ("date", "ZonedDate", (2026, 1, 2)),
    ],
)
@pytest.mark.parametrize("more", [None, "<b/>", Decimal("1.5"), Decimal("NaN"), 10**400, "half"])
def test_what_a_time_holds_beyond_python_is_not_markup(
    kind: str, name: str, arguments: Any, more: Any, email: Built
) -> None:
    made = getattr(email.module("_times"), name)
    value = made.__mro__[2 if kind != "date" else 1].__new__(made, *arguments)
    if more != "half":
        setattr(value, "tzinfo" if kind == "date" else "beyond", more)
    refuses_or_writes(email, kind, value)


def refuses_or_writes(email: Built, kind: str, value: Any) -> None:
    """``value`` is refused, or becomes one text without markup."""
    with suppress(email.errors.InvalidValue):
        KINDS[kind].written(email, value)


class Wrong(tzinfo):
    """A zone that says what no zone can."""

    def __init__(self, offset: Any) -> None:
        self.offset = offset

    def utcoffset(self, moment: datetime | None, /) -> Any:
        return self.offset

    dst = tzname = utcoffset


@pytest.mark.parametrize("offset", ["<b/>", timedelta(days=2), 5, None, timedelta(seconds=1)])
def test_a_zone_that_is_none(offset: Any, email: Built) -> None:
    for kind, value in (
        ("dateTime", datetime(2026, 1, 2, tzinfo=Wrong(offset))),
        ("time", time(1, tzinfo=Wrong(offset))),
        ("date", email.module("_times").ZonedDate(2026, 1, 2, tzinfo=Wrong(offset))),
    ):
        with pytest.raises(email.errors.InvalidValue, match=r"A: .* zone"):
            KINDS[kind].written(email, value)


def test_hostile_keys_flags_and_attributes(email: Built) -> None:
    models, text = email.models, "a&b"
    lying = str.__new__(evil(str), text)
    account = models.SyncUserAccount(
        associate_name=lying,
        field_properties={lying: models.FieldProperty(field_type=lying)},
        table_right=models.TableRight(reason=lying, mask=frozenset({lying})),
    )
    ((read,),) = email.parse_request(
        "sync_email_accounts", email.build("sync_email_accounts", [account])
    )
    assert read.associate_name == read.table_right.reason == text
    assert {*read.field_properties} == read.table_right.mask == {text}
    assert email.module("_text").escape_attribute("a", lying) == "a&amp;b"


def test_an_unknown_value_of_an_enumeration_is_plain(email: Built) -> None:
    unknown = email.models.ETableRight(str.__new__(evil(str), "new"))
    assert type(unknown.value) is str
    assert KINDS["string"].written(email, unknown) == "new"


@pytest.mark.parametrize(
    "plain", [str, int, float, Decimal, datetime, date, time, timedelta, bytes]
)
def test_hostile_values_of_any_type(plain: Any, shapes: Built) -> None:
    arguments: dict[Any, Any] = {
        str: ("a&b",),
        bytes: (b"a",),
        datetime: (2026, 1, 2),
        date: (2026, 1, 2),
    }
    arguments_of = arguments.get(plain, (3,))
    lying = plain.__new__(evil(plain), *arguments_of)
    write = shapes.anytype.xs_anytype
    assert write("note", lying) == write("note", plain(*arguments_of))


def test_hostile_markup_remains_one_element(shapes: Built) -> None:
    anytype, write = shapes.anytype, shapes.anytype.xs_anytype
    xml = "<note>a</note>"
    assert write("note", anytype.Markup(str.__new__(evil(str), xml))) == xml
    assert write("note", str.__new__(evil(anytype.Untyped), "a<b")) == "<note>a&lt;b</note>"
    for wrong in (
        b"<note/>",
        None,
        7,
        "<note/><note/>",
        '<!DOCTYPE note [<!ENTITY a "b">]><note>&a;</note>',
        "<?xml version='1.0' encoding='utf-8'?><note/>",
        "\ud800",
    ):
        with pytest.raises(shapes.errors.InvalidValue, match=r"^note: "):
            write("note", anytype.Markup(wrong))


# --- objects that are no values -------------------------------------------------------------------


def objects() -> Iterator[Any]:
    yield from (None, True, 1, 10**5000, -1.5, float("nan"), Decimal("sNaN"), Decimal("1E+9999999"))
    yield from (
        "text",
        "\x00",
        b"octets",
        bytearray(b"a"),
        memoryview(b"a"),
        object(),
        object,
        print,
    )
    yield from ([], [1, None], ["a"], [[]], (1,), {}, {"a": 1}, {1: None}, {None: "a"}, set(), {1})
    yield from (frozenset({"a b"}), frozenset({""}), frozenset({None, 1}), frozenset({(1, "a")}))
    yield from (date(1, 1, 1), datetime(1, 1, 1), time(), timedelta.max, timedelta.min, UUID(int=1))
    yield from (MagicMock(), MagicMock(spec=str), MagicMock(spec=int), MagicMock(spec=dict), ...)
    yield from (range(3), iter("ab"), enum.Enum("Other", "A").A, type("Empty", (), {})())  # type: ignore[attr-defined]


OBJECTS = [*objects()]


@pytest.mark.parametrize("kind", KINDS)
def test_any_object_is_written_or_refused(kind: str, email: Built) -> None:
    for value in OBJECTS:
        refuses_or_writes(email, kind, value)


@pytest.fixture(scope="module")
def schema() -> Any:
    return schema_of(WSDL / "EMail.wsdl")


def test_any_object_in_each_member(email: Built, schema: Any) -> None:
    """What is written in place of a value is valid, except for values that are not listed."""
    models = email.models
    for kind in (models.EMailEntity, models.TableRight, models.EMailAccount):
        for field in fields(kind):
            for value in OBJECTS:
                entity = kind(**{field.name: value})
                if kind is models.TableRight:
                    entity = models.EMailEntity(table_right=entity)
                operation = "save_email_account" if kind is models.EMailAccount else "save"
                try:
                    message = email.build(operation, entity)
                except email.errors.InvalidValue:
                    continue
                found = [item for item in problems(schema, message) if "one of" not in item]
                assert found == [], (field.name, value)


PATHS: list[tuple[dict[str, Any], str]] = [
    ({"to": [{}, "text"]}, "To/EMailAddress[1]/EMailAddress: expected EMailAddress, not str"),
    ({"to": "text"}, "To/EMailAddress: expected a list, not str"),
    ({"to": 5}, "To/EMailAddress: expected a list, not int"),
    ({"to": {"a": 1}}, "To/EMailAddress: expected a list, not dict"),
    ({"to": b"text"}, "To/EMailAddress: expected a list, not bytes"),
    ({"from_": 5}, "From: expected EMailAddress, not int, which has no table_right"),
    ({"from_": {"contact_id": "x"}}, "From/ContactId: expected int, not str"),
    ({"from_": {"table_right": 7}}, "From/TableRight: expected TableRight, not int"),
    ({"field_properties": [1]}, "expected a mapping, not list"),
    ({"field_properties": {"a": 1}}, "KeyValuePair[0]/Value: expected FieldProperty, not int"),
    (
        {"field_properties": {1: None}},
        "FieldProperties/FieldPropertyDictionaryKeyValuePair[0]/Key:",
    ),
    ({"table_right": {"mask": frozenset({1})}}, "TableRight/Mask: expected a set of ETableRight"),
    ({"table_right": {"mask": ["Read"]}}, "TableRight/Mask: expected frozenset, not list"),
    ({"table_right": {"mask": frozenset({"a b"})}}, "Mask: 'a b' cannot be in a list"),
]


@pytest.mark.parametrize(("members", "message"), PATHS)
def test_the_path_is_in_the_message(members: Any, message: str, email: Built) -> None:
    models = email.models
    kinds = {"to": models.EMailAddress, "from_": models.EMailAddress}
    kinds |= {"table_right": models.TableRight}

    def made(name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [made(name, item) for item in value]
        if isinstance(value, dict) and name in kinds and "a" not in value:
            return kinds[name](**{key: made(key, item) for key, item in value.items()})
        return value

    entity = models.EMailEntity(**{key: made(key, value) for key, value in members.items()})
    with pytest.raises(email.errors.InvalidValue, match=re.escape(message)) as caught:
        email.build("save", entity)
    assert str(caught.value).startswith("Email/")


def test_headers_of_another_class(email: Built) -> None:
    for wrong in (None, {"ticket": "a"}, "ticket"):
        with pytest.raises(
            email.errors.InvalidValue, match="soap_headers: expected RequestHeaders, not"
        ):
            email.build("save", email.models.EMailEntity(), soap_headers=wrong)


def test_a_required_record_that_is_missing(shapes: Built) -> None:
    drawing = shapes.models.Drawing(frame=None, anonymous=True)
    with pytest.raises(
        shapes.errors.InvalidValue, match="Look/frame: expected DrawingFrame, not N"
    ):
        shapes.build("view", drawing)
    with pytest.raises(shapes.errors.InvalidValue, match="shapes:Look: expected Drawing, not str"):
        shapes.build("view", "drawing")


@pytest.mark.parametrize("depth", [1, 5000])
def test_a_record_that_contains_itself(depth: int, shapes: Built) -> None:
    models = shapes.models
    frame = models.DrawingFrame(width=1, kind="plain")
    first = last = models.Drawing(frame=frame, anonymous=True)
    for _ in range(depth):
        last.inset = last = models.Drawing(frame=frame, anonymous=True)
    if depth == 1:
        last.inset = first
    with pytest.raises(shapes.errors.InvalidValue, match="nested too deeply") as caught:
        shapes.build("view", first)
    assert len(str(caught.value)) < 1000


def test_errors_of_the_caller_pass(email: Built) -> None:
    def broken() -> Iterator[Any]:
        yield email.models.SyncUserAccount()
        raise LookupError("the caller's own")

    def misspelt() -> Iterator[Any]:
        yield email.models.SyncUserAccount()
        yield email.models.SyncUserAccount().acount_id

    with pytest.raises(LookupError, match="the caller's own"):
        email.build("sync_email_accounts", broken())
    with pytest.raises(AttributeError, match="acount_id"):
        email.build("sync_email_accounts", misspelt())


@given(value=st.from_type(object))
def test_any_object_at_all(email: Built, value: Any) -> None:
    for kind in KINDS:
        refuses_or_writes(email, kind, value)
