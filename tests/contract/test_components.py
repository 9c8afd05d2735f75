"""Each component that xmlschema built, and that a message reaches, is in the plan or refused.

The components are walked here without soapgen: what it does not look at, it would lose in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from soapgen.errors import SoapgenError
from soapgen.plan import Family
from soapgen.plan.types import Functions
from xmlschema.validators import XsdAnyElement

from tests.support.packages import planned
from tests.support.paths import ECHO, SHAPES, SHOP, WSDL, corpus
from tests.support.schemas import schema_of

XS = "http://www.w3.org/2001/XMLSchema"


def reached(schema: Any, names: set[str]) -> Iterator[Any]:
    """The types that the elements ``names`` reach, each once, derived ones included."""
    everything = list(schema.maps.types.values())
    waiting = [schema.maps.elements[name].type for name in names]
    seen: set[int] = set()
    while waiting:
        type_ = waiting.pop()
        if type_ is None or id(type_) in seen or (type_.name or "").startswith(f"{{{XS}}}"):
            continue
        seen.add(id(type_))
        yield type_
        waiting += [other for other in everything if other.base_type is type_]
        waiting.append(type_.base_type)
        waiting += [item.type for item in particles(type_) if not isinstance(item, XsdAnyElement)]
        waiting += getattr(type_, "member_types", None) or ()
        waiting.append(getattr(type_, "item_type", None))


def particles(type_: Any) -> list[Any]:
    """The elements and wildcards in the content of ``type_``."""
    content: Any = getattr(type_, "content", None)
    return list(content.iter_elements()) if hasattr(content, "iter_elements") else []


def missing(wsdl: Path, plan: Family) -> list[str]:
    """What the messages of ``wsdl`` reach, and ``plan`` has not."""
    schema = schema_of(wsdl)
    modules: list[Any] = [*plan.packages, *plan.shared]
    functions = [one for module in modules for one in (module.written, module.read)]
    bodies = [
        tag.name
        for package in plan.packages
        for operation in package.operations
        for message in (operation.request, operation.response)
        if message is not None
        for tag in message.tags()
    ]
    everywhere = {*bodies, *(tag.name for one in functions for tag in one.tags())}
    entities = {entity.xml_name: entity for one in functions for entity in one.entities}
    values = {
        member.value
        for module in modules
        for enumeration in module.enumerations
        for member in enumeration.members
    }
    found = []
    for type_ in reached(schema, {name for name in bodies if name in schema.maps.elements}):
        entity = entities.get(type_.local_name or "")
        members = {member.tag.name for member in entity.all_members} if entity else everywhere
        for item in particles(type_):
            if isinstance(item, XsdAnyElement) or item.name not in members:
                found.append(f"{type_.name}: {item.name or 'a wildcard'}")
        if type_.is_complex():
            found += [f"{type_.name}: attribute {name}" for name in type_.attributes if name]
        else:
            listed = type_.enumeration or ()
            found += [f"{type_.name}: {text}" for text in listed if text not in values]
    return found


CONTRACTS = [
    SHAPES,
    ECHO,
    *sorted(SHOP.glob("*.wsdl")),
    WSDL / "EMail.wsdl",
    WSDL / "SoPrincipal.wsdl",
]


@pytest.mark.parametrize("wsdl", CONTRACTS, ids=lambda path: path.stem)
def test_nothing_that_messages_reach_is_dropped(wsdl: Path) -> None:
    assert missing(wsdl, planned(wsdl, name="package", server=True)) == []


@pytest.mark.slow
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


def test_a_member_that_is_dropped_is_found() -> None:
    plan = planned(SHAPES, name="package", server=True)
    (package,) = plan.packages
    entity = max(package.written.entities, key=lambda each: len(each.all_members))
    lost = replace(entity, all_members=entity.all_members[1:])

    def without(functions: Functions) -> Functions:
        names = [lost if each.xml_name == lost.xml_name else each for each in functions.entities]
        return replace(functions, entities=tuple(names))

    changed = replace(package, written=without(package.written), read=without(package.read))
    (found,) = {*missing(SHAPES, replace(plan, packages=(changed,)))}
    assert found.endswith(entity.all_members[0].tag.name)
