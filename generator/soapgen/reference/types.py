"""The classes of a plan → their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..plan.faults import Fault
from ..plan.members import Choice
from ..plan.operations import HeaderClass, Record
from ..plan.types import Entity
from ..plan.values import Enumeration
from .addresses import Addresses, Defined
from .code import linked
from .pages import Link, Table, TypePage, paragraphs
from .rows import alternatives_table, header_row, member_row, values_table


def type_pages(known: Addresses) -> list[TypePage]:
    """The page of each class, in the order of their names; who refers to them is still missing."""
    entities = {item.path: item.item for item in known.defined if isinstance(item.item, Entity)}
    pages = [_page(item, known.known(item.owner), entities) for item in known.defined]
    return sorted(pages, key=lambda page: (page.name.casefold(), page.name, page.path))


def _page(defined: Defined, known: Mapping[str, str], entities: Mapping[str, Entity]) -> TypePage:
    item = defined.item
    kind, xml_name, said = _facts(item)
    bases: tuple[Link, ...] = ()
    sentences: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    if isinstance(item, Entity):
        bases = (Link(item.base, known[item.base]),) if item.base else ()
        facts = ("abstract",) if item.abstract else ()
        sentences = tuple(_sentences(item))
    elif isinstance(item, Enumeration) and item.flags:
        facts = ("several at a time",)
    return TypePage(
        defined.path,
        defined.name,
        kind,
        xml_name,
        defined.owner.service if defined.owner else "",
        defined.package,
        bases,
        facts,
        paragraphs(said),
        sentences,
        tuple(table for table in _tables(item, known, entities) if table.rows),
    )


def _facts(item: object) -> tuple[str, str, str]:
    """What kind of class it is, its name in the contract, and what is said of it."""
    if isinstance(item, Entity):
        return "Dataclass", item.xml_name, item.description
    if isinstance(item, Enumeration):
        return "Enumeration", "", item.description
    if isinstance(item, Choice):
        return "One of several", "", item.description
    if isinstance(item, Record):
        return "Result", "", item.documentation
    if isinstance(item, HeaderClass):
        return "SOAP headers", "", item.description
    assert isinstance(item, Fault)
    return "Error", item.xml_name, item.description


def _tables(
    item: object, known: Mapping[str, str], entities: Mapping[str, Entity]
) -> Iterator[Table]:
    if isinstance(item, Entity):
        yield Table("Members", tuple(member_row(it, known) for it in item.members))
        own = {it.name for it in item.members}
        while item.base:
            path = known[item.base]
            base = entities[path]
            rows = tuple(member_row(it, known) for it in base.members if it.name not in own)
            yield Table("Inherited from", rows, code=linked(base.class_name, known))
            own |= {it.name for it in base.members}
            item = base
    elif isinstance(item, Enumeration):
        yield values_table(item)
    elif isinstance(item, Choice):
        yield alternatives_table(item, known)
    elif isinstance(item, Record):
        parts = (*item.members, *(it.member for it in item.attachments))
        yield Table("Members", tuple(member_row(it, known) for it in parts))
    elif isinstance(item, HeaderClass):
        yield Table("Headers", tuple(header_row(it, known) for it in item.headers))
    elif isinstance(item, Fault):
        detail = member_row(item.member, known)
        yield Table("What it carries", (detail,))


def _sentences(entity: Entity) -> Iterator[str]:
    for choice in entity.one_of:
        branches = " | ".join(", ".join(branch) for branch in choice.branches)
        must = "exactly one" if choice.required else "at most one"
        yield f"Of these branches {must} may be given: {branches}."
    if entity.taken_away:
        names = ", ".join(member.name for member in entity.taken_away)
        yield f"A restriction takes these away, and they must not be given: {names}."
