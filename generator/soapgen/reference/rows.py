"""Members, values and alternatives of a plan → rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..plan.members import Alternative, Choice, Kind, Member, Presence
from ..plan.operations import Header
from ..plan.values import Enumeration
from ..render.literals import literal
from .code import linked
from .pages import Row, Table, paragraphs

_PRESENCES = {
    Presence.REQUIRED: (),
    Presence.ZERO: ("optional",),
    Presence.OPTIONAL: ("optional",),
    Presence.CLEARABLE: ("optional", "may be nil"),
    Presence.NILLABLE: ("may be nil",),
    Presence.REPEATED: ("repeats",),
}
_SHOWN = {
    Kind.CHOSEN: "one of several elements",
    Kind.ITEMS: "elements in any order",
    Kind.CONTENT: "texts and elements",
    Kind.OPEN: "any elements",
    Kind.OPEN_ATTRIBUTES: "any attributes",
    Kind.TEXT: "the text",
}


def member_row(member: Member, known: Mapping[str, str]) -> Row:
    """The row of a member of a class."""
    return _row(member, member.annotation, _default(member, member.default_in_class), known)


def parameter_row(member: Member, known: Mapping[str, str]) -> Row:
    """The row of a parameter, which may have a wider type."""
    return _row(member, member.accepts, _default(member, member.default), known)


def result_row(member: Member, known: Mapping[str, str]) -> Row:
    """The row of what is returned: nobody has to give it, so that no default counts."""
    return replace(_row(member, member.annotation, "", known), required=False)


def _row(member: Member, annotation: str, default: str, known: Mapping[str, str]) -> Row:
    return Row(
        member.name,
        linked(f"{annotation} = {default}" if default else annotation, known),
        _in_xml(member),
        member.xml_type,
        tuple(_marks(member)),
        not member.has_default,
        paragraphs(member.documentation),
    )


def _default(member: Member, source: str) -> str:
    """The default as Python: ``source``, if it is no text of the contract."""
    return source if member.default_text is None else literal(member.default_text)


def header_row(header: Header, known: Mapping[str, str]) -> Row:
    """The row of a SOAP header."""
    row = member_row(header.member, known)
    within = f" in <{header.within.local}>" if header.within else ""
    return replace(row, xml=row.xml + within, required=False)


def values_table(enumeration: Enumeration) -> Table:
    """The values of an enumeration."""
    rows = tuple(
        Row(item.name, (), item.value, paragraphs=paragraphs(item.documentation))
        for item in enumeration.members
    )
    return Table("Values", rows, type="")


def alternatives_table(choice: Choice, known: Mapping[str, str]) -> Table:
    """The elements of which a choice is one."""
    rows = [_alternative(item, known) for item in choice.alternatives]
    if choice.mixed:
        rows.append(Row("str", (), "a text"))
    if choice.is_open:
        rows.append(Row("Markup", (), "any other element"))
    return Table("One of these", tuple(rows), "Class", "Value")


def _alternative(item: Alternative, known: Mapping[str, str]) -> Row:
    said = paragraphs(item.description) if item.is_wrapped else ()
    marks = ("may be nil",) if item.nillable else ()
    annotation = linked(item.annotation, known)
    return Row(item.class_name, annotation, f"<{item.tag.local}>", marks=marks, paragraphs=said)


def _in_xml(member: Member) -> str:
    if member.kind is Kind.ELEMENT:
        return f"<{member.tag.local}>"
    if member.kind is Kind.ATTRIBUTE:
        return f"@{member.tag.local}"
    return _SHOWN[member.kind]


def _marks(member: Member) -> Iterator[str]:
    if member.kind is Kind.ELEMENT:
        yield from _PRESENCES[member.presence]
    elif member.has_default and member.kind is Kind.ATTRIBUTE:
        yield "optional"
    if member.fixed_text is not None:
        yield f"always {member.fixed_text!r}"
    elif member.empty_text is not None:
        yield f"empty means {member.empty_text!r}"
    if member.secret:
        yield "secret"
