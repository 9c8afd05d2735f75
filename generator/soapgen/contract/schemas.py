"""Schema components → the types and elements of a contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree
from xmlschema.validators import (
    XsdAnyElement,
    XsdComplexType,
    XsdElement,
    XsdGroup,
)

from .. import namespaces
from ..errors import LeftOut, Place, Repair, SourceError, UnsupportedError
from ..sources import Schema
from .builtins import SCALARS
from .components import (
    Components,
    appinfo,
    build_components,
    documentation_of,
    optional_qname,
    qname_of,
)
from .limits import LIMITS, deep_recursion
from .members import elements
from .model import (
    AnyParticle,
    ArrayType,
    Attribute,
    ChoiceType,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    MapType,
    Occurrence,
    Particle,
    QName,
    Type,
    TypeReference,
)
from .simple_types import SimpleTypes


def read_schemas(schemas: Sequence[Schema]) -> SchemaSet:
    """Build ``schemas`` together.

    Raises:
        SourceError: A schema is not valid, for instance because a type is not defined.
    """
    # .NET's exporter writes the serialization schema into every data contract, and only there.
    is_data_contract = any(item.namespace == namespaces.NET_SERIALIZATION for item in schemas)
    return SchemaSet(build_components(schemas), is_data_contract)


class SchemaSet:
    """The schemas of a contract: gives their types and global elements, and validates messages.

    Args:
        components: The components that xmlschema built from them.
        is_data_contract: Whether they follow .NET's data contract rules.
    """

    def __init__(self, components: Components, is_data_contract: bool) -> None:
        self._components = components
        self._is_data_contract = is_data_contract
        self._simple_types = SimpleTypes(components, self._reference, is_data_contract)
        # The anonymous types that are being read, to notice one that contains itself.
        self._open: list[Any] = []
        # Those that were read, each once: elements that refer to an element share its type.
        self._anonymous: dict[Any, Type] = {}
        # How many members each anonymous type has, with those of the anonymous types in it.
        self._sizes: dict[int, int] = {}
        self._elements: dict[QName, ElementParticle] = {}
        self._named: dict[QName, Type] = {}
        # The names of anonymous types that contain themselves.
        self._given: dict[Any, QName] = {}
        self._bases = {xsd_type.base_type for xsd_type in components.types.values()}
        self._in_circles: dict[Any, bool] = {}

    def types(self) -> dict[QName, Type]:
        """Every type that has a name, in the order of the names.

        These are the types that the schemas define and, under names that no schema can give, the
        choices of substitution groups and the anonymous types that contain themselves.
        """
        with deep_recursion():
            for name, xsd_type in sorted(self._components.types.items()):
                qname = qname_of(name)
                if not qname.is_builtin:
                    self._named[qname] = self._type(xsd_type)
        return dict(sorted(self._named.items()))

    def element(self, name: QName, place: Place) -> ElementParticle:
        """The global element ``name``, which ``place`` refers to.

        Raises:
            SourceError: No schema defines it.
        """
        element = self._components.elements.get(str(name))
        self._require_there("element", name)
        if element is None:
            raise SourceError(
                f"element {name} is not defined",
                place=place,
                hint="define it in a schema of the WSDL, or correct the name",
            )
        if name not in self._elements:
            with deep_recursion():
                self._elements[name] = self._element(element, self._reference(element.type))
        return self._elements[name]

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What of the schemas was mended."""
        return self._components.repairs

    def left_out(self) -> tuple[LeftOut, ...]:
        """What is not there: definitions that need something absent, unreadable patterns."""
        return (*self._components.left_out.values(), *self._simple_types.left_out)

    def require_type(self, name: QName, place: Place) -> None:
        """Raise SourceError unless the schemas or XML Schema itself define the type ``name``.

        ``place`` is what refers to it.
        """
        if name not in SCALARS and str(name) not in self._components.types:
            self._require_there("type", name)
            raise SourceError(
                f"type {name} is not defined",
                place=place,
                hint="define it in a schema of the WSDL, or correct the name",
            )

    def _require_there(self, kind: str, name: QName) -> None:
        """Raise SourceError if the definition was left out because of something absent."""
        absent = self._components.left_out.get((kind, name))
        if absent is not None:
            raise SourceError(
                f"{absent.what} cannot be read: {absent.reason}",
                place=absent.place,
                hint="define or import what is missing",
            )

    def problems(
        self,
        element: etree._Element,
        most: int | None = None,
        declared: ElementParticle | None = None,
    ) -> list[str]:
        """The first ``most`` validation errors of ``element``.

        Args:
            element: A global element, or one that a binding makes of parts of a message.
            most: How many errors to give at most; None for all.
            declared: Its declaration, where no schema has one.
        """
        found: list[str] = []
        try:
            found.extend(islice(self._problems(element, declared), most))
        except Exception as error:  # an xsi:type that no schema defines is a KeyError, for example
            found.append(f"{element.tag} cannot be validated: {error}")
        return found

    def _problems(self, element: etree._Element, declared: ElementParticle | None) -> Iterator[str]:
        if element.tag in self._components.elements:
            # As a document of its own, it has every prefix that its xsi:type may use.
            text = etree.tostring(element, encoding="unicode", with_tail=False)
            for error in self._components.errors(text):
                yield f"{error.path}: {error.reason}"
        elif declared is not None and isinstance(declared.type, ComplexType):
            yield from self._problems_of_parts(element, declared.type)
        elif declared is not None and isinstance(declared.type, QName):
            yield from self._problems_of_type(element, declared.type)
        else:
            yield f"{element.tag} is not declared"

    def _problems_of_parts(self, element: etree._Element, type_: ComplexType) -> Iterator[str]:
        """The validation errors of the parts of a message in ``element``."""
        parts = [item for item in type_.content.particles if isinstance(item, ElementParticle)]
        expected = [str(part.name) for part in parts]
        children = list(element.iterchildren(etree.Element))
        if [child.tag for child in children] != expected:
            yield f"{element.tag} should contain {' '.join(expected) or 'nothing'}"
            return
        for child, part in zip(children, parts, strict=True):
            if isinstance(part.type, QName):
                yield from self._problems_of_type(child, part.type)

    def _problems_of_type(self, element: etree._Element, type_: QName) -> Iterator[str]:
        for error in self._components.errors_as(type_, element):
            yield f"{element.tag}: {error.reason}"

    def is_open(self, name: QName) -> bool:
        """Whether ``name`` is a type of wildcards alone: the schemas name none of its elements."""
        xsd_type = self._components.types.get(str(name))
        type_ = None if xsd_type is None else self._type(xsd_type)
        return (
            isinstance(type_, ComplexType)
            and type_.base is None
            and not type_.mixed
            and not type_.attributes
            and len(type_.content.particles) == 1
            and isinstance(type_.content.particles[0], AnyParticle)
        )

    def _place(self, component: Any) -> Place | None:
        return self._components.places.get(component.elem)

    def _reference(self, xsd_type: Any) -> TypeReference:
        if xsd_type.name:
            return qname_of(xsd_type.name)
        if xsd_type in self._anonymous:
            return self._anonymous[xsd_type]
        if xsd_type in self._open:
            self._given.setdefault(xsd_type, self._name_of_circle(xsd_type))
        if xsd_type in self._given:
            return self._given[xsd_type]
        if len(self._open) >= LIMITS.nested_types:
            raise UnsupportedError(
                f"more than {LIMITS.nested_types:,} anonymous types are within one another",
                place=self._place(xsd_type),
                hint="give the types names",
            )
        self._open.append(xsd_type)
        type_ = self._type(xsd_type)
        self._open.pop()
        given = self._given.get(xsd_type)
        if given is not None:
            self._named[given] = replace(type_, name=given)
            return given
        self._anonymous[xsd_type] = type_
        self._sizes[id(type_)] = self._size(type_)
        return type_

    def _name_of_circle(self, xsd_type: Any) -> QName:
        """A name for an anonymous type that contains itself: that of the element around it."""
        around = xsd_type.parent
        local = around.local_name if isinstance(around, XsdElement) else "type"
        found = 1 + sum(name.local.startswith(f"//{local}/") for name in self._given.values())
        return QName(xsd_type.target_namespace, f"//{local}/{found if found > 1 else ''}")

    def _size(self, type_: Type) -> int:
        """How many members ``type_`` has, with those of the anonymous types in it."""
        if not isinstance(type_, ComplexType):
            return 1
        members = list(elements(type_.content))
        size = len(type_.attributes) + len(members)
        size += sum(self._sizes.get(id(member.type), 0) for member in members)
        if size > LIMITS.members:
            raise UnsupportedError(
                f"a type has more than {LIMITS.members:,} members, with those of anonymous types "
                "in it",
                place=type_.place,
                hint="give the types of its elements names",
            )
        return size

    def _type(self, xsd_type: Any) -> Type:
        if isinstance(xsd_type, XsdComplexType):
            return self._complex_type(xsd_type)
        return self._simple_types.read(xsd_type)

    def _complex_type(self, xsd_type: XsdComplexType) -> Type:
        content = self._content(xsd_type)
        place = self._place(xsd_type)
        base = _base(xsd_type)
        is_plain = base is None and not xsd_type.attributes and not xsd_type.mixed
        if xsd_type.name and is_plain and xsd_type not in self._bases:
            container = self._container(xsd_type, content, place)
            if container is not None:
                return container
        simple = xsd_type.content if xsd_type.has_simple_content() else None
        return ComplexType(
            name=optional_qname(xsd_type.name),
            content=content,
            base=base,
            derivation=xsd_type.derivation or "" if base else "",
            attributes=tuple(self._attributes(xsd_type)),
            simple_content=None if simple is None else self._reference(simple),
            any_attribute=None in xsd_type.attributes,
            mixed=xsd_type.mixed,
            abstract=xsd_type.abstract,
            array=self._components.arrays.get(xsd_type.elem),
            data_contract=self._is_data_contract,
            documentation=documentation_of(xsd_type),
            place=place,
        )

    def _content(self, xsd_type: XsdComplexType) -> Group:
        """The type's own content, without what an extension inherits from its base."""
        content: Any = xsd_type.content
        if not isinstance(content, XsdGroup):
            return Group(Compositor.SEQUENCE)
        base: Any = xsd_type.base_type
        inherits = xsd_type.derivation == "extension" and _base(xsd_type) is not None
        if not inherits or not isinstance(base.content, XsdGroup) or not len(base.content):
            return self._group(content)
        # xmlschema joins both as sequence(base content, own content); an extension that adds
        # nothing has the content of its base.
        is_joined = len(content) > 1 and content is not base.content
        own = self._particles(content[1:]) if is_joined else ()
        if len(own) == 1 and isinstance(own[0], Group):
            return own[0]
        return Group(Compositor.SEQUENCE, own)

    def _container(
        self, xsd_type: XsdComplexType, content: Group, place: Place | None
    ) -> ArrayType | MapType | None:
        if len(content.particles) != 1 or content.occurrence != Occurrence():
            return None
        item = content.particles[0]
        if not isinstance(item, ElementParticle) or not item.occurrence.repeats:
            return None
        if self._contains_itself(xsd_type) or self._is_head(item.name) or item.default is not None:
            return None
        name = qname_of(xsd_type.name or "")
        if appinfo(xsd_type, "IsDictionary") == "true" and isinstance(item.type, ComplexType):
            pair = item.type.content.particles
            if len(pair) == 2:
                key, value = pair
                if isinstance(key, ElementParticle) and isinstance(value, ElementParticle):
                    return MapType(name, item.name, key, value, place)
        return ArrayType(name, item, place)

    def _group(self, group: XsdGroup) -> Group:
        return Group(
            Compositor(group.model),
            self._particles(group),
            _occurrence(group),
            group.local_name or "",
        )

    def _particles(self, items: Iterable[Any]) -> tuple[Particle, ...]:
        particles: list[Particle] = []
        for item in items:
            if item.max_occurs == 0:
                continue
            if isinstance(item, XsdElement):
                type_ = self._choice(item) if item.ref is not None else None
                particles.append(self._element(item, type_ or self._reference(item.type)))
            elif isinstance(item, XsdAnyElement):
                particles.append(_wildcard(item))
            elif isinstance(item, XsdGroup):
                particles.append(self._group(item))
        return tuple(particles)

    def _element(self, element: XsdElement, type_: TypeReference) -> ElementParticle:
        return ElementParticle(
            name=qname_of(element.name),
            type=type_,
            occurrence=_occurrence(element),
            nillable=bool(element.nillable),
            default=element.default if element.default is not None else element.fixed,
            is_fixed=element.fixed is not None,
            documentation=documentation_of(element),
            place=self._place(element),
        )

    def _is_head(self, name: QName) -> bool:
        """Whether other elements may or must take the place of the global element ``name``."""
        element = self._components.elements.get(str(name))
        return element is not None and (str(name) in self._components.heads or element.abstract)

    def _choice(self, element: XsdElement) -> QName | None:
        """The choice of the elements that may be in the place of ``element``, if it is a head."""
        head = qname_of(element.name)
        if not self._is_head(head):
            return None
        name = QName(head.namespace, f"//{head.local}/element")
        if name not in self._named:
            self._named[name] = ChoiceType(name, ())  # its elements may lead back to it
            members = self._components.substitutes(element.name)
            alternatives = tuple(
                replace(
                    self._element(member, self._reference(member.type)), occurrence=Occurrence()
                )
                for member in members
                if not member.abstract
            )
            self._named[name] = ChoiceType(name, alternatives, place=self._place(element))
        return name

    def _attributes(self, xsd_type: XsdComplexType) -> Iterator[Attribute]:
        """The attributes that an extension adds; of any other type, all that it has."""
        extends = xsd_type.derivation == "extension" and _base(xsd_type) is not None
        base: Any = xsd_type.base_type if extends else None
        inherited = {
            name
            for name, attribute in getattr(base, "attributes", {}).items()
            if name is None or attribute.use != "prohibited"
        }
        for name, attribute in xsd_type.attributes.items():
            if name is None or name in inherited or attribute.use == "prohibited":
                continue
            default = attribute.default if attribute.default is not None else attribute.fixed
            yield Attribute(
                qname_of(name),
                self._reference(attribute.type),
                attribute.use == "required",
                default,
                attribute.fixed is not None,
                documentation_of(attribute),
            )

    def _contains_itself(self, xsd_type: Any) -> bool:
        """Whether a type consists of one element that, by way of such types, leads back to it."""
        known = self._in_circles
        way: list[Any] = []
        inner = xsd_type
        while inner is not None and inner not in known:
            way.append(inner)
            known[inner] = False
            inner = _only_type(inner)
        if inner in way:
            known |= dict.fromkeys(way[way.index(inner) :], True)
        return known[xsd_type]


