"""Valid instances of random schemas, by walking the model that the schemas were written from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st
from lxml import etree

from .random_model import (
    Complex,
    Element,
    Group,
    Particle,
    Schemas,
    Simple,
    Times,
    Use,
    Wildcard,
    prefix,
    tag,
    uses,
)

T = TypeVar("T")

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_DEEP, _TOO_DEEP = 4, 12
_TEXTS = ["x", " ", "<&>", "\n "]


class Impossible(Exception):
    """There is no valid instance of what was to be written, or only one without end."""


class InstanceMaker:
    """Makes elements of what it draws; the first choice is the simplest one."""

    def __init__(self, draw: st.DrawFn, schemas: Schemas) -> None:
        self._draw = draw
        self._schemas = schemas
        # The elements in the content of each element that is being made.
        self._open: list[list[Use]] = []
        self._scope: dict[str, str] = {"xsi": _XSI}
        self._scope |= {prefix(name): name for name in schemas.qualified if name}

    def root(self, element: Element) -> etree._Element:
        """A valid element for a global declaration."""
        return self._element(element, 0)

    def _pick(self, several: Sequence[T]) -> T:
        return several[self._draw(st.integers(0, len(several) - 1))]

    def _rarely(self, once_in: int) -> bool:
        return self._draw(st.integers(0, once_in - 1)) == once_in - 1

    def _element(self, declared: Element, depth: int) -> etree._Element:
        if depth > _TOO_DEEP:
            raise Impossible
        element = etree.Element(declared.tag, nsmap=self._scope)
        type_ = declared.type
        if isinstance(type_, Complex):
            possible = self._schemas.derived(type_)
            if not possible:
                raise Impossible
            chosen = possible[0] if depth > _DEEP else self._pick(possible)
            if chosen is not type_:
                name = f"{prefix(chosen.namespace)}:{chosen.name}".removeprefix(":")
                element.set(f"{{{_XSI}}}type", name)
            type_ = chosen
            self._set_attributes(element, type_)
        # A nil element of a class has no place for attributes in its Python value, which is None.
        is_bare = isinstance(type_, Simple) or type_.simple is not None or not element.attrib
        if declared.nillable and not declared.is_fixed and is_bare and self._rarely(3):
            element.set(f"{{{_XSI}}}nil", "true")
        elif isinstance(type_, Simple):
            self._set_text(element, type_, declared)
        elif type_.simple is not None:
            self._set_text(element, type_.simple, declared)
        else:
            self._fill(element, type_, depth)
        return element

    def _set_text(self, element: etree._Element, type_: Simple, declared: Element) -> None:
        if declared.value is not None and (declared.is_fixed or self._rarely(2)):
            element.text = self._pick(["", declared.value])
        else:
            element.text = self._pick(type_.texts)

    def _set_attributes(self, element: etree._Element, type_: Complex) -> None:
        for name, attribute in type_.all_attributes.items():
            if attribute.use == "required" or self._rarely(2):
                fixed = attribute.value if attribute.is_fixed else None
                element.set(name, self._pick(attribute.type.texts) if fixed is None else fixed)
        for constraint in type_.wildcards:
            names = ["{urn:x}x", "{urn:x}a"] if constraint != "##local" else ["free"]
            names += ["free"] if constraint == "##any" else []
            for name in names:
                if self._rarely(2):
                    element.set(name, self._pick(["x", "<\"'&\n\t>"]))

    def _fill(self, element: etree._Element, type_: Complex, depth: int) -> None:
        self._open.append([item for group in type_.contents for item in uses(group)])
        for group in type_.contents:
            element.extend(self._particle(group, depth))
        self._open.pop()
        if type_.mixed and self._rarely(2):
            element.text = self._pick(_TEXTS)
        for child in element if type_.mixed else ():
            if self._rarely(2):
                child.tail = self._pick(_TEXTS)

    def _particle(self, item: Particle, depth: int) -> Iterator[etree._Element]:
        for _ in range(self._count(item.times, depth)):
            if isinstance(item, Use):
                yield self._used(item, depth)
            elif isinstance(item, Wildcard):
                yield self._left_open(item, depth)
            elif item.kind == "choice":
                branches = item.items
                branch = self._pick(branches) if depth <= _DEEP else _shallowest(branches)
                yield from self._particle(branch, depth)
            else:
                for inner in self._ordered(item):
                    yield from self._particle(inner, depth)

    def _ordered(self, group: Group) -> list[Particle]:
        is_turned = group.kind == "all" and self._rarely(3)
        return group.items[::-1] if is_turned else group.items

    def _count(self, times: Times, depth: int) -> int:
        low, high = times
        most = low + 2 if high is None else min(high, low + 2)
        return low if depth > _DEEP else self._draw(st.integers(low, most))

    def _used(self, use: Use, depth: int) -> etree._Element:
        element = use.element
        if element.is_global:
            possible = self._schemas.substitutes(element)
            if not possible:
                raise Impossible
            element = possible[0] if depth > _DEEP else self._pick(possible)
        return self._element(element, depth + 1)

    def _left_open(self, wildcard: Wildcard, depth: int) -> etree._Element:
        """An element in the place of a wildcard.

        It is one that no schema declares, or one that has the name and the type of another in the
        same content: of an element that has the name alone, nobody can tell that it is not it.
        """
        namespaces = wildcard.choices
        named = [
            item.element
            for item in self._open[-1]
            if item.element.namespace in namespaces and not item.element.is_global
        ]
        if named and depth <= _DEEP and self._rarely(3):
            return self._element(self._pick(named), depth + 1)
        element = etree.Element(tag(self._pick(namespaces), "unknown"), nsmap={"x": "urn:x"})
        content = self._pick(["", "text", "<>&", "child"])
        if content == "child":
            child = etree.SubElement(element, "{urn:x}inner")
            child.set("a", "1")
            child.tail = "tail"
        else:
            element.text = content
        return element


def _shallowest(branches: Sequence[Particle]) -> Particle:
    return min(branches, key=lambda item: item.times[0])
