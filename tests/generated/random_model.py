"""Schemas as data for random tests, and as documents of XML Schema.

This model knows nothing of soapgen's: what is wrong there must not be wrong here as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

Times: TypeAlias = tuple[int, int | None]
"""How often something may occur, at least and at most; None for any number."""

ONCE: Times = (1, 1)


@dataclass(eq=False)
class Simple:
    """A simple type, and texts that are valid for it.

    ``body`` is what is in its definition; of one that narrows the text of a complex type, facets.
    """

    texts: tuple[str, ...]
    name: str = ""
    namespace: str = ""
    body: str = ""
    is_builtin: bool = False


@dataclass(eq=False)
class Attribute:
    """An attribute; ``use`` may be ``prohibited``. ``value`` is its default or fixed value."""

    name: str
    type: Simple
    namespace: str = ""
    use: str = "optional"
    value: str | None = None
    is_fixed: bool = False


@dataclass(eq=False)
class Attributes:
    """A named group of attributes."""

    name: str
    namespace: str
    items: list[Attribute]


@dataclass(eq=False)
class Element:
    """An element's declaration. ``owner`` is the namespace of its schema, ``namespace`` its own."""

    name: str
    owner: str
    type: Type
    namespace: str = ""
    nillable: bool = False
    value: str | None = None
    is_fixed: bool = False
    is_global: bool = False
    abstract: bool = False
    head: Element | None = None

    @property
    def tag(self) -> str:
        """Its name in a message, as lxml writes it."""
        return tag(self.namespace, self.name)


@dataclass(eq=False)
class Use:
    """An element where it may occur."""

    element: Element
    times: Times = ONCE


@dataclass(eq=False)
class Wildcard:
    """A wildcard in a schema of the namespace ``owner``."""

    namespaces: str
    owner: str
    process: str = "lax"
    times: Times = ONCE

    @property
    def choices(self) -> list[str]:
        """Namespaces that it admits."""
        known = {
            "##any": ["urn:x", "", self.owner],
            "##other": ["urn:x"],
            "##local": [""],
            "##targetNamespace": [self.owner],
        }
        return [name for each in self.namespaces.split() for name in known.get(each, [each])]


@dataclass(eq=False)
class Group:
    """A sequence, a choice or an all; a named one has the namespace of its schema."""

    kind: str
    items: list[Particle]
    times: Times = ONCE
    name: str = ""
    namespace: str = ""


Particle: TypeAlias = Use | Wildcard | Group


@dataclass(eq=False)
class Complex:
    """A complex type; ``simple`` is the type of its text, if it has simple content."""

    namespace: str
    name: str = ""
    base: Complex | None = None
    derivation: str = ""
    content: Group | None = None
    simple: Simple | None = None
    attributes: list[Attribute] = field(default_factory=list)
    groups: list[Attributes] = field(default_factory=list)
    any_attribute: str = ""
    mixed: bool = False
    abstract: bool = False

    @property
    def contents(self) -> list[Group]:
        """All content, what an extension inherits first."""
        inherited = self.base.contents if self.base and self.derivation == "extension" else []
        return [*inherited, *([] if self.content is None else [self.content])]

    @property
    def all_attributes(self) -> dict[str, Attribute]:
        """The attributes that there may be, by their names."""
        found = {} if self.base is None else self.base.all_attributes
        for item in [*self.attributes, *(item for group in self.groups for item in group.items)]:
            found[tag(item.namespace, item.name)] = item
        return {name: item for name, item in found.items() if item.use != "prohibited"}

    @property
    def wildcards(self) -> list[str]:
        """The namespaces of attributes of any name that there may be."""
        inherited = self.base.wildcards if self.base and self.derivation == "extension" else []
        return [*inherited, *([self.any_attribute] if self.any_attribute else [])]

    def is_derived_from(self, other: Complex) -> bool:
        """Whether it is ``other``, or extends or restricts it."""
        return self is other or (self.base is not None and self.base.is_derived_from(other))


Type: TypeAlias = Simple | Complex


