"""Values of the classes of a plan: few members, all of them, or some, as the plan allows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from random import Random
from types import ModuleType
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import canonicalize

from soapgen.plan.members import Alternative, Choice, Item, Kind, Member, Presence
from soapgen.plan.packages import Package
from soapgen.plan.types import Array, Entity
from soapgen.plan.values import Made, Value

from .packages import Built

_DEEP, _TOO_DEEP = 2, 20
_FREE = '<free:free xmlns:free="urn:free" kind="1">free</free:free>'
_TEXTS = ("a", "<&>\"'", " b\t", "]]>", "æ\n", "\r", "\U0001f4e7")
_WORDS = ("a", "b-1", "c.d", "æ")
# The readers of elements, and the codecs of other texts, that keep white space.
_VERBATIM = frozenset({"read_string", "string_value"})
# Where a function of the runtime may be that a package does not have in its own modules.
_RUNTIME = (
    "_text",
    "_strings",
    "_codecs",
    "_time_text",
    "_moments",
    "_gregorian",
    "_durations",
    "_lists",
    "_qnames",
    "_unions",
)


class Size(StrEnum):
    """How much of what may be left out is in a value."""

    MINIMAL = "minimal"
    FULL = "full"
    RANDOM = "random"


class Impossible(Exception):
    """There is no value, or only one without end."""


class PlanValues:
    """Makes values for the classes of a package, by its plan.

    Args:
        built: The package.
        seed: What all that is drawn follows from.
    """

    def __init__(self, built: Built, seed: str) -> None:
        self._built = built
        self._random = Random(seed)
        self._size = Size.MINIMAL
        package: Package = built.plan
        self._entities = {entity.class_name: entity for entity in package.entities}
        self._enumerations = {item.class_name: item for item in package.enumerations}
        self._choices = {choice.class_name: choice for choice in package.choices}
        functions = (package.written, package.read)
        self._arrays = {item.function: item for both in functions for item in both.arrays}
        self._dictionaries = {
            item.function: item for both in functions for item in both.dictionaries
        }
        self._codecs = {item.function: item.made for both in functions for item in both.codecs}

    # --- what there are values of -----------------------------------------------------------------

    def entity(self, entity: Entity, size: Size) -> Any:
        """A value of the class of ``entity`` or, if that is abstract, of one that extends it."""
        self._size = size
        return self._entity(entity, 0)

    def choice(self, choice: Choice, size: Size) -> list[Any]:
        """Values of ``choice``, as they may follow one another in a message."""
        self._size = size
        return self._items(choice, 0) or [self._chosen(choice, 0)]

    def members(self, members: Sequence[Member], size: Size) -> dict[str, Any]:
        """The values of the members of a message, by their names."""
        self._size = size
        return {member.name: self._member(member, 0) for member in members}

    # --- classes ----------------------------------------------------------------------------------

    def _entity(self, entity: Entity, depth: int) -> Any:
        if depth > _TOO_DEEP:
            raise Impossible
        derived = [self._entities[item.class_name] for item in entity.derived]
        concrete = [item for item in (entity, *reversed(derived)) if not item.abstract]
        if not concrete:
            raise Impossible
        chosen = concrete[0] if self._is_ending(depth) else self._random.choice(concrete)
        return self._instance(chosen, depth)

    def _instance(self, entity: Entity, depth: int) -> Any:
        kept, banned = self._branches(entity, depth)
        values: dict[str, Any] = {}
        nil: set[str] = set()
        for member in entity.written:
            if member.name in banned:
                continue
            values[member.name] = self._member(member, depth, is_wanted=member.name in kept)
            is_none = values[member.name] is None
            if member.presence is Presence.CLEARABLE and is_none and self._is_wanted(depth):
                nil.add(member.name)
        if any(member.presence is Presence.CLEARABLE for member in entity.all_members):
            values["nil_members"] = frozenset(nil)
        return getattr(self._built.models, entity.class_name)(**values)

    def _branches(self, entity: Entity, depth: int) -> tuple[set[str], set[str]]:
        """Of the choices of ``entity``, the members to be given and those to be left out."""
        kept: set[str] = set()
        banned: set[str] = set()
        for choice in entity.one_of:
            free = [branch for branch in choice.branches if not banned & {*branch}]
            taken = next((branch for branch in free if kept & {*branch}), None)
            if taken is None and free and (choice.required or self._is_wanted(depth)):
                taken = free[0] if self._is_ending(depth) else self._random.choice(free)
            if taken is not None:
                kept.add(taken[0])
            banned |= {name for branch in choice.branches if branch != taken for name in branch}
        return kept, banned

    def _chosen(self, choice: Choice, depth: int) -> Any:
        """One of the elements of ``choice``."""
        several = list(choice.alternatives)
        if not self._is_ending(depth):
            self._random.shuffle(several)
        for alternative in several:
            try:
                return self._alternative(alternative, depth + 1)
            except Impossible:
                continue
        if choice.is_open:
            return self._markup()
        raise Impossible

    def _alternative(self, alternative: Alternative, depth: int) -> Any:
        if not alternative.is_wrapped:
            entity = self._entities[alternative.class_name]
            if entity.abstract:
                return self._entity(entity, depth)
            return self._instance(entity, depth)
        kind = getattr(self._built.models, alternative.class_name)
        if alternative.fixed_text is not None:
            return kind(self._parsed(alternative.value, alternative.fixed_text))
        if alternative.nillable and not self._is_wanted(depth):
            return kind(None)
        return kind(self._value(alternative.value, depth, is_empty=alternative.empty_text is None))

    def _items(self, choice: Choice, depth: int) -> list[Any]:
        """Elements of ``choice``, and texts between them where it allows any."""
        items: list[Any] = []
        for _ in range(self._count(depth)):
            if choice.mixed and self._is_wanted(depth):
                items.append(self._random.choice(_TEXTS))
            items.append(self._chosen(choice, depth))
        if choice.is_open and self._is_wanted(depth):
            items.append(self._markup())
        return items

    # --- members ----------------------------------------------------------------------------------

    def _member(self, member: Member, depth: int, *, is_wanted: bool = False) -> Any:
        is_wanted = is_wanted or self._is_wanted(depth)
        if member.fixed_text is not None and not member.is_repeated:
            fixed = self._parsed(member.value, member.fixed_text)
            return fixed if is_wanted or not self._may_be_none(member) else None
        if member.kind is Kind.OPEN_ATTRIBUTES:
            return {"{urn:free}free": self._random.choice(_TEXTS)} if is_wanted else {}
        if member.is_repeated:
            return self._repeated(member, depth, is_wanted=is_wanted)
        if self._may_be_none(member):
            try:
                return self._one(member, depth) if is_wanted else None
            except Impossible:
                return None
        return self._one(member, depth)

    def _may_be_none(self, member: Member) -> bool:
        return member.annotation.endswith("| None")

    def _repeated(self, member: Member, depth: int, *, is_wanted: bool) -> list[Any]:
        count = max(self._count(depth), int(is_wanted))
        if member.fixed_text is not None:
            return [self._parsed(member.value, member.fixed_text)] * count
        choice = self._choices.get(member.value.annotation)
        try:
            if choice is not None and member.kind in (Kind.ITEMS, Kind.CONTENT):
                return self._items(choice, depth) or [self._chosen(choice, depth)] * is_wanted
            values = [self._one(member, depth) for _ in range(count)]
        except Impossible:
            return []
        if member.annotation.endswith("| None]") and values and self._is_wanted(depth):
            values.append(None)
        return values

    def _one(self, member: Member, depth: int) -> Any:
        return self._value(member.value, depth + 1, is_empty=member.empty_text is None)

    # --- values -----------------------------------------------------------------------------------

    def _value(self, value: Value, depth: int, *, is_empty: bool = True) -> Any:
        """A value; one with an empty text only if it ``is_empty``."""
        if value.write in self._arrays or value.read in self._arrays:
            array = self._arrays.get(value.write) or self._arrays[value.read]
            return self._list(
                array, depth, [self._count(depth) for _ in range(array.dimensions or 1)]
            )
        found = self._dictionaries.get(value.write) or self._dictionaries.get(value.read)
        if found is not None:
            pairs = range(self._count(depth))
            return {self._item(found.key, depth): self._item(found.item, depth) for _ in pairs}
        if value.annotation in self._entities:
            return self._entity(self._entities[value.annotation], depth)
        if value.annotation in self._choices:
            return self._chosen(self._choices[value.annotation], depth)
        is_verbatim = value.read in _VERBATIM and bool(value.optional_write)
        return self._simple(value.annotation, value.text, value.parse, is_verbatim, is_empty)

    def _list(self, array: Array, depth: int, sizes: list[int]) -> list[Any]:
        """A list; one of several dimensions has lists of one length in it."""
        if len(sizes) > 1 and array.write:
            inner = sizes[1:]
            return [self._list(array, depth, inner) for _ in range(sizes[0])]
        return [self._item(array.item, depth) for _ in range(sizes[0])]

    def _item(self, item: Item, depth: int) -> Any:
        if item.annotation.endswith("| None") and self._is_wanted(depth):
            return None
        return self._value(item.value, depth + 1)

    def _simple(
        self, annotation: str, text: str, parse: str, is_verbatim: bool, is_empty: bool
    ) -> Any:
        """A value of a simple type, by its annotation and the functions of its codec."""
        if annotation in self._enumerations:
            members = self._enumerations[annotation].members
            texts = [item.value for item in members if item.value or is_empty]
            kind = getattr(self._built.models, annotation)
            return kind(self._random.choice(texts) if texts else "NotListed")
        if len(_kinds(annotation)) > 1:
            return self._of_union(annotation, text, parse, is_empty)
        if annotation.startswith("frozenset["):
            kind = getattr(self._built.models, annotation[10:-1])
            return frozenset(self._random.sample(list(kind), min(len(kind), 2)))
        if annotation.startswith("list["):
            of_text, of_value = self._of_items(text), self._of_items(parse)
            count = self._count(0) if is_empty else 1
            item = annotation[5:-1]
            return [self._simple(item, of_text, of_value, False, False) for _ in range(count)]
        if annotation == "str":
            return self._text(text, is_verbatim, is_empty)
        if annotation == "int":
            return self._integer(text)
        return self._random.choice(self._scalars(annotation))

    def _of_items(self, function: str) -> str:
        """The function for the items of a list that ``function`` writes or reads, or empty."""
        made = self._codecs.get(function)
        return str(made.arguments[0]) if isinstance(made, Made) else ""

    def _of_union(self, annotation: str, text: str, parse: str, is_empty: bool) -> Any:
        """What a text of a union is read as: the first member that takes it decides."""
        kinds = _kinds(annotation)
        self._random.shuffle(kinds)
        for kind in kinds:
            value = self._simple(kind, "", "", False, is_empty)
            try:
                return self._function(parse)(self._function(text)("union", value))
            except (ValueError, ArithmeticError):
                continue
        raise Impossible

    def _text(self, text: str, is_verbatim: bool, is_empty: bool) -> str:
        if text == "char_text":
            return self._random.choice(["a", "<", "æ"])
        several = [*(_TEXTS if is_verbatim else _WORDS), *([""] if is_empty else [])]
        return str(self._random.choice(several))

    def _integer(self, text: str) -> int:
        integer = self._function(text) if text else None
        low, high = getattr(integer, "low", -10), getattr(integer, "high", 10)
        ends = [max(low, -(10**30)), min(high, 10**30)]
        return int(self._random.choice([*ends, *(one for one in (-1, 0, 1) if low <= one <= high)]))

    def _scalars(self, annotation: str) -> list[Any]:
        zone = timezone(timedelta(hours=-5, minutes=-30))
        known: dict[str, list[Any]] = {
            "bool": [True, False],
            "float": [0.0, -1.5, 1e300, float("inf")],
            "Decimal": [Decimal(0), Decimal("-1.50"), Decimal("12345678901234567890.1")],
            "datetime": [
                datetime(2026, 1, 2, 3, 4, 5),
                datetime(1, 1, 1),
                datetime(9999, 12, 31, 23, 59, 59, 999999, UTC),
                datetime(2026, 1, 2, 3, 4, 5, 60, zone),
            ],
            "date": [date(1, 1, 1), date(2024, 2, 29)],
            "time": [time(0), time(23, 59, 59, 999999), time(1, tzinfo=zone)],
            "timedelta": [timedelta(0), timedelta(days=-1, microseconds=1)],
            "bytes": [b"", b"\x00\xff"],
            "UUID": [UUID(int=0), UUID(int=2**128 - 1)],
            "AnyType": ["a", True, 2**40, 1.5, Decimal(1), datetime(2026, 1, 2), b"a", UUID(int=1)],
        }
        if annotation in known:
            return known[annotation]
        if annotation == "Markup":
            return [self._markup()]
        kinds: dict[str, tuple[str, list[Callable[[Any], Any]]]] = {
            "QName": ("_qnames", [lambda kind: kind("urn:free", "a"), lambda kind: kind("", "a")]),
            "Duration": ("_durations", [lambda kind: kind(), lambda kind: kind(years=1, days=2)]),
            "GYear": ("_gregorian", [lambda kind: kind(2026, UTC), lambda kind: kind(-1)]),
            "GYearMonth": ("_gregorian", [lambda kind: kind(2026, 12)]),
            "GMonth": ("_gregorian", [lambda kind: kind(1)]),
            "GMonthDay": ("_gregorian", [lambda kind: kind(2, 29)]),
            "GDay": ("_gregorian", [lambda kind: kind(31)]),
        }
        module, makers = kinds[annotation]
        kind = getattr(self._built.module(module), annotation)
        return [make(kind) for make in makers]

    def _markup(self) -> Any:
        return self._built.module("_anytype").Markup(_FREE)

    def _parsed(self, value: Value, text: str) -> Any:
        """The value that the contract writes as ``text``."""
        return self._function(value.parse)(text)

    def _function(self, name: str) -> Any:
        """The function ``name`` of the package."""
        own: Iterable[ModuleType] = (self._built.builders, self._built.parsers)
        for module in chain(own, self._runtime()):
            if hasattr(module, name):
                return getattr(module, name)
        raise AssertionError(f"the package has no function {name}")

    def _runtime(self) -> Iterable[ModuleType]:
        for name in _RUNTIME:
            if (self._built.path / f"{name}.py").is_file():
                yield self._built.module(name)

    # --- how much ---------------------------------------------------------------------------------

    def _is_ending(self, depth: int) -> bool:
        return self._size is Size.MINIMAL or depth > _DEEP

    def _is_wanted(self, depth: int) -> bool:
        """Whether to give a value where none has to be."""
        if self._is_ending(depth):
            return False
        return self._size is Size.FULL or self._random.random() < 0.4

    def _count(self, depth: int) -> int:
        if self._is_ending(depth):
            return 0
        return 2 if self._size is Size.FULL and depth == 0 else int(self._is_wanted(depth))


def _kinds(annotation: str) -> list[str]:
    """The members of a union, or the one type that ``annotation`` is."""
    return re.split(r" \| (?![^\[]*\])", annotation)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are equal, where markup may declare its prefixes elsewhere."""
    if one == other:
        return True
    if type(one) is not type(other):
        return False
    if type(one).__name__ == "Markup":
        first, second = (canonicalize(each.xml, rewrite_prefixes=True) for each in (one, other))
        return first == second
    if is_dataclass(one):
        return all(is_same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return False
