"""Schemas as they were read → schemas in which each definition is there once, and complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from lxml import etree

from ..errors import LeftOut, Repair
from ..sources import VERSIONING, Schema, is_conditional, is_included
from .absent import without_absent
from .copies import copied, remove, without
from .equal import same
from .redefinitions import with_originals
from .references import KINDS, Key, key_of, schema_elements


@dataclass(frozen=True, slots=True)
class Assembled:
    """Schemas for xmlschema.

    Attributes:
        schemas: The schemas; those that had to be changed are copies.
        left_out: The definitions that are not among them because something is absent.
        repairs: What was mended.
    """

    schemas: Sequence[Schema]
    left_out: Mapping[Key, LeftOut]
    repairs: tuple[Repair, ...] = ()


def assemble(schemas: Sequence[Schema], known: Set[Key]) -> Assembled:
    """Put ``schemas`` together.

    Args:
        schemas: The schemas of a source.
        known: The definitions that are there without a schema.

    Raises:
        SourceError: A name is none, or a redefinition does not fit what it redefines.
    """
    ours = [_ours(schema) for schema in schemas]
    complete, left_out = without_absent(with_originals(_each_once(ours)), known)
    return Assembled(complete, left_out)


def _ours(schema: Schema) -> Schema:
    """``schema`` without what is there for other versions of XML Schema only."""
    if not is_conditional(schema.root):
        return schema
    ours = copied(schema)
    if not is_included(ours.root):
        remove(ours.root)
    else:
        remove(item for item in list(schema_elements(ours.root)) if not is_included(item))
    for element in ours.root.iter(etree.Element):
        for name in [name for name in element.attrib if str(name).startswith(VERSIONING)]:
            del element.attrib[name]
    return ours


def _each_once(schemas: Sequence[Schema]) -> list[Schema]:
    """``schemas`` without definitions that say the same as one before: of a copy of a document."""
    first: dict[Key, tuple[etree._Element, Schema]] = {}
    again: dict[int, set[int]] = {}
    for number, schema in enumerate(schemas):
        for position, element in enumerate(schema.root):
            if element.tag in KINDS:
                key = key_of(element, schema)
                known = first.setdefault(key, (element, schema))
                if known[1] is not schema and same(*known, element, schema):
                    again.setdefault(number, set()).add(position)
    return without(schemas, again) if again else list(schemas)