@dataclass(eq=False)
class Schemas:
    """What several schemas define; ``qualified`` says which give their elements a namespace."""

    qualified: dict[str, bool]
    simples: list[Simple] = field(default_factory=list)
    types: list[Complex] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    attributes: list[Attributes] = field(default_factory=list)

    def derived(self, type_: Complex) -> list[Complex]:
        """``type_`` and the named types that are derived from it, but for abstract ones."""
        named = [item for item in self.types if item.is_derived_from(type_) and item is not type_]
        return [item for item in [type_, *named] if not item.abstract]

    def substitutes(self, element: Element) -> list[Element]:
        """``element`` and those that may be in its place, but for abstract ones."""
        found = [element]
        for item in found:
            found += [other for other in self.elements if other.head is item]
        return [item for item in found if not item.abstract]

    def documents(self) -> dict[str, str]:
        """The schemas as XML, by the names of their files."""
        return {f"{prefix(name) or 'none'}.xsd": self._document(name) for name in self.qualified}

    def _document(self, namespace: str) -> str:
        lines: list[str] = []
        for other in self.qualified:
            if other != namespace:
                of = f' namespace="{other}"' if other else ""
                place = f"{prefix(other) or 'none'}.xsd"
                lines.append(f'  <xs:import{of} schemaLocation="{place}"/>')
        for simple in self.simples:
            if simple.namespace == namespace:
                lines.append(f'  <xs:simpleType name="{simple.name}">{simple.body}</xs:simpleType>')
        for attributes in self.attributes:
            if attributes.namespace == namespace:
                lines.append(f'  <xs:attributeGroup name="{attributes.name}">')
                lines += [_attribute(item, "    ") for item in attributes.items]
                lines.append("  </xs:attributeGroup>")
        for group in self.groups:
            if group.namespace == namespace:
                lines.append(f'  <xs:group name="{group.name}">')
                lines += self._group(group, namespace, "    ", is_definition=True)
                lines.append("  </xs:group>")
        for type_ in self.types:
            if type_.namespace == namespace:
                lines += self._complex(type_, "  ")
        for element in self.elements:
            if element.owner == namespace:
                lines += self._element(element, ONCE, "  ")
        target = f' targetNamespace="{namespace}"' if namespace else ""
        declared = "".join(f' xmlns:{prefix(item)}="{item}"' for item in self.qualified if item)
        form = ' elementFormDefault="qualified"' if self.qualified[namespace] else ""
        start = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"{declared}{target}{form}>'
        return "\n".join([start, *lines, "</xs:schema>", ""])

    def _complex(self, type_: Complex, indent: str) -> Iterator[str]:
        name = f' name="{type_.name}"' if type_.name else ""
        flags = ' mixed="true"' if type_.mixed else ""
        flags += ' abstract="true"' if type_.abstract else ""
        yield f"{indent}<xs:complexType{name}{flags}>"
        inner = [*self._content(type_, f"{indent}    ")]
        kind = "complexContent" if type_.simple is None else "simpleContent"
        if type_.base is None and type_.simple is None:
            yield from inner
        else:
            base: Type | None = type_.base or type_.simple
            assert base is not None
            derivation = type_.derivation or "extension"
            yield f'{indent}  <xs:{kind}><xs:{derivation} base="{_reference(base)}">'
            if type_.derivation == "restriction" and type_.simple is not None:
                yield f"{indent}    {type_.simple.body}"
            yield from inner
            yield f"{indent}  </xs:{derivation}></xs:{kind}>"
        yield f"{indent}</xs:complexType>"

    def _content(self, type_: Complex, indent: str) -> Iterator[str]:
        if type_.content is not None:
            yield from self._group(type_.content, type_.namespace, indent)
        for attribute in type_.attributes:
            yield _attribute(attribute, indent)
        for group in type_.groups:
            yield f'{indent}<xs:attributeGroup ref="{_qualified(group.namespace, group.name)}"/>'
        if type_.any_attribute:
            constraint = f'namespace="{type_.any_attribute}" processContents="lax"'
            yield f"{indent}<xs:anyAttribute {constraint}/>"

    def _group(
        self, group: Group, namespace: str, indent: str, *, is_definition: bool = False
    ) -> Iterator[str]:
        if group.name and not is_definition:
            reference = _qualified(group.namespace, group.name)
            yield f'{indent}<xs:group ref="{reference}"{_occurrence(group.times)}/>'
            return
        times = "" if is_definition else _occurrence(group.times)
        yield f"{indent}<xs:{group.kind}{times}>"
        for item in group.items:
            if isinstance(item, Group):
                yield from self._group(item, namespace, f"{indent}  ")
            elif isinstance(item, Wildcard):
                yield (
                    f'{indent}  <xs:any namespace="{item.namespaces}"'
                    f' processContents="{item.process}"{_occurrence(item.times)}/>'
                )
            elif item.element.is_global:
                reference = _qualified(item.element.namespace, item.element.name)
                yield f'{indent}  <xs:element ref="{reference}"{_occurrence(item.times)}/>'
            else:
                yield from self._element(item.element, item.times, f"{indent}  ")
        yield f"{indent}</xs:{group.kind}>"

    def _element(self, element: Element, times: Times, indent: str) -> Iterator[str]:
        flags = _occurrence(times)
        if not element.is_global and bool(element.namespace) != self.qualified[element.owner]:
            flags += f' form="{"qualified" if element.namespace else "unqualified"}"'
        flags += ' nillable="true"' if element.nillable else ""
        flags += ' abstract="true"' if element.abstract else ""
        flags += _value(element.value, element.is_fixed)
        if element.head is not None:
            head = _qualified(element.head.namespace, element.head.name)
            flags += f' substitutionGroup="{head}"'
        start = f'{indent}<xs:element name="{element.name}"'
        if isinstance(element.type, Simple) and not element.type.name:
            yield f"{start}{flags}><xs:simpleType>{element.type.body}</xs:simpleType></xs:element>"
        elif element.type.name:
            yield f'{start} type="{_reference(element.type)}"{flags}/>'
        elif isinstance(element.type, Complex):
            yield f"{start}{flags}>"
            yield from self._complex(element.type, f"{indent}  ")
            yield f"{indent}</xs:element>"


