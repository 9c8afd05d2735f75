"""Schemas → IR types. The only module that knows xmlschema."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import xmlschema
from lxml import etree
from xmlschema.validators import (
    XsdAnyElement,
    XsdAtomicRestriction,
    XsdComplexType,
    XsdElement,
    XsdGroup,
    XsdList,
    XsdUnion,
)

from .. import namespaces
from ..errors import Place, SourceError, UnsupportedError
from ..sources.documents import XSD, Schema
from . import metaschema
from .model import (
    AnyParticle,
    ArrayType,
    Attribute,
    ComplexType,
    Compositor,
    ElementParticle,
    EnumType,
    EnumValue,
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

# What the others are added to: a schema of a namespace that none of them has.
_EMPTY = f'<xs:schema xmlns:xs="{namespaces.XSD}" targetNamespace="urn:soapgen:empty"/>'

_SER = f"{{{namespaces.NET_SERIALIZATION}}}"


class SchemaSet:
    """All schemas of a contract, built once: its types, and its global elements on request."""

    def __init__(self, schemas: list[Schema]) -> None:
        """Build ``schemas`` together.

        Raises:
            SourceError: A schema is not valid, for instance because a type is not defined.
        """
        self._schemas = schemas
        self._places: dict[Any, Place] = {}
        self._open: list[Any] = []
        # .NET's exporter writes the serialization schema into every data contract, and only there.
        self._data_contract = any(
            schema.namespace == namespaces.NET_SERIALIZATION for schema in schemas
        )
        self._schema = self._build()
        self._maps = self._schema.maps if self._schema is not None else None

    def types(self) -> dict[QName, Type]:
        """Every named type that the schemas define, in the order of their names."""
        found: dict[QName, Type] = {}
        for name, xsd_type in sorted(self._maps.types.items() if self._maps else ()):
            qname = _qname(name)
            if not qname.is_builtin:
                found[qname] = self._type(xsd_type)
        return found

    def element(self, name: QName, place: Place) -> ElementParticle:
        """The global element ``name``, which ``place`` refers to.

        Raises:
            SourceError: No schema defines it.
        """
        element = self._maps.elements.get(str(name)) if self._maps else None
        if element is None:
            raise SourceError(
                f"element {name} is not defined",
                place=place,
                hint="define it in a schema of the WSDL, or correct the name",
            )
        return self._element(element)

    def has_type(self, name: QName) -> bool:
        """Whether ``name`` is a type that the schemas or XML Schema itself define."""
        return name.is_builtin or (self._maps is not None and str(name) in self._maps.types)

    def problems(self, element: etree._Element) -> list[str]:
        """What the schemas find wrong with ``element``, which must be a global one."""
        declared = self._maps.elements.get(element.tag) if self._maps else None
        if declared is None:
            return [f"{element.tag} is not declared"]
        # As a document of its own, the element has every prefix that its xsi:type may use.
        text = etree.tostring(element, encoding="unicode", with_tail=False)
        return [f"{error.path}: {error.reason}" for error in self._schema.iter_errors(text)]

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> Any:
        if not self._schemas:
            return None
        roots = [_detached(source) for source in self._schemas]
        # A document that is valid need not be checked again; whatever is built of it is.
        check = "skip" if all(map(metaschema.is_valid, roots)) else "strict"
        built: Any = xmlschema.XMLSchema10(_EMPTY, build=False, allow="none", defuse="always")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an import without a location is no problem here
                for source, root in zip(self._schemas, roots, strict=True):
                    schema = xmlschema.XMLSchema10(
                        etree.tostring(root, encoding="unicode"),
                        namespace=source.namespace,
                        global_maps=built.maps,
                        validation=check,
                        build=False,
                    )
                    schema.validation = "strict"
                    self._remember_lines(schema, source)
                built.build()
        except xmlschema.XMLSchemaParseError as error:
            raise SourceError(
                _first_line(error.message),
                place=self._places.get(error.elem) or self._schemas[0].document.place(),
                hint="define or import what is missing, or correct the schema",
            ) from error
        except xmlschema.XMLSchemaException as error:
            raise SourceError(
                _first_line(str(error)),
                place=self._schemas[0].document.place(),
                hint="correct the schema",
            ) from error
        return built

    def _remember_lines(self, schema: Any, source: Schema) -> None:
        """Note the line of each element: xmlschema keeps the tree, and not where it stood."""
        kept = (element for element in source.root.iter(etree.Element) if not _is_include(element))
        for element, original in zip(schema.source.root.iter(), kept, strict=True):
            self._places[element] = source.document.place(original)

    # --- components ----------------------------------------------------------------------------

    def _place(self, component: Any) -> Place | None:
        return self._places.get(component.elem)

    def _reference(self, xsd_type: Any) -> TypeReference:
        if xsd_type.name:
            return _qname(xsd_type.name)
        if xsd_type in self._open:
            raise UnsupportedError(
                "an anonymous type contains itself, which is not supported yet",
                place=self._place(xsd_type),
                hint="give the type a name",
            )
        self._open.append(xsd_type)
        try:
            return self._type(xsd_type)
        finally:
            self._open.pop()

    def _type(self, xsd_type: Any) -> Type:
        if isinstance(xsd_type, XsdComplexType):
            return self._complex_type(xsd_type)
        name = _optional_qname(xsd_type.name)
        place = self._place(xsd_type)
        if isinstance(xsd_type, XsdList):
            return ListType(
                name,
                self._reference(xsd_type.item_type),
                self._data_contract,
                _documentation(xsd_type),
                place,
            )
        if isinstance(xsd_type, XsdUnion):
            return UnionType(name, tuple(map(self._reference, xsd_type.member_types)), place)
        if xsd_type.enumeration is not None:
            return EnumType(
                name,
                tuple(_enum_values(xsd_type)),
                self._data_contract,
                _documentation(xsd_type),
                place,
            )
        return ScalarType(name, _builtin(xsd_type), place)

    def _complex_type(self, xsd_type: XsdComplexType) -> Type:
        content = self._content(xsd_type)
        place = self._place(xsd_type)
        base = _base(xsd_type)
        if xsd_type.name and base is None and not xsd_type.attributes and not xsd_type.mixed:
            container = self._container(xsd_type, content, place)
            if container is not None:
                return container
        simple = xsd_type.content if xsd_type.has_simple_content() else None
        return ComplexType(
            name=_optional_qname(xsd_type.name),
            content=content,
            base=base,
            derivation=xsd_type.derivation or "" if base else "",
            attributes=tuple(self._attributes(xsd_type)),
            simple_content=None if simple is None else self._reference(simple),
            mixed=xsd_type.mixed,
            abstract=xsd_type.abstract,
            data_contract=self._data_contract,
            documentation=_documentation(xsd_type),
            place=place,
        )

    def _content(self, xsd_type: XsdComplexType) -> Group:
        """The type's own content, without what an extension inherits from its base."""
        content: Any = xsd_type.content
        if not isinstance(content, XsdGroup):
            return Group(Compositor.SEQUENCE)
        particle = self._group(content)
        base: Any = xsd_type.base_type
        inherits = xsd_type.derivation == "extension" and _base(xsd_type) is not None
        if not inherits or not isinstance(base.content, XsdGroup) or not len(base.content):
            return particle
        # xmlschema joins both as sequence(base content, own content); an extension that adds
        # nothing has the content of its base.
        own = particle.particles[1:] if len(content) > 1 and content is not base.content else ()
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
        if _holds_itself(xsd_type):
            return None
        name = _qname(xsd_type.name or "")
        if _appinfo(xsd_type, "IsDictionary") == "true" and isinstance(item.type, ComplexType):
            pair = item.type.content.particles
            if len(pair) == 2:
                key, value = pair
                if isinstance(key, ElementParticle) and isinstance(value, ElementParticle):
                    return MapType(name, item.name, key, value, place)
        return ArrayType(name, item, place)

    def _group(self, group: XsdGroup) -> Group:
        particles: list[Particle] = []
        for item in group:
            if isinstance(item, XsdElement):
                particles.append(self._element(item))
            elif isinstance(item, XsdAnyElement):
                particles.append(
                    AnyParticle(" ".join(item.namespace), item.process_contents, _occurrence(item))
                )
            elif isinstance(item, XsdGroup):
                particles.append(self._group(item))
        return Group(Compositor(group.model), tuple(particles), _occurrence(group))

    def _element(self, element: XsdElement) -> ElementParticle:
        return ElementParticle(
            name=_qname(element.name),
            type=self._reference(element.type),
            occurrence=_occurrence(element),
            nillable=bool(element.nillable),
            default=element.default if element.default is not None else element.fixed,
            documentation=_documentation(element),
            place=self._place(element),
        )

    def _attributes(self, xsd_type: XsdComplexType) -> Iterator[Attribute]:
        for name, attribute in xsd_type.attributes.items():
            if name is None:
                continue
            yield Attribute(
                _qname(name),
                self._reference(attribute.type),
                attribute.use == "required",
                attribute.default,
                _documentation(attribute),
            )


