"""Elements of one name → plan: when each is written, what its absence means, how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .. import naming
from ..contract import Use, element_uses, shown
from ..contract.model import ArrayType, ComplexType, ElementParticle, EnumType, ListType, QName
from ..secret_names import holds_secrets, is_secret
from .members import Member, Presence
from .names import Call, Tag
from .type_names import has_class
from .value_planner import ValuePlanner
from .values import Value

# The types of values that are not secret under any name: HasPassword, LastPassword.
_NO_SECRETS = frozenset({"bool", "date", "datetime", "time", "timedelta"})


class ElementPlanner:
    """Plans elements.

    Args:
        values: How values of types are annotated, written and read.
        tag_of: A name as generated code writes and reads it.
    """

    def __init__(self, values: ValuePlanner, tag_of: Callable[[QName], Tag]) -> None:
        self.values = values
        self.reach = values.reach
        self.simple = values.simple
        self.tag_of = tag_of

    def element(self, use: Use, name: str, *, data_contract: bool) -> Member:
        """``use`` as a member or parameter called ``name``."""
        element, value = use.element, self.values.element_value(use)
        member = Member(
            name=name,
            variable=naming.variable(name),
            tag=self.tag_of(element.name),
            value=value,
            presence=Presence.REQUIRED,
            annotation=value.annotation,
            accepts=value.accepts,
            default="",
            write=Call("mandatory", (value.write,)) if value.is_record else Call(value.write),
            read=Call(value.read),
            item=value.item,
            secret=self._is_secret(use, value),
            documentation=self._documented(use),
            xml_type=shown(self.simple.said_type(use.type)),
        )
        if element.default is not None and not data_contract:
            fixed = only_text(element, value)
            member = replace(member, empty_text=element.default, fixed_text=fixed)
        if element.occurrence.repeats:
            inner = self.values.item_annotation(use, value)
            return replace(
                member,
                presence=Presence.REPEATED,
                annotation=f"list[{inner}]",
                accepts=f"Iterable[{inner}]",
                default="()",
                write=Call("repeated", (value.write,)),
                read=read_item(value, element.nillable),
                item=inner,
            )
        if use.is_optional and data_contract and value.zero and not element.nillable:
            return replace(member, presence=Presence.ZERO, default=value.zero)
        if use.is_optional or element.nillable:
            member = replace(
                member,
                annotation=f"{value.annotation} | None",
                accepts=f"{value.accepts} | None",
                default="None",
                read=_read_nillable(value, has_default=member.empty_text is not None),
            )
            if value.nil_says_more:
                whole = replace(value, read=value.nillable_read)
                member = replace(member, value=whole, tells_nil=True)
        if use.is_optional:
            write = Call(value.optional_write or "optional", _codec(value))
            return replace(member, presence=Presence.OPTIONAL, write=write)
        if element.nillable:
            write = Call("nillable", (value.write,))
            return replace(member, presence=Presence.NILLABLE, write=write)
        return member

    def _documented(self, use: Use) -> str:
        """The documentation of ``use`` with what its type, or that of its items, says of values."""
        documentation, repeats = use.element.documentation, use.element.occurrence.repeats
        if not repeats and isinstance(self.reach.types.get(use.type), ArrayType):
            (use,) = element_uses(self.reach.uses[use.type])
            repeats = True
        return self.simple.documented(use.type, documentation, repeats=repeats)

    def _is_secret(self, use: Use, value: Value) -> bool:
        """Whether ``use`` must not be shown: a password, but no record or flag of that name."""
        name, definition = use.element.name.local, self.reach.types.get(use.type)
        if value.item and isinstance(definition, ArrayType):
            (inner,) = element_uses(self.reach.uses[use.type])
            definition = self.reach.types.get(inner.type)
        if isinstance(definition, ComplexType):
            return holds_secrets(name)
        return (
            is_secret(name) and value.annotation not in _NO_SECRETS and not _is_listed(definition)
        )


def only_text(element: ElementParticle, value: Value) -> str | None:
    """The only text that ``element`` may have, if its type has a text, or mixed content."""
    text = value.content or value
    has_text = value.is_mixed or (bool(text.parse) and not value.nil_says_more)
    return element.default if element.is_fixed and has_text and not text.has_names else None


def _is_listed(definition: object) -> bool:
    """Whether a schema lists all values of a type."""
    return isinstance(definition, EnumType | ListType) and has_class(definition)


def _codec(value: Value) -> tuple[str, ...]:
    """The argument of the function for an optional element; none if it is for this type only."""
    return () if value.optional_write else (value.write,)


def _read_nillable(value: Value, *, has_default: bool = False) -> Call:
    """How an element that may be nil is read: as None."""
    if value.tells_nil:
        return Call("read_nil", (value.read,))
    if value.nillable_read and not has_default:
        return Call(value.nillable_read)
    return Call("read_nillable", (value.read,))


def read_item(value: Value, nillable: bool) -> Call:
    """How an item of a list is read: nil as an empty value, or as None if there is none."""
    if not nillable:
        return Call(value.read)
    if value.empty:
        return Call(f"read_{'nil_' if value.tells_nil else ''}item", (value.read, value.empty))
    return _read_nillable(value)
