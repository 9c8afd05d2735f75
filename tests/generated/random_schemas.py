"""A strategy for schemas made of all constructs at random, and for valid instances of them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

import xmlschema
from hypothesis import reject
from hypothesis import strategies as st
from lxml import etree

from .random_instances import Impossible, InstanceMaker
from .random_model import (
    ONCE,
    Attribute,
    Attributes,
    Complex,
    Element,
    Group,
    Particle,
    Schemas,
    Simple,
    Times,
    Type,
    Use,
    Wildcard,
)

T = TypeVar("T")

_NAMES = ["a", "b", "c", "d", "value", "items", "other", "others", "content", "A", "class", "a-b"]
_NAMES += [f"n{number}" for number in range(20)]
_TIMES: list[Times] = [ONCE, (0, 1), (0, None), (1, None), (0, 2), (2, 3), (2, 2)]
_INSTANCES = 3

_BUILTINS = [
    Simple(("x", "", " y ", "<&>\"'", "é\n\tz", "\r"), "string", is_builtin=True),
    Simple(("1", "0", "-7"), "int", is_builtin=True),
    Simple(("true", "0"), "boolean", is_builtin=True),
    Simple(("2020-02-29", "1999-12-31Z"), "date", is_builtin=True),
    Simple(("1.50", "-0.1"), "decimal", is_builtin=True),
    Simple(("x", "a b"), "token", is_builtin=True),
]
_BODIES = [
    (
        ("x", "y z"),
        '<xs:restriction base="xs:string"><xs:enumeration value="x"/>'
        '<xs:enumeration value="y z"/></xs:restriction>',
    ),
    (("1", "42"), '<xs:restriction base="xs:int"><xs:minInclusive value="0"/></xs:restriction>'),
    (("1 2", "3"), '<xs:list itemType="xs:int"/>'),
    (("7", "true"), '<xs:union memberTypes="xs:int xs:boolean"/>'),
]


@dataclass(frozen=True)
class Case:
    """Some schemas and elements that are valid for them, as XML; the schema as xmlschema reads it.

    Attributes:
        documents: The schemas, by the names of their files.
        instances: The elements.
        schema: The same schemas, built by xmlschema.
    """

    documents: dict[str, str]
    instances: tuple[str, ...]
    schema: Any

    def __repr__(self) -> str:
        texts = [f"<!-- {name} -->\n{text}" for name, text in self.documents.items()]
        return "\n" + "\n".join([*texts, "<!-- instances -->", *self.instances])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show a failing example as it is, on lines of its own."""
        printer.text(repr(self))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Schemas that xmlschema takes for valid, with instances that it takes for valid."""
    schemas = _SchemaMaker(draw).schemas()
    documents = schemas.documents()
    schema = built(documents)
    if schema is None:
        reject()
    texts: list[str] = []
    roots = [element for element in schemas.elements if not element.abstract]
    maker = InstanceMaker(draw, schemas)
    for _ in range(draw(st.integers(1, _INSTANCES))):
        root = draw(st.sampled_from(roots[::-1]))
        try:
            element = maker.root(root)
        except Impossible:
            reject()
        texts.append(etree.tostring(element, encoding="unicode"))
        if not schema.is_valid(texts[-1]):
            reject()
    return Case(documents, tuple(texts), schema)


def built(documents: dict[str, str]) -> Any:
    """``documents`` as xmlschema reads them; None if it takes them for wrong."""
    first, *others = documents
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            schema = xmlschema.XMLSchema10(documents[first], build=False, allow="none")
            for name in others:
                schema.add_schema(documents[name], build=False)
            schema.build()
        except xmlschema.XMLSchemaException:
            return None
    return schema


class _Names:
    """The elements that a type has so far, with those of its base."""

    def __init__(self, elements: Sequence[Element] = ()) -> None:
        self.elements = list(elements)


class _SchemaMaker:
    """Makes schemas of what it draws; the first choice is the simplest one."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._made = Schemas({})
        self._names: dict[Any, _Names] = {}
        self._owner: Complex | None = None

    def schemas(self) -> Schemas:
        """Schemas with one root element at least."""
        names = self._pick([["urn:s"], ["urn:s", "urn:t"], [""], ["urn:s", ""], ["", "urn:s"]])
        self._made.qualified = {name: not self._rarely(2) for name in names}
        steps: list[Callable[[], None]] = [
            self._add_type,
            self._add_type,
            self._add_type,
            self._add_head,
            self._add_simple,
            self._add_group,
            self._add_attributes,
        ]
        for _ in range(self._pick([0, 4, 6, 8, 3, 2, 1])):
            self._pick(steps)()
        self._add_substitutes()
        for _ in range(1 + self._rarely(3)):
            self._add_root()
        for type_ in self._made.types:
            type_.abstract = type_.abstract and len(self._made.derived(type_)) > 0
        return self._made

    def _pick(self, several: Sequence[T]) -> T:
        return several[self._draw(st.integers(0, len(several) - 1))]

    def _rarely(self, once_in: int) -> bool:
        return self._draw(st.integers(0, once_in - 1)) == once_in - 1

    def _namespace(self) -> str:
        return self._pick(list(self._made.qualified))

    def _number(self, stem: str) -> str:
        made = self._made
        every = [*made.simples, *made.types, *made.elements, *made.groups, *made.attributes]
        return f"{stem}{len(every) + 1}"

    def _add_simple(self) -> None:
        texts, body = self._pick(_BODIES)
        self._made.simples.append(Simple(texts, self._number("S"), self._namespace(), body))

    def _add_attributes(self) -> None:
        namespace = self._namespace()
        items = self._attributes(namespace, {}, least=1)
        self._made.attributes.append(Attributes(self._number("ag"), namespace, items))

    def _add_group(self) -> None:
        namespace = self._namespace()
        names = _Names()
        group = self._content(namespace, names, 1, 1)
        group.name, group.namespace, group.times = self._number("g"), namespace, ONCE
        self._names[group] = names
        self._made.groups.append(group)

    def _add_type(self) -> None:
        namespace = self._namespace()
        type_ = self._complex(namespace, self._number("T"))
        type_.abstract = self._rarely(6)
        self._made.types.append(type_)

    def _add_head(self) -> None:
        namespace = self._namespace()
        types: list[Type] = [*self._made.types, self._simple(named=True)]
        type_ = self._pick(types)
        head = Element(self._number("h"), namespace, type_, namespace, is_global=True)
        head.abstract, head.nillable = self._rarely(2), self._rarely(4)
        self._made.elements.append(head)

    def _add_substitutes(self) -> None:
        heads = list(self._made.elements)
        for head in heads:
            for _ in range(self._draw(st.integers(1 if head.abstract else 0, 2))):
                types: list[Type] = [head.type]
                if isinstance(head.type, Complex):
                    types = [
                        type_ for type_ in self._made.types if type_.is_derived_from(head.type)
                    ]
                namespace = self._namespace()
                of = self._pick(
                    [head, *(item for item in self._made.elements if item.head is head)]
                )
                item = Element(
                    self._number("m"), namespace, self._pick(types), namespace, is_global=True
                )
                item.head, item.nillable = of, self._rarely(4)
                self._made.elements.append(item)

    def _add_root(self) -> None:
        namespace = self._namespace()
        types: list[Type] = [*self._made.types[::-1], self._simple(named=False)]
        type_: Type = self._complex(namespace) if self._rarely(2) else self._pick(types)
        root = Element(self._number("root"), namespace, type_, namespace, is_global=True)
        root.nillable = self._rarely(5)
        self._made.elements.append(root)

    def _simple(self, *, named: bool) -> Simple:
        found = [*_BUILTINS, *self._made.simples]
        if named or not self._rarely(5):
            return self._pick(found)
        texts, body = self._pick(_BODIES)
        return Simple(texts, body=body)

    def _complex(self, namespace: str, name: str = "", depth: int = 0) -> Complex:
        type_ = Complex(namespace, name)
        bases = self._made.types
        # xmlschema takes the all that an extension inherits for a sequence.
        open_bases = [base for base in bases if not _has_all(base)]
        kinds = ["content", "content", "mixed", "text"]
        kinds += ["extension", "extension", "extension"] if open_bases else []
        kinds += ["restriction"] if bases else []
        kind = self._pick(kinds)
        outer, self._owner = self._owner, type_ if name else self._owner
        if kind == "text":
            type_.simple = self._simple(named=True)
        elif kind == "extension":
            self._extend(type_, self._pick(open_bases), depth)
        elif kind == "restriction":
            self._restrict(type_, self._pick(bases))
        else:
            type_.mixed = kind == "mixed"
            names = self._names[type_] = _Names()
            if not self._rarely(6):
                type_.content = self._content(namespace, names, depth)
        if kind != "restriction":
            type_.attributes = self._attributes(namespace, type_.all_attributes)
            if self._made.attributes and self._rarely(4):
                type_.groups = [self._pick(self._made.attributes)]
            if self._rarely(6) and not type_.wildcards:
                type_.any_attribute = self._pick(["##any", "##other", "##local"])
        self._owner = outer
        return type_

    def _extend(self, type_: Complex, base: Complex, depth: int) -> None:
        type_.base, type_.derivation = base, "extension"
        type_.simple, type_.mixed = base.simple, base.mixed
        names = self._names.get(base, _Names())
        own = self._names[type_] = _Names(names.elements)
        if base.simple is None and not self._rarely(4):
            type_.content = self._group(type_.namespace, own, depth)

    def _restrict(self, type_: Complex, base: Complex) -> None:
        """Make ``type_`` one that allows less than ``base``."""
        type_.base, type_.derivation, type_.simple = base, "restriction", base.simple
        type_.namespace = base.namespace
        type_.mixed = base.mixed and not self._rarely(2)
        self._names[type_] = self._names.get(base, _Names())
        if base.simple is not None and self._rarely(2):
            text = self._pick(base.simple.texts)
            facet = f'<xs:enumeration value="{text}"/>'
            if not set(text) & set('<&"\r\n\t'):
                type_.simple = Simple((text,), base.simple.name, base.simple.namespace, facet)
        groups = [self._narrowed(group) for group in base.contents]
        found = [group for group in groups if group is not None]
        if len(found) == 1:
            (type_.content,) = found
        elif found:
            type_.content = Group("sequence", list(found))
        for attribute in base.all_attributes.values():
            if self._rarely(3):
                narrow = copy(attribute)
                uses = ["required", "prohibited"] if attribute.use == "optional" else ["required"]
                uses += (
                    ["optional"] if attribute.use == "optional" and not attribute.is_fixed else []
                )
                narrow.use = self._pick(uses)
                narrow.value = attribute.value if attribute.is_fixed else None
                if narrow.use == "optional":
                    narrow.value = self._default(attribute.type)
                type_.attributes.append(narrow)
        if base.wildcards and not self._rarely(2):
            type_.any_attribute = base.wildcards[0]

    def _narrowed(self, particle: Any) -> Any:
        """``particle`` or a copy that allows less; None where nothing is left of it."""
        low, high = particle.times
        if low == 0 and self._rarely(4):
            return None
        item = copy(particle)
        if self._rarely(4):
            item.times = (low, max(low, 1)) if self._rarely(2) else (max(low, 1), high)
        if isinstance(item, Use) and self._may_have_default(item.element) and self._rarely(4):
            item.element = copy(item.element)
            item.element.value = self._default(item.element.type)
        if isinstance(item, Group) and not item.name:
            inner = [self._narrowed(each) for each in item.items]
            item.items = [each for each in inner if each is not None]
            if item.kind == "choice" and len(item.items) > 1 and self._rarely(3):
                item.items = item.items[:-1]
            return item if item.items else None
        return item

    def _content(self, namespace: str, names: _Names, depth: int, least: int = 0) -> Group:
        """The content of a type, or of a named group."""
        if depth == 0 and self._rarely(8):
            elements = [self._use(namespace, names, depth) for _ in range(self._draw(_few(least)))]
            for use in elements:
                use.times = self._pick([ONCE, (0, 1)])
            return Group("all", list(elements), self._pick([ONCE, ONCE, (0, 1)]))
        return self._group(namespace, names, depth, least)

    def _group(self, namespace: str, names: _Names, depth: int, least: int = 1) -> Group:
        kind = self._pick(["sequence", "sequence", "choice"])
        count = self._pick([*range(max(least, 1 if kind == "choice" else 0), 5), 2, 3, 3])
        items = [self._particle(namespace, names, depth) for _ in range(count)]
        times = self._pick(_TIMES) if self._rarely(3) else ONCE
        return Group(kind, items, times)

    def _particle(self, namespace: str, names: _Names, depth: int) -> Particle:
        kinds = ["element", "element", "element", "element", "again", "reference", "any"]
        kinds += ["group", "named"] if depth < 2 else []
        kind = self._pick(kinds)
        references = [item for item in self._made.elements if item.is_global]
        if kind == "group":
            return self._group(namespace, names, depth + 1)
        if kind == "named" and self._made.groups:
            group = copy(self._pick(self._made.groups))
            group.times = self._pick(_TIMES) if self._rarely(2) else ONCE
            names.elements += self._names[
                next(item for item in self._made.groups if item.name == group.name)
            ].elements
            return group
        if kind == "any":
            constraints = ["##other", "##any", "##local", "urn:x", "urn:x ##local"]
            constraints += ["##targetNamespace"] if namespace else []
            process = self._pick(["lax", "skip"])
            times = self._pick(_TIMES)
            return Wildcard(self._pick(constraints), namespace, process, times)
        if kind == "again" and names.elements:
            element = copy(self._pick(names.elements))
            if not element.is_global:
                element.nillable = element.nillable != self._rarely(4)
            return Use(element, self._pick(_TIMES))
        if kind == "reference" and references:
            element = self._pick(references)
            names.elements.append(element)
            return Use(element, self._pick(_TIMES))
        return self._use(namespace, names, depth)

    def _use(self, namespace: str, names: _Names, depth: int) -> Use:
        """An element that is new in its type."""
        taken = {element.name for element in names.elements}
        free = [name for name in _NAMES if name not in taken]
        if not free:
            reject()
        name = self._pick(free[:12] if self._rarely(3) else free[:4])
        times = self._pick(_TIMES) if self._rarely(2) else ONCE
        element = Element(name, namespace, self._type(namespace, depth))
        if self._made.qualified[namespace] != self._rarely(8):
            element.namespace = namespace
        element.nillable = self._rarely(4)
        if isinstance(element.type, Simple) and self._rarely(6):
            element.value, element.is_fixed = self._default(element.type), self._rarely(2)
        if self._owner is not None and self._rarely(10):
            element.type, element.value, times = self._owner, None, (0, 1)
        names.elements.append(element)
        return Use(element, times)

    @staticmethod
    def _may_have_default(element: Element) -> bool:
        """Whether a restriction may give ``element`` another default."""
        is_local = not (element.is_global or element.is_fixed)
        return is_local and isinstance(element.type, Simple)

    def _default(self, type_: Any) -> Any:
        texts = [text for text in type_.texts if text.strip() and "\n" not in text]
        return self._pick(texts)

    def _type(self, namespace: str, depth: int) -> Type:
        if depth < 2 and self._rarely(6):
            return self._complex(namespace, depth=depth + 1)
        if self._made.types and self._rarely(3):
            return self._pick(self._made.types)
        return self._simple(named=False)

    def _attributes(
        self, namespace: str, known: dict[str, Attribute], least: int = 0
    ) -> list[Attribute]:
        items: list[Attribute] = []
        names = [name for name in _NAMES if name not in {item.name for item in known.values()}]
        for _ in range(self._draw(st.integers(least, 2)) if least or self._rarely(2) else 0):
            name = self._pick(names[:12])
            names.remove(name)
            item = Attribute(name, self._simple(named=False))
            item.use = self._pick(["optional", "required"])
            item.namespace = namespace if self._rarely(4) else ""
            if self._rarely(4):
                item.value, item.is_fixed = self._default(item.type), self._rarely(2)
                item.use = item.use if item.is_fixed else "optional"
            items.append(item)
        return items


def _has_all(type_: Complex) -> bool:
    return any(group.kind == "all" for group in type_.contents)


def _few(least: int) -> st.SearchStrategy[int]:
    return st.integers(max(least, 1), 3)
