"""Each component that xmlschema built, and that a message reaches, is in the plan or refused.

The components are walked here without soapgen: what it does not look at, it would lose in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import SoapgenError
from soapgen.plan import Family
from soapgen.plan.members import Choice, Kind, Member
from soapgen.plan.types import Functions
from xmlschema.validators import XsdAnyElement

from tests.support.packages import planned
from tests.support.paths import ECHO, FACETS, ORDERS, SHAPES, SHOP, TEXTS, WSDL, corpus
from tests.support.schemas import schema_of

XS = "http://www.w3.org/2001/XMLSchema"


def reached(schema: Any, names: set[str]) -> Iterator[Any]:
    """The types of the elements ``names`` and of all in them, and what may replace each."""
    derived: dict[int, list[Any]] = {}
    for type_ in schema.maps.types.values():
        derived.setdefault(id(type_.base_type), []).append(type_)
    waiting = [schema.maps.elements[name].type for name in names]
    seen: set[int] = set()
    while waiting:
        type_ = waiting.pop()
        if type_ is None or id(type_) in seen or (type_.name or "").startswith(f"{{{XS}}}"):
            continue
        seen.add(id(type_))
        yield type_
        waiting += derived.get(id(type_), [])
        waiting += [item.type for item in particles(type_) if not isinstance(item, XsdAnyElement)]
        attributes = type_.attributes.items() if type_.is_complex() else ()
        waiting += [attribute.type for name, attribute in attributes if name]
        waiting += getattr(type_, "member_types", None) or ()
        waiting.append(getattr(type_, "item_type", None))


def particles(type_: Any) -> list[Any]:
    """The elements and wildcards in the content of ``type_``."""
    content: Any = getattr(type_, "content", None)
    return list(content.iter_elements()) if hasattr(content, "iter_elements") else []


class Carried:
    """What a plan carries, found by the names in the contract."""

    def __init__(self, plan: Family) -> None:
        modules: list[Any] = [*plan.packages, *plan.shared]
        functions = [one for module in modules for one in (module.written, module.read)]
        self.bodies = {
            tag.name
            for package in plan.packages
            for operation in package.operations
            for message in (operation.request, operation.response)
            if message is not None
            for tag in message.tags()
        }
        self.tags = {*self.bodies, *(tag.name for one in functions for tag in one.tags())}
        self.entities = [entity for one in functions for entity in one.entities]
        self.choices = {item.class_name: item for one in functions for item in one.choices}
        self.texts = {
            member.value
            for module in modules
            for enumeration in module.enumerations
            for member in enumeration.members
        }
        members = [member for entity in self.entities for member in entity.all_members]
        self.documentation = " ".join(member.documentation for member in members)

    def members_of(self, type_: Any) -> list[Member]:
        """The members of the classes for ``type_``; of all classes if it has no name."""
        named = [one for one in self.entities if one.xml_name == type_.local_name]
        return [member for entity in named or self.entities for member in entity.all_members]

    def choices_of(self, members: list[Member]) -> list[Choice]:
        """The choices that ``members`` are of."""
        words = {word for member in members for word in re.findall(r"\w+", member.annotation)}
        return [choice for name, choice in self.choices.items() if name in words]


def missing(wsdl: Path, plan: Family) -> list[str]:
    """What the messages of ``wsdl`` reach, and ``plan`` has not."""
    schema = schema_of(wsdl)
    carried = Carried(plan)
    found = []
    for type_ in reached(schema, {name for name in carried.bodies if name in schema.maps.elements}):
        lost = lost_content(type_, carried) if type_.is_complex() else lost_texts(type_, carried)
        found += [f"{type_.name}: {what}" for what in lost]
    return found


def lost_content(type_: Any, carried: Carried) -> Iterator[str]:
    """What the complex type ``type_`` has, and its classes have not."""
    members = carried.members_of(type_)
    choices = carried.choices_of(members)
    kinds = {member.kind for member in members}
    is_class = any(entity.xml_name == type_.local_name for entity in carried.entities)
    names = {member.tag.name for member in members}
    names |= {one.tag.name for choice in choices for one in choice.alternatives}
    is_open = Kind.OPEN in kinds or any(member.is_open for member in members)
    is_open = is_open or any(choice.is_open for choice in choices)
    for item in particles(type_):
        if isinstance(item, XsdAnyElement):
            if not is_open:
                yield "a wildcard"
        elif item.abstract and not item.maps.substitution_groups.get(item.name):
            continue  # no element can be there
        elif item.name not in (names if is_class else carried.tags):
            yield item.name
    for name, attribute in type_.attributes.items():
        if name is None:
            if Kind.OPEN_ATTRIBUTES not in kinds:
                yield "a wildcard for attributes"
        elif attribute.use != "prohibited" and name not in names:
            yield f"attribute {name}"
    if type_.mixed and not kinds & {Kind.CONTENT, Kind.OPEN}:
        yield "its text between elements"
    if type_.has_simple_content() and Kind.TEXT not in kinds:
        yield "its text"


def lost_texts(type_: Any, carried: Carried) -> Iterator[str]:
    """The texts that the simple type ``type_`` lists, and no enumeration and no docstring has."""
    for listed in type_.elem.findall(f"{{{XS}}}restriction/{{{XS}}}enumeration"):
        text = listed.get("value")
        if text not in carried.texts and text not in carried.documentation:
            yield text


CONTRACTS = [
    ECHO,
    FACETS,
    ORDERS,
    SHAPES,
    TEXTS,
    *sorted(SHOP.glob("*.wsdl")),
    WSDL / "EMail.wsdl",
    WSDL / "SoPrincipal.wsdl",
]


@pytest.mark.slow
@pytest.mark.parametrize("wsdl", CONTRACTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_that_messages_reach_is_dropped(wsdl: Path) -> None:
    assert missing(wsdl, planned(wsdl, name="package", server=True)) == []


@pytest.mark.conformance
@pytest.mark.minutes
def test_nothing_of_contracts_from_elsewhere_is_dropped() -> None:
    carried = 0
    for wsdl in sorted((corpus() / "wild").glob("*/*.wsdl")):
        try:
            plan = planned(wsdl, name="package", server=True)
        except SoapgenError:
            continue
        carried += 1
        assert missing(wsdl, plan) == [], wsdl
    assert carried


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(Kind))
def test_a_member_that_is_dropped_is_found(kind: Kind) -> None:
    plan = planned(ORDERS, name="package", server=True)
    (package,) = plan.packages

    def without(functions: Functions) -> Functions:
        entities = [
            replace(one, all_members=tuple(m for m in one.all_members if m.kind is not kind))
            for one in functions.entities
        ]
        return replace(functions, entities=tuple(entities))

    changed = replace(package, written=without(package.written), read=without(package.read))
    assert missing(ORDERS, replace(plan, packages=(changed,)))
