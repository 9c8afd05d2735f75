"""Schemas → their components, built together by xmlschema."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import xmlschema
from lxml import etree
from xmlschema.validators import XsdGlobals, XsdUnion
from xmlschema.validators.builders import XsdBuilders

from .. import namespaces
from ..errors import LeftOut, Place, Repair, SourceError
from ..sources import Schema
from . import metaschema
from .assembly import Assembled, assemble
from .definitions import check_definitions
from .lexical import joined
from .limits import deep_recursion
from .meaningless import without_meaningless
from .model import ArrayOf, QName
from .prepared import Pattern, expand_names, must_be_expanded, prepare
from .references import KINDS, InvalidError, Key

_LONGEST_REASON = 300

# How many definitions may turn out not to be valid; for each of them, all is built again.
_MOST_INVALID = 10

# The schemas that the others are added to; none of them has their namespaces. The second has an
# element of any type, to validate what no schema declares.
_FIRST, _WHOLE = (
    f'<xs:schema xmlns:xs="{namespaces.XSD}" targetNamespace="urn:soapgen:{name}">'
    '<xs:element name="typed"/></xs:schema>'
    for name in ("first", "whole")
)
_TYPED = "{urn:soapgen:whole}typed"
_TYPE = f"{{{namespaces.XSI}}}type"


@dataclass(frozen=True, slots=True)
class Components:
    """The components that xmlschema built from some schemas.

    Attributes:
        types: The global types, by name in the form ``{namespace}local``.
        elements: The global elements, by name in the same form.
        heads: The elements that may take the place of each head (XSD part 1, 2.2.2.2).
        places: The place of each XML element of the schemas.
        patterns: The patterns of those XML elements that have some, which xmlschema does not know.
        arrays: What those of these elements that define arrays of SOAP's encoding consist of.
        schema: The schema that validates messages; None if there are no schemas.
        left_out: The definitions that are not built because something that they need is absent.
        repairs: What was mended.
    """

    types: Mapping[str, Any] = field(default_factory=dict)
    elements: Mapping[str, Any] = field(default_factory=dict)
    heads: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[Any, Place] = field(default_factory=dict)
    patterns: Mapping[Any, tuple[Pattern, ...]] = field(default_factory=dict)
    arrays: Mapping[Any, ArrayOf] = field(default_factory=dict)
    schema: Any = None
    left_out: Mapping[Key, LeftOut] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()

    def substitutes(self, head: str) -> list[Any]:
        """The global elements that may be in the place of ``head``, that one first.

        They are those of its substitution group and, in turn, of theirs (XSD part 1, 3.3.6).
        """
        found = {head: self.elements[head]}
        waiting = [head]
        while waiting:
            members = self.heads.get(waiting.pop(), ())
            for name, member in sorted((member.name, member) for member in members):
                if name not in found:
                    found[name] = member
                    waiting.append(name)
        return list(found.values())

    def errors(self, text: str) -> Iterator[Any]:
        """The validation errors of the XML in ``text``, as xmlschema reports them."""
        yield from self.schema.iter_errors(text)

    def errors_as(self, type_name: QName, element: etree._Element) -> Iterator[Any]:
        """The validation errors of ``element``, which no schema declares, as one of a type."""
        prefixes: Any = {**element.nsmap, "soapgen": type_name.namespace}
        root = etree.Element(_TYPED, nsmap=prefixes)
        root.set(_TYPE, f"soapgen:{type_name.local}")
        for name, value in element.items():
            root.set(name, value)
        root.text = element.text
        root.extend(copy.deepcopy(child) for child in element)
        yield from self.errors(etree.tostring(root, encoding="unicode"))


def build_components(schemas: Sequence[Schema]) -> Components:
    """Build the components of ``schemas`` together.

    Raises:
        SourceError: A schema is not valid, for instance because a type is not defined.
        UnsupportedError: A definition is too large.
    """
    invalid: dict[Key, InvalidError] = {}
    while True:
        try:
            return _built(assemble(schemas, _known(), invalid))
        except InvalidError as error:
            if error.key in invalid or len(invalid) >= _MOST_INVALID:
                raise
            invalid[error.key] = error


def _built(assembled: Assembled) -> Components:
    """The components of schemas that were put together; raises what ``build_components`` raises.

    Raises:
        InvalidError: A definition is not valid, without which the others may be.
    """
    schemas = list(assembled.schemas)
    check_definitions(schemas)
    prepared = [prepare(schema) for schema in schemas]
    repairs = list(assembled.repairs)
    # xmlschema checks the components in any case, the documents only if they are not valid.
    check = "skip"
    for number, (root, _) in enumerate(prepared):
        if metaschema.is_valid(root):
            continue
        schemas[number], mended = without_meaningless(schemas[number])
        repairs += mended
        prepared[number] = prepare(schemas[number])
        if not metaschema.is_valid(prepared[number][0]):
            check = "strict"
    # A schema is given definitions of another class only if its own are not kept by itself.
    first: Any = _Schema(_FIRST, build=False, allow="none", defuse="always")
    whole: Any = _Schema(_WHOLE, build=False, global_maps=first.maps)
    maps = _Definitions(whole, parent=first.maps.parent, settings=first.maps.settings)
    places: dict[Any, Place] = {}
    patterns: dict[Any, tuple[Pattern, ...]] = {}
    arrays: dict[Any, ArrayOf] = {}
    place: Place | None = None
    roots: list[tuple[Any, str]] = []
    try:
        with warnings.catch_warnings(), deep_recursion():
            warnings.simplefilter("ignore")  # imports without a location are intended
            for original, (root, origins) in zip(schemas, prepared, strict=True):
                place = Place(original.document.name)
                if check == "skip" and must_be_expanded(root):
                    expand_names(root, original)
                source = xmlschema.XMLResource(etree.tostring(root, encoding="unicode"))
                roots.append((source.root, original.namespace))
                for element, origin in zip(source.root.iter(), origins, strict=True):
                    places[element] = origin.place
                    if origin.patterns:
                        patterns[element] = origin.patterns
                    if origin.array is not None:
                        arrays[element] = origin.array
                schema = _Schema(
                    source,
                    namespace=original.namespace,
                    global_maps=maps,
                    validation=check,
                    build=False,
                )
                schema.validation = "strict"
            whole.build()
    except xmlschema.XMLSchemaParseError as error:
        message, place = _first_line(error.message), places.get(error.elem) or place
        hint = "define or import what is missing, or correct the schema"
        for schema_root, namespace in roots:
            for child in schema_root:
                if child.tag in KINDS and any(inner is error.elem for inner in child.iter()):
                    key = (KINDS[child.tag], QName(namespace, child.get("name", "")))
                    raise InvalidError(message, place=place, hint=hint, key=key) from error
        raise SourceError(message, place=place, hint=hint) from error
    except xmlschema.XMLSchemaException as error:
        raise SourceError(
            _first_line(str(error)), place=place, hint="correct the schema"
        ) from error
    except Exception as error:
        # A value that Python cannot hold, an odd expression: xmlschema has errors of its own for
        # most of what may be wrong with a schema, not for all of it.
        raise SourceError(
            f"the schema cannot be read: {type(error).__name__}: {_first_line(str(error))}",
            place=place,
            hint="correct the schema",
        ) from error
    heads = maps.substitution_groups
    return Components(
        maps.types,
        maps.elements,
        heads,
        places,
        patterns,
        arrays,
        whole,
        assembled.left_out,
        tuple(repairs),
    )


@cache
def _known() -> frozenset[Key]:
    """The definitions that xmlschema knows without a schema."""
    xmlschema.XMLSchema10.builtin_types()  # builds them
    meta: Any = xmlschema.XMLSchema10.meta_schema
    maps = meta.maps
    kinds = {
        "type": maps.types,
        "element": maps.elements,
        "attribute": maps.attributes,
        "group": maps.groups,
        "attributeGroup": maps.attribute_groups,
    }
    return frozenset((kind, qname_of(name)) for kind, named in kinds.items() for name in named)


class _Union(XsdUnion):
    """A union, which is not derived from xs:ID even if one of its member types is.

    So it may have a default or fixed value (XSD part 1, 3.3.6); xmlschema says that it may not.
    """

    def is_key(self) -> bool:
        """Whether it is derived from xs:ID."""
        return False


class _Schema(xmlschema.XMLSchema10):
    """A schema whose unions are of that class."""

    builders = XsdBuilders("1.0", union_class=_Union)


class _Definitions(XsdGlobals):
    """The components of all schemas, without those checks whose time grows with a square or worse.

    These are that a content model is unambiguous, for which each pair of its elements is compared,
    and that a restriction allows no more than its base. Neither matters to generated code: elements
    that come back are one list, and a restriction has the members of its base (decision 41).
    """

    def check(self, schemas: Any = None) -> None:
        """Check nothing more: the components have been built."""


def _first_line(message: str) -> str:
    """The first line of ``message``, if there is one, and not a whole document of it."""
    first = next(iter(message.strip().splitlines()), "no reason given").rstrip(":")
    return first if len(first) <= _LONGEST_REASON else f"{first[:_LONGEST_REASON]}…"


def qname_of(name: str) -> QName:
    """The name of a component, which xmlschema writes as ``{namespace}local``."""
    namespace, _, local = name.removeprefix("{").rpartition("}")
    return QName(namespace, local)


def optional_qname(name: str | None) -> QName | None:
    """The same; None for a component without a name."""
    return qname_of(name) if name else None


def documentation_of(component: Any) -> str:
    """The documentation of a component, or empty."""
    annotation = component.annotation
    if annotation is None:
        return ""
    return joined("".join(item.itertext()) for item in annotation.documentation)


def appinfo(component: Any, local: str) -> str | None:
    """The text of .NET's element ``local`` in the annotation of a component; None without it."""
    annotation = component.annotation
    if annotation is None:
        return None
    for info in annotation.appinfo:
        element = info.find(f"{{{namespaces.NET_SERIALIZATION}}}{local}")
        if element is not None:
            return (element.text or "").strip()
    return None