def uses(group: Group) -> Iterator[Use]:
    """The elements in ``group`` and in those within it."""
    for item in group.items:
        if isinstance(item, Group):
            yield from uses(item)
        elif isinstance(item, Use):
            yield item


def tag(namespace: str, name: str) -> str:
    """An expanded name as lxml writes it."""
    return f"{{{namespace}}}{name}" if namespace else name


def prefix(namespace: str) -> str:
    """The prefix of a namespace: what follows ``urn:``."""
    return namespace.removeprefix("urn:")


def _qualified(namespace: str, name: str) -> str:
    return f"{prefix(namespace)}:{name}" if namespace else name


def _reference(type_: Type) -> str:
    if isinstance(type_, Simple) and type_.is_builtin:
        return f"xs:{type_.name}"
    return _qualified(type_.namespace, type_.name)


def _attribute(item: Attribute, indent: str) -> str:
    flags = ' form="qualified"' if item.namespace else ""
    flags += f' use="{item.use}"' if item.use != "optional" else ""
    flags += _value(item.value, item.is_fixed)
    start = f'{indent}<xs:attribute name="{item.name}"'
    if item.type.name:
        return f'{start} type="{_reference(item.type)}"{flags}/>'
    return f"{start}{flags}><xs:simpleType>{item.type.body}</xs:simpleType></xs:attribute>"


def _occurrence(times: Times) -> str:
    low, high = times
    flags = "" if low == 1 else f' minOccurs="{low}"'
    return flags + ("" if high == 1 else f' maxOccurs="{"unbounded" if high is None else high}"')


def _value(value: str | None, is_fixed: bool) -> str:
    return "" if value is None else f" {'fixed' if is_fixed else 'default'}={quoteattr(value)}"