def _holds_itself(xsd_type: Any) -> bool:
    """Whether a type that repeats one element has itself inside of that, and only that."""
    seen: list[Any] = []
    inner = xsd_type
    while isinstance(inner, XsdComplexType) and inner not in seen:
        seen.append(inner)
        content: Any = inner.content
        if not isinstance(content, XsdGroup) or len(content) != 1:
            return False
        (item,) = content
        inner = item.type if isinstance(item, XsdElement) else None
    return inner is xsd_type


def _detached(source: Schema) -> etree._Element:
    """The schema as a document of its own, which leads nowhere: all it needs is in the set."""
    # Serialising, unlike copying, keeps the prefixes that the WSDL around the schema declares.
    root = etree.fromstring(etree.tostring(source.root, with_tail=False))
    if root.get("targetNamespace") is None and source.namespace:
        prefixes: Any = {None: source.namespace} | root.nsmap
        adopting = etree.Element(root.tag, nsmap=prefixes)
        adopting.extend(list(root))
        for name, value in (*root.items(), ("targetNamespace", source.namespace)):
            adopting.set(name, value)
        root = adopting
    for element in filter(_is_include, list(root)):
        root.remove(element)
    for element in root.iterchildren(f"{XSD}import"):
        element.attrib.pop("schemaLocation", "")
    return root


