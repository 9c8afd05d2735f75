"""The names of members in JSON: those of the contract, each once in a class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from .members import Choice, Kind, Member
from .names import Source
from .operations import HeaderClass, Record
from .types import Entity

# Their names are those that generated code gives them; the contract has none.
_UNNAMED = frozenset({Kind.ITEMS, Kind.CONTENT, Kind.OPEN, Kind.OPEN_ATTRIBUTES, Kind.TEXT})


@dataclass(frozen=True, slots=True)
class JsonMember:
    """A member of a class.

    Attributes:
        name: Its name.
        key: Its name in JSON.
    """

    name: Source
    key: str


@dataclass(frozen=True, slots=True)
class JsonClass:
    """A dataclass.

    Attributes:
        path: Its module within the package, and its name: ``models.Order``.
        members: Its own members.
    """

    path: Source
    members: tuple[JsonMember, ...]


@dataclass(frozen=True, slots=True)
class JsonModule:
    """What a module of models has.

    Attributes:
        path: Its path within the package: ``models``.
        entities: Its dataclasses.
        choices: Its choices of elements.
        records: The dataclasses for messages.
        headers: The classes for SOAP headers.
    """

    path: Source
    entities: tuple[Entity, ...]
    choices: tuple[Choice, ...]
    records: tuple[Record, ...] = ()
    headers: tuple[HeaderClass, ...] = ()


_NIL = JsonMember("nil_with_attributes", "#nil")


def json_classes(modules: Iterable[JsonModule], entities: Mapping[str, Entity]) -> list[JsonClass]:
    """The dataclasses of ``modules`` with the names of their members.

    Args:
        modules: The modules.
        entities: The dataclasses that those of the modules may extend, by their names.
    """
    return [item for module in modules for item in _classes(module, entities)]


def json_members(members: Iterable[Member]) -> tuple[JsonMember, ...]:
    """The names of ``members`` of one class or message."""
    return _named(members, set())


def _classes(module: JsonModule, entities: Mapping[str, Entity]) -> Iterator[JsonClass]:
    own = {**entities} | {item.class_name: item for item in module.entities}
    for entity in module.entities:
        lineage = [entity]
        while lineage[0].base:
            lineage.insert(0, own[lineage[0].base])
        taken: set[str] = set()
        for item in lineage:
            members = _named(item.members, taken)
            if item.brings_is_nil:
                members = (*members, _NIL)
        yield JsonClass(f"{module.path}.{entity.class_name}", members)
    for choice in module.choices:
        for alternative in choice.wrappers:
            value = (JsonMember("value", "value"),)
            yield JsonClass(f"{module.path}.{alternative.class_name}", value)
    for record in module.records:
        members = json_members([*record.members, *(item.member for item in record.attachments)])
        yield JsonClass(f"{module.path}.{record.class_name}", members)
    for headers in module.headers:
        members = json_members(header.member for header in headers.headers)
        yield JsonClass(f"{module.path}.{headers.class_name}", members)


def _named(members: Iterable[Member], taken: set[str]) -> tuple[JsonMember, ...]:
    found: list[JsonMember] = []
    for member in members:
        key = next(key for key in _keys(member) if key not in taken)
        taken.add(key)
        found.append(JsonMember(member.name, key))
    return tuple(found)


def _keys(member: Member) -> Iterator[str]:
    """The names that ``member`` may have, the plainest first. No name in XML has such marks."""
    if member.kind in _UNNAMED:
        yield from (member.name, f"#{member.name}")
        return
    mark = "@" if member.kind is Kind.ATTRIBUTE else ""
    yield member.tag.local
    yield f"{mark}{member.tag.local}"
    yield f"{mark}{member.tag.name}"
    yield from (f"{member.tag.local}#{number}" for number in count(2))