def _only_type(xsd_type: Any) -> Any:
    """The type of the only element that a type consists of; None for any other type."""
    content: Any = xsd_type.content if isinstance(xsd_type, XsdComplexType) else None
    if not isinstance(content, XsdGroup) or len(content) != 1:
        return None
    (item,) = content
    return item.type if isinstance(item, XsdElement) else None


def _occurrence(component: Any) -> Occurrence:
    return Occurrence(component.min_occurs, component.max_occurs)


def _base(xsd_type: XsdComplexType) -> QName | None:
    base: Any = xsd_type.base_type
    if base is None or not base.name or not isinstance(base, XsdComplexType):
        return None
    name = qname_of(base.name)
    return None if name == QName(namespaces.XSD, "anyType") else name


def _wildcard(item: XsdAnyElement) -> AnyParticle:
    """A wildcard with the namespaces that it stands for (XSD part 1, 3.10.1)."""
    occurrence, is_strict = _occurrence(item), item.process_contents == "strict"
    if "##any" in item.namespace:
        return AnyParticle((), True, is_strict, occurrence)
    if "##other" in item.namespace:
        return AnyParticle(("", item.target_namespace), True, is_strict, occurrence)
    return AnyParticle(tuple(sorted(item.namespace)), False, is_strict, occurrence)