def _is_include(element: etree._Element) -> bool:
    return element.tag == f"{XSD}include"


def _qname(name: str) -> QName:
    namespace, _, local = name.removeprefix("{").rpartition("}")
    return QName(namespace, local)


def _optional_qname(name: str | None) -> QName | None:
    return _qname(name) if name else None


def _occurrence(component: Any) -> Occurrence:
    return Occurrence(component.min_occurs, component.max_occurs)


def _base(xsd_type: XsdComplexType) -> QName | None:
    base: Any = xsd_type.base_type
    if base is None or not base.name or not isinstance(base, XsdComplexType):
        return None
    name = _qname(base.name)
    return None if name == QName(namespaces.XSD, "anyType") else name


def _builtin(xsd_type: Any) -> QName:
    """The built-in type that a simple type is derived from by restriction."""
    while not xsd_type.name or not _qname(xsd_type.name).is_builtin:
        if not isinstance(xsd_type, XsdAtomicRestriction):
            break
        xsd_type = xsd_type.base_type
    return _qname(xsd_type.name)


def _enum_values(xsd_type: Any) -> Iterator[EnumValue]:
    """The values in order, each with its number where the schema tells (or implies) one."""
    for facet in xsd_type.elem.iter(f"{XSD}enumeration"):
        number = facet.find(f"{XSD}annotation/{XSD}appinfo/{_SER}EnumerationValue")
        notes = facet.findall(f"{XSD}annotation/{XSD}documentation")
        yield EnumValue(
            facet.get("value", ""),
            None if number is None or not number.text else int(number.text),
            _joined("".join(note.itertext()) for note in notes),
        )


def _documentation(component: Any) -> str:
    annotation = component.annotation
    if annotation is None:
        return ""
    return _joined("".join(item.itertext()) for item in annotation.documentation)


def _appinfo(component: Any, local: str) -> str | None:
    annotation = component.annotation
    if annotation is None:
        return None
    for info in annotation.appinfo:
        found = info.find(_SER + local)
        if found is not None:
            return (found.text or "").strip()
    return None


def _joined(texts: Iterator[str]) -> str:
    """Documentation with its white space folded, a blank line between paragraphs."""
    paragraphs = [" ".join(paragraph.split()) for text in texts for paragraph in text.split("\n\n")]
    return "\n\n".join(filter(None, paragraphs))


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0].rstrip(":")
