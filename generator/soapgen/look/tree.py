"""A type or an element of a contract → its members as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..contract.model import (
    AnyParticle,
    ArrayType,
    Attribute,
    ChoiceType,
    ComplexType,
    Compositor,
    ElementParticle,
    EnumType,
    Group,
    ListType,
    MapType,
    Occurrence,
    Particle,
    QName,
    ScalarType,
    Type,
    TypeReference,
    UnionType,
)

Types = Mapping[QName, Type]
Branch = dict[str, Any]


def element_tree(element: ElementParticle, types: Types, opened: set[QName]) -> Branch:
    """An element with its members; a type that is among ``opened`` is not opened again."""
    branch: Branch = {
        "name": element.name.local,
        "type": type_shown(element.type),
        "occurs": occurs(element.occurrence),
        "nillable": element.nillable,
        "documentation": element.documentation,
    }
    if element.default is not None:
        branch["fixed" if element.is_fixed else "default"] = element.default
    return branch | _content(element.type, types, opened)


def type_tree(type_: TypeReference, types: Types) -> Branch:
    """The members and values of a type."""
    return _content(type_, types, set())


def _content(reference: TypeReference, types: Types, opened: set[QName]) -> Branch:
    if isinstance(reference, QName):
        if reference in opened:
            return {"again": True}
        if reference in types:
            opened.add(reference)
    type_ = types.get(reference) if isinstance(reference, QName) else reference
    branch: Branch = {}
    if isinstance(type_, EnumType):
        branch["values"] = [value.value for value in type_.values]
    elif type_ is not None and (members := list(_members(type_, types, opened))):
        branch["members"] = members
    return branch


def _members(type_: Type, types: Types, opened: set[QName]) -> Iterator[Branch]:
    if isinstance(type_, ComplexType):
        base = types.get(type_.base) if type_.base and not type_.is_restriction else None
        if base is not None:
            yield from _members(base, types, opened)
        if type_.simple_content is not None:
            yield {"name": "(text)", "type": type_shown(type_.simple_content), "occurs": "1"}
        yield from _particles(type_.content, types, opened)
        yield from (_attribute(item, types, opened) for item in type_.attributes)
        if type_.any_attribute:
            yield {"name": "(any attribute)", "type": "", "occurs": "0..n"}
    elif isinstance(type_, ArrayType):
        yield element_tree(type_.item, types, opened)
    elif isinstance(type_, MapType):
        yield element_tree(type_.key, types, opened)
        yield element_tree(type_.value, types, opened)
    elif isinstance(type_, ChoiceType):
        yield from (element_tree(item, types, opened) for item in type_.alternatives)
    elif isinstance(type_, ListType):
        yield {"name": "(item)", "type": type_shown(type_.item), "occurs": "0..n"} | _content(
            type_.item, types, opened
        )
    elif isinstance(type_, UnionType):
        for member in type_.members:
            branch = {"name": "(either)", "type": type_shown(member), "occurs": "1"}
            yield branch | _content(member, types, opened)


def _particles(particle: Particle, types: Types, opened: set[QName]) -> Iterator[Branch]:
    if isinstance(particle, ElementParticle):
        yield element_tree(particle, types, opened)
    elif isinstance(particle, AnyParticle):
        yield {"name": "(any element)", "type": "", "occurs": occurs(particle.occurrence)}
    else:
        inner = [item for part in particle.particles for item in _particles(part, types, opened)]
        if _is_plain(particle):
            yield from inner
        elif inner:
            name = f"({particle.compositor})"
            times = occurs(particle.occurrence)
            yield {"name": name, "type": "", "occurs": times, "members": inner}


def _is_plain(group: Group) -> bool:
    """Whether its members are those of the type itself."""
    return group.compositor is not Compositor.CHOICE and group.occurrence == Occurrence()


def _attribute(attribute: Attribute, types: Types, opened: set[QName]) -> Branch:
    branch: Branch = {
        "name": f"@{attribute.name.local}",
        "type": type_shown(attribute.type),
        "occurs": "1" if attribute.required else "0..1",
        "documentation": attribute.documentation,
    }
    if attribute.default is not None:
        branch["fixed" if attribute.is_fixed else "default"] = attribute.default
    return branch | _content(attribute.type, types, opened)


def occurs(occurrence: Occurrence) -> str:
    """How often something occurs: ``1``, ``0..1``, ``0..n``."""
    maximum = "n" if occurrence.maximum is None else str(occurrence.maximum)
    minimum = str(occurrence.minimum)
    return minimum if minimum == maximum else f"{minimum}..{maximum}"


def type_shown(reference: TypeReference) -> str:
    """What a type is called; a built-in one with a prefix."""
    if isinstance(reference, QName):
        return f"xs:{reference.local}" if reference.is_builtin else reference.local
    if isinstance(reference, ScalarType | EnumType) and reference.builtin is not None:
        return f"xs:{reference.builtin.local}"
    return reference.name.local if isinstance(reference, ChoiceType | ArrayType | MapType) else ""


def tree_lines(branch: Branch, depth: int = 1) -> Iterator[str]:
    """The members and values in a tree, a line each."""
    indent = "  " * depth
    for member in branch.get("members", ()):
        facts = [member["type"], "" if member["occurs"] == "1" else member["occurs"]]
        facts += ["nillable"] if member.get("nillable") else []
        facts += [f"{key} {member[key]!r}" for key in ("default", "fixed") if key in member]
        facts += ["as above"] if member.get("again") else []
        told = ", ".join(filter(None, facts))
        line = f"{indent}{member['name']}" + (f": {told}" if told else "")
        yield line + (
            f"  # {_line(member['documentation'])}" if member.get("documentation") else ""
        )
        yield from tree_lines(member, depth + 1)
    if branch.get("values"):
        yield f"{indent}one of {' '.join(branch['values'])}"


def _line(text: str) -> str:
    return " ".join(text.split())
