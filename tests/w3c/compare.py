"""Is an element what it was before it was read and written, by the types of a schema?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from xmlschema.validators import XsdComplexType, XsdElement, XsdGroup

from .values import expanded, same_value

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TYPE, _NIL = f"{_XSI}type", f"{_XSI}nil"
_SPACE = " \t\r\n"
_ANY_TYPES = [
    f"{{http://www.w3.org/2001/XMLSchema}}{name}" for name in ("anyType", "anySimpleType")
]
_ASIDE = frozenset({f"{_XSI}schemaLocation", f"{_XSI}noNamespaceSchemaLocation"})


@dataclass(frozen=True)
class Difference:
    """One difference between two elements.

    Attributes:
        path: The path of the element or attribute, in local names.
        what: What is different, in words.
    """

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


class Comparer:
    """Compares elements by the types that a schema gives them.

    The locations of schemas do not count, nor do prefixes, comments, processing instructions, white
    space between elements where the type allows no text, and default and fixed values that were
    filled in. Nor does the order of the children of ``xs:all``, which the schema leaves open (XML
    Schema part 1, 3.8.1): those of one name are compared with one another. In mixed content it
    counts, as texts are between them. Nor does what says nothing: an ``xsi:nil`` that is false, and
    an ``xsi:type`` that names the declared type, or one that is derived from a simple type, whose
    values are values of the declared type.

    Args:
        schema: The schema, built by xmlschema; None to compare by exact text.
    """

    def __init__(self, schema: Any) -> None:
        self._maps = None if schema is None else schema.maps

    def differences(self, expected: etree._Element, actual: etree._Element) -> Iterator[Difference]:
        """The differences of ``actual`` from ``expected``, both without comments."""
        declared = self._global("elements", expected.tag)
        yield from self._compared(expected, actual, declared, _local(expected))

    def _compared(
        self, expected: etree._Element, actual: etree._Element, declared: Any, path: str
    ) -> Iterator[Difference]:
        if expected.tag != actual.tag:
            yield Difference(path, f"became {actual.tag}")
            return
        xsd_type = self._type(expected, declared)
        yield from self._attributes(expected, actual, declared, xsd_type, path)
        yield from self._texts(expected, actual, declared, xsd_type, path)
        yield from self._children(expected, actual, xsd_type, path)

    def _type(self, element: etree._Element, declared: Any) -> Any:
        """The type of ``element``; None if nothing in the schema gives it one."""
        name = element.get(_TYPE)
        if name is not None:
            named = self._global("types", expanded(name, element.nsmap).removeprefix("{}"))
            if named is not None:
                return named
        return None if declared is None else declared.type

    def _attributes(
        self,
        expected: etree._Element,
        actual: etree._Element,
        declared_element: Any,
        xsd_type: Any,
        path: str,
    ) -> Iterator[Difference]:
        for name in dict.fromkeys([*map(str, expected.attrib), *map(str, actual.attrib)]):
            if name in _ASIDE:
                continue
            one, other = expected.get(name), actual.get(name)
            where = f"{path}/@{name.rpartition('}')[2]}"
            declared = self._attribute(xsd_type, name)
            if other is None and one is not None:
                if self._says_nothing(name, one, declared_element, xsd_type):
                    continue
                yield Difference(where, f"{one!r} is lost")
                continue
            if one is None and declared is not None:
                one = declared.default if declared.default is not None else declared.fixed
            if one is None or other is None:
                yield Difference(where, f"{other!r} was added")
                continue
            simple = None if declared is None else declared.type
            if name == _TYPE:
                same = expanded(one, expected.nsmap) == expanded(other, actual.nsmap)
            elif name == _NIL:
                same = _is_true(one) == _is_true(other)
            else:
                same = _same_text(simple, one, other, expected, actual)
            if not same:
                yield Difference(where, f"{one!r} became {other!r}")

    def _says_nothing(self, name: str, text: str, declared: Any, named: Any) -> bool:
        """Whether an attribute of the instance namespace says no more than the element does."""
        if name == _NIL:
            return not _is_true(text)
        if name != _TYPE or declared is None:
            return False
        has_any_type = declared.type.name in _ANY_TYPES
        # xmlschema has several objects for anyType.
        is_same = named is not None and named.name == declared.type.name
        return is_same or (declared.type.is_simple() and not has_any_type)

    def _attribute(self, xsd_type: Any, name: str) -> Any:
        declared = None
        if isinstance(xsd_type, XsdComplexType):
            declared = xsd_type.attributes.get(name)
        return self._global("attributes", name) if declared is None else declared

    def _texts(
        self,
        expected: etree._Element,
        actual: etree._Element,
        declared: Any,
        xsd_type: Any,
        path: str,
    ) -> Iterator[Difference]:
        """The differences between the texts in two elements, those behind children included."""
        simple = _simple(xsd_type)
        if simple is None and xsd_type is not None and not xsd_type.mixed:
            known = {text.strip(_SPACE) for text in _pieces(expected)}
            for text in _pieces(actual):
                if text.strip(_SPACE) not in known | {""}:
                    yield Difference(path, f"the text {text!r} was added")
            return
        wanted, got = _pieces(expected), _pieces(actual)
        if wanted == [""] and declared is not None and not _is_true(expected.get(_NIL, "")):
            default = declared.default if declared.default is not None else declared.fixed
            if got != [""] and default is not None:
                wanted = [default]
        if len(wanted) != len(got):
            wanted, got = ["".join(wanted)], ["".join(got)]
        for one, other in zip(wanted, got, strict=True):
            if not _same_text(simple, one, other, expected, actual):
                why = ", whose prefixes mean other namespaces" if one == other else ""
                yield Difference(path, f"the text {_short(one)} became {_short(other)}{why}")

    def _children(
        self, expected: etree._Element, actual: etree._Element, xsd_type: Any, path: str
    ) -> Iterator[Difference]:
        wanted, got = list(expected), list(actual)
        tags, other_tags = [child.tag for child in wanted], [child.tag for child in got]
        if tags != other_tags:
            lost = Counter(tags) - Counter(other_tags)
            added = Counter(other_tags) - Counter(tags)
            for tag, count in lost.items():
                yield Difference(f"{path}/{_name(tag)}", f"{count} of {tags.count(tag)} are lost")
            for tag, count in added.items():
                yield Difference(f"{path}/{_name(tag)}", f"{count} were added")
            if lost or added:
                return
            if not _has_any_order(xsd_type):
                yield Difference(path, "its children are in another order")
            waiting = defaultdict(list)
            for child in reversed(got):
                waiting[child.tag].append(child)
            got = [waiting[tag].pop() for tag in tags]
        for one, other in zip(wanted, got, strict=True):
            declared = self._declared(xsd_type, one.tag)
            yield from self._compared(one, other, declared, f"{path}/{_local(one)}")

    def _declared(self, xsd_type: Any, tag: Any) -> Any:
        """The declaration of the child ``tag`` in a type (XML Schema part 1, 3.8.6).

        Elements of one name have one type in it. An element that is not named there is global:
        it takes the place of another one, or a wildcard allows it.
        """
        content = getattr(xsd_type, "content", None)
        if isinstance(content, XsdGroup):
            for item in content.iter_elements():
                if isinstance(item, XsdElement) and item.name == tag:
                    return item
        return self._global("elements", tag)

    def _global(self, kind: str, name: Any) -> Any:
        if self._maps is None:
            return None
        return getattr(self._maps, kind).get(name)


def _simple(xsd_type: Any) -> Any:
    """The simple type of the text in an element; None if it has none, or that is not known."""
    if isinstance(xsd_type, XsdComplexType):
        return xsd_type.content if xsd_type.has_simple_content() else None
    return xsd_type


def _has_any_order(xsd_type: Any) -> bool:
    """Whether a schema leaves the order of the children of an element open."""
    content = getattr(xsd_type, "content", None)
    if not isinstance(content, XsdGroup) or xsd_type.mixed:
        return False
    return content.model == "all" or any(
        isinstance(item, XsdGroup) and item.model == "all" for item in content
    )


def _pieces(element: etree._Element) -> list[str]:
    return [element.text or "", *(child.tail or "" for child in element)]


def _same_text(
    simple: Any, one: str, other: str, expected: etree._Element, actual: etree._Element
) -> bool:
    if simple is None:
        return one == other
    return same_value(simple, one, other, expected.nsmap, actual.nsmap)


def _is_true(text: str) -> bool:
    return text.strip() in ("1", "true")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _name(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
