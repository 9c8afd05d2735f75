"""Complex types and elements as xmlschema built them → those of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from xmlschema.validators import XsdAnyElement, XsdComplexType, XsdElement, XsdGroup

from .. import namespaces
from ..errors import Place
from .components import Components, appinfo, documentation_of, optional_qname, qname_of
from .default_texts import default_text
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


class ComplexTypes:
    """Reads complex types and elements.

    Args:
        components: The components that xmlschema built.
        reference: Gives the name of a named type, or an anonymous type itself.
        is_data_contract: Whether they follow .NET's data contract rules.
    """

    def __init__(
        self,
        components: Components,
        reference: Callable[[Any], TypeReference],
        is_data_contract: bool,
    ) -> None:
        self._components = components
        self._reference = reference
        self._is_data_contract = is_data_contract
        self._bases = {xsd_type.base_type for xsd_type in components.types.values()}
        self._in_circles: dict[Any, bool] = {}
        #: The choices of substitution groups that were met, by names that no schema can give.
        self.choices: dict[QName, Type] = {}
        #: Whether a wildcard that was read wants an element which is declared.
        self.wants_declared = False

    def read(self, xsd_type: XsdComplexType) -> ComplexType | ArrayType | MapType:
        """The type of the model for ``xsd_type``."""
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
                particles.append(self.element(item, type_ or self._reference(item.type)))
            elif isinstance(item, XsdAnyElement):
                particles.append(_wildcard(item))
                self.wants_declared |= item.process_contents == "strict"
            elif isinstance(item, XsdGroup):
                particles.append(self._group(item))
        return tuple(particles)

    def element(self, element: XsdElement, type_: TypeReference) -> ElementParticle:
        """An element of the type ``type_``."""
        return ElementParticle(
            name=qname_of(element.name),
            type=type_,
            occurrence=_occurrence(element),
            nillable=bool(element.nillable),
            default=default_text(element),
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
        if name not in self.choices:
            self.choices[name] = ChoiceType(name, ())  # its elements may lead back to it
            members = self._components.substitutes(element.name)
            alternatives = tuple(
                replace(self.element(member, self._reference(member.type)), occurrence=Occurrence())
                for member in members
                if not member.abstract
            )
            self.choices[name] = ChoiceType(name, alternatives, place=self._place(element))
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
            yield Attribute(
                qname_of(name),
                self._reference(attribute.type),
                attribute.use == "required",
                default_text(attribute),
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

    def _place(self, component: Any) -> Place | None:
        return self._components.places.get(component.elem)


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
    is_strict, is_skipped = (item.process_contents == word for word in ("strict", "skip"))
    others = (is_strict, _occurrence(item), is_skipped)
    if "##any" in item.namespace:
        return AnyParticle((), True, *others)
    if "##other" in item.namespace:
        return AnyParticle(("", item.target_namespace), True, *others)
    return AnyParticle(tuple(sorted(item.namespace)), False, *others)
