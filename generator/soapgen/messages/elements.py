"""Elements of sample messages: valid by their types, as far as they can be, and indented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from xml.sax.saxutils import escape, quoteattr

from ..contract import (
    ANY_TYPE,
    Reach,
    Use,
    effective_attributes,
    effective_contents,
    element_uses,
    items_of,
    lineage,
)
from ..contract.model import (
    AnyParticle,
    ArrayType,
    Attribute,
    ChoiceType,
    ComplexType,
    Compositor,
    ElementParticle,
    Group,
    MapType,
    Particle,
    QName,
    ScalarType,
    Type,
    TypeReference,
)
from ..namespaces import SOAP_12_ENCODING, XML
from .values import sample_text

Lines = list[str]
TypesIn = dict[QName, list[Use]]

# The element that stands for a wildcard which wants one.
_ANY = "any"
_ANY_NAMESPACE = "urn:any"

# Types whose values refer to others: an optional one of these is left out of a sample.
_ID = frozenset({"ID"})
_NAMES = frozenset({"QName", "NOTATION"})
_REFERRING = frozenset({"IDREF", "IDREFS", "ENTITY", "ENTITIES", "NOTATION"})


class ElementSampler:
    """Writes samples of elements.

    Args:
        types: The named types of the contract.
        reach: The types of the elements.
        prefixes: The prefix of each namespace.
        timestamp: The value of every ``xs:dateTime``.
        count: Called with the depth of each element before it is written; it may refuse it.
        encoding: The namespace of the encoding that they are in; empty for literal messages.
        declared: Elements that may be empty, for wildcards that want one which is declared.
    """

    def __init__(
        self,
        types: Mapping[QName, Type],
        reach: Reach,
        prefixes: Mapping[str, str],
        timestamp: str,
        count: Callable[[int], None],
        encoding: str = "",
        declared: tuple[QName, ...] = (),
    ) -> None:
        self._named_types = types
        self._reach = reach
        self._prefixes = prefixes
        self._timestamp = timestamp
        self._count = count
        self._encoding = encoding
        self._declared = declared
        self._ids = 0
        # Each time would be a search: a message may have thousands of texts of one type.
        self._sample_text = cache(partial(sample_text, types=types))

    def name(self, name: QName) -> str:
        """``name`` with its prefix."""
        prefix = self._prefixes.get(name.namespace, "")
        return f"{prefix}:{name.local}" if prefix else name.local

    def use(self, use: Use, indent: int) -> Lines:
        """The lines of an element of a message; none if it is left out."""
        if use.is_alternative:
            return []
        lines = self._repeated(use.element, use.type, indent, ())
        if lines is None:
            is_needed = not use.is_optional
            return [f'{" " * indent}<{self.name(use.element.name)} xsi:nil="true"/>'] * is_needed
        return lines

    def _element(
        self, element: ElementParticle, type_name: QName, indent: int, within: tuple[QName, ...]
    ) -> Lines | None:
        """The lines of one element within the types ``within``; None if it would not end."""
        self._count(len(within))
        margin, name = " " * indent, self.name(element.name)
        definition = self._reach.types.get(type_name)
        if isinstance(definition, ChoiceType):
            for use in element_uses(self._reach.uses[type_name]):
                lines = self._element(use.element, use.type, indent, within)
                if lines is not None:
                    return lines
            return None
        if not isinstance(definition, ComplexType | ArrayType | MapType):
            text = self._text(element.type, element.default if element.is_fixed else None)
            start = f"{name}{self._type_attribute(element.type)}"
            return [f"{margin}<{start}>{escape(text)}</{name}>"]
        concrete = self._concrete(type_name)
        inner: Lines | None = None
        attributes = ""
        if concrete is None:
            return None
        found = self._reach.types[concrete]
        if isinstance(found, ArrayType) and found.dimensions:
            attributes = self._array_attributes(found)
        elif concrete != type_name or self._encoding:
            attributes = self._type_attribute(concrete, always=concrete != type_name)
        if isinstance(found, ComplexType):
            attributes += self._attributes(found)
            text_type = self._text_type(found)
            if text_type is not None:
                text = self._text(text_type, element.default if element.is_fixed else None)
                return [f"{margin}<{name}{attributes}>{escape(text)}</{name}>"]
        if concrete not in within:
            inner = self._inside(concrete, indent + 2, (*within, concrete))
        if inner is None:
            # What must be there has its attributes and its type also while it is nil.
            is_nil = element.nillable and (not attributes or element.occurrence.minimum > 0)
            return [f'{margin}<{name}{attributes} xsi:nil="true"/>'] if is_nil else None
        if not inner:
            return [f"{margin}<{name}{attributes}/>"]
        return [f"{margin}<{name}{attributes}>", *inner, f"{margin}</{name}>"]

    def _type_attribute(self, reference: TypeReference, *, always: bool = False) -> str:
        """The attribute ``xsi:type`` for a type with a name, if messages are encoded."""
        if not isinstance(reference, QName) or not (always or self._encoding):
            return ""
        is_named = "/" not in reference.local and reference != ANY_TYPE
        return f' xsi:type="{self.name(reference)}"' if always or is_named else ""

    def _array_attributes(self, array: ArrayType) -> str:
        """The attributes of an array of one item (SOAP 1.1, 5.4.2; SOAP 1.2 part 2, 3.1.4)."""
        name, rank = items_of(array)
        item, sizes = f"{self.name(name)}{rank}", ["1"] * array.dimensions
        if self._encoding == SOAP_12_ENCODING:
            return f' enc:itemType="{item}" enc:arraySize="{" ".join(sizes)}"'
        return f' xsi:type="soapenc:Array" soapenc:arrayType="{item}[{",".join(sizes)}]"'

    def _concrete(self, name: QName) -> QName | None:
        """``name`` or, if it is abstract, the first concrete type derived from it."""
        for candidate in (name, *reversed(self._reach.descendants(name))):
            type_ = self._reach.types[candidate]
            if not isinstance(type_, ComplexType) or not type_.abstract:
                return candidate
        return None

    # --- what is in an element --------------------------------------------------------------------

    def _inside(self, name: QName, indent: int, within: tuple[QName, ...]) -> Lines | None:
        """The lines of what is in an element of the type ``name``; None if it would not end."""
        definition = self._reach.types[name]
        if isinstance(definition, ArrayType):
            (use,) = element_uses(self._reach.uses[name])
            for _ in range(definition.dimensions - 1):
                (use,) = element_uses(self._reach.uses[use.type])
            return self._repeated(use.element, use.type, indent, within)
        if isinstance(definition, MapType):
            entry, margin = self.name(definition.entry), " " * indent
            pair: Lines = []
            for use in element_uses(self._reach.uses[name]):
                pair += self._repeated(use.element, use.type, indent + 2, within) or []
            return [f"{margin}<{entry}>", *pair, f"{margin}</{entry}>"]
        assert isinstance(definition, ComplexType), "no other type has elements"
        types = self._types_in(name)
        lines: Lines = []
        for content in effective_contents(lineage(self._reach.types, definition)):
            inner = self._group(content, types, indent, within)
            if inner is None:
                return None
            lines += inner
        return lines

    def _types_in(self, name: QName) -> TypesIn:
        """The uses of elements in an element of the type ``name``, by the names of these."""
        found: TypesIn = {}

        def add(use: Use) -> None:
            found.setdefault(use.element.name, []).append(use)

        for owner in (*reversed(self._reach.ancestors(name)), name):
            for use in self._reach.uses[owner]:
                if isinstance(use, Use):
                    add(use)
                for choice in use.types:
                    if isinstance(self._reach.types.get(choice), ChoiceType):
                        for item in element_uses(self._reach.uses[choice]):
                            add(item)
        return found

    def _group(
        self, group: Group, types: TypesIn, indent: int, within: tuple[QName, ...]
    ) -> Lines | None:
        """As many of ``group`` as must be there, one at least; none where one would not end."""
        lines: Lines = []
        for _ in range(max(1, group.occurrence.minimum)):
            once = self._once(group, types, indent, within)
            if once is None:
                return [] if group.occurrence.minimum == 0 else None
            lines += once
        return lines

    def _once(
        self, group: Group, types: TypesIn, indent: int, within: tuple[QName, ...]
    ) -> Lines | None:
        lines: Lines = []
        for particle in group.particles:
            found = self._particle(particle, types, indent, within)
            if group.compositor is Compositor.CHOICE:
                if found is not None:
                    return found
            elif found is None:
                return None
            else:
                lines += found
        return None if group.compositor is Compositor.CHOICE and group.particles else lines

    def _particle(
        self,
        particle: Particle,
        types: TypesIn,
        indent: int,
        within: tuple[QName, ...],
    ) -> Lines | None:
        if isinstance(particle, Group):
            return self._group(particle, types, indent, within)
        if isinstance(particle, AnyParticle):
            element = self._open(particle, indent)
            return [element] * particle.occurrence.minimum
        uses = types.get(particle.name, [])
        type_name = _type_of(particle, uses)
        if isinstance(particle.type, QName) and particle.type in self._reach.types:
            type_name = particle.type  # which a restriction may have made narrower
        choice = self._definition(particle.type)
        if type_name is None and isinstance(choice, ChoiceType):
            # The elements of a substitution group are themselves the items of a list.
            for item in choice.alternatives:
                one = replace(item, occurrence=particle.occurrence)
                lines = self._particle(one, types, indent, within)
                if lines is not None:
                    return lines
        if type_name is None and uses:
            type_name = uses[-1].type  # a restriction may have copied the element
        if type_name is None:
            return [] if particle.occurrence.minimum == 0 else None
        return self._repeated(particle, type_name, indent, within)

    def _repeated(
        self, element: ElementParticle, type_name: QName, indent: int, within: tuple[QName, ...]
    ) -> Lines | None:
        """As many of an element as must be there, one at least; none where it would not end."""
        lines: Lines = []
        for _ in range(max(1, element.occurrence.minimum)):
            if element.occurrence.minimum == 0 and self._is_referring(element.type):
                return []
            once = self._element(element, type_name, indent, within)
            if once is None:
                return [] if element.occurrence.minimum == 0 else None
            lines += once
        return lines

    def _open(self, particle: AnyParticle, indent: int) -> str:
        """An element that a wildcard admits."""
        namespace = _ANY_NAMESPACE if particle.is_excluding else particle.namespaces[0]
        name = QName(namespace, _ANY)
        if particle.is_strict:
            name = next((it for it in self._declared if particle.admits(it.namespace)), name)
        return f'{" " * indent}<{name.local} xmlns={quoteattr(name.namespace)}/>'

    # --- texts ------------------------------------------------------------------------------------

    def _attributes(self, definition: ComplexType) -> str:
        """The attributes of an element, each with a space before it."""
        line = lineage(self._reach.types, definition)
        return "".join(
            f" {self._attribute_name(attribute.name)}={quoteattr(self._attribute_text(attribute))}"
            for attribute in effective_attributes(line)
            if attribute.required or not self._is_referring(attribute.type)
        )

    def _attribute_name(self, name: QName) -> str:
        return f"xml:{name.local}" if name.namespace == XML else self.name(name)

    def _attribute_text(self, attribute: Attribute) -> str:
        return self._text(attribute.type, attribute.default if attribute.is_fixed else None)

    def _text_type(self, definition: ComplexType) -> TypeReference | None:
        """The simple type of the text in an element; None if it has elements, or nothing."""
        line = lineage(self._reach.types, definition)
        found = [item.simple_content for item in line if item.simple_content is not None]
        return found[-1] if found else None

    def _text(self, reference: TypeReference, fixed: str | None) -> str:
        """A text of the simple type ``reference``; ``fixed`` is the only one that it may have."""
        if fixed is not None:
            return self._prefixed(fixed) if self._is_of(reference, _NAMES) else fixed
        if _is_named(reference, "dateTime"):
            return self._timestamp
        if self._is_of(reference, _ID):
            self._ids += 1  # each is there once in a message
            return f"id{self._ids}"
        return self._sample_text(reference)

    def _prefixed(self, name: str) -> str:
        """``name``, which is ``{namespace}name``, with the prefix of its namespace."""
        namespace, _, local = name.rpartition("}")
        return self.name(QName(namespace[1:], local))

    def _definition(self, reference: TypeReference) -> Type | None:
        return self._named_types.get(reference) if isinstance(reference, QName) else reference

    def _is_referring(self, reference: TypeReference) -> bool:
        return self._is_of(reference, _REFERRING)

    def _is_of(self, reference: TypeReference, names: frozenset[str]) -> bool:
        """Whether ``reference`` is one of the built-in types ``names``, or restricts it."""
        definition = self._definition(reference)
        builtin = definition.builtin if isinstance(definition, ScalarType) else reference
        return any(_is_named(builtin, name) for name in names)


def _type_of(element: ElementParticle, uses: Sequence[Use]) -> QName | None:
    """The type of ``element`` in that of ``uses`` whose element has the very type; None without.

    Elements of one name may have several types, some of them without a name.
    """
    for use in reversed(uses):
        if use.element.type is element.type or (
            isinstance(element.type, QName) and use.element.type == element.type
        ):
            return use.type
    return None


def _is_named(reference: TypeReference, name: str) -> bool:
    return isinstance(reference, QName) and reference.is_builtin and reference.local == name
