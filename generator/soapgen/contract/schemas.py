"""Schema components → the named types and elements of a contract; is a message valid by them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from xmlschema.validators import (
    XsdComplexType,
    XsdElement,
)

from .. import namespaces
from ..errors import LeftOut, Place, Repair, SourceError, UnsupportedError
from ..sources import Schema
from .builtins import SCALARS
from .complex_types import ComplexTypes
from .components import (
    Components,
    build_components,
    qname_of,
)
from .limits import LIMITS, deep_recursion
from .members import elements
from .model import (
    AnyParticle,
    ComplexType,
    ElementParticle,
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
        self._simple_types = SimpleTypes(components, self._reference, is_data_contract)
        self._complex_types = ComplexTypes(components, self._reference, is_data_contract)
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
        return dict(sorted((self._named | self._complex_types.choices).items()))

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
                self._elements[name] = self._complex_types.element(
                    element, self._reference(element.type)
                )
        return self._elements[name]

    def empty_elements(self) -> tuple[QName, ...]:
        """The first element of each namespace that is valid with nothing in it.

        None where no wildcard that was read wants an element which is declared.
        """
        if not self._complex_types.wants_declared:
            return ()
        found: dict[str, QName] = {}
        for name in map(qname_of, sorted(self._components.elements)):
            # Those of XML Schema itself are there as well: xmlschema reads schemas by them.
            if name.namespace and not name.is_builtin and name.namespace not in found:
                text = f"<{name.local} xmlns={quoteattr(name.namespace)}/>"
                if not any(self._components.errors(text)):
                    found[name.namespace] = name
        return tuple(found.values())

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
            return self._complex_types.read(xsd_type)
        return self._simple_types.read(xsd_type)
