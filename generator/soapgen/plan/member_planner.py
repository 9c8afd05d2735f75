"""Members that are not elements of one name → plan: a method for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..contract import (
    AttributeUse,
    ItemsUse,
    MemberUse,
    OpenAttributesUse,
    OpenUse,
    TextUse,
    Use,
    shown,
)
from ..contract.model import ChoiceType, QName, Type
from . import sentences
from .defaults import default_of
from .members import Kind, Member, Presence
from .names import Call, Tag
from .scalars import MARKUP, TEXT
from .values import EnumMember, Value

ValueOf = Callable[[QName], Value]
TagOf = Callable[[QName], Tag]
Documented = Callable[[QName, str], str]
MembersOf = Callable[[QName], tuple[EnumMember, ...]]

_ITEMS, _CONTENT, _OTHERS, _OTHER = "items", "content", "others", "other"
_OTHER_ATTRIBUTES, _VALUE = "other_attributes", "value"
_NO_TAG = Tag("", "", "", "")


def usual_name(use: MemberUse) -> str:
    """What a member is called in the contract, or in generated code where that gives no name."""
    match use:
        case Use():
            return use.element.name.local
        case AttributeUse():
            return use.attribute.name.local
        case ItemsUse():
            return use.name or _ITEMS
        case OpenUse():
            return _OTHERS if use.repeats else _OTHER
        case OpenAttributesUse():
            return _OTHER_ATTRIBUTES
        case TextUse():
            return _VALUE


class MemberPlanner:
    """Plans members.

    Args:
        value_of: How values of a type are annotated, written and read.
        text_value_of: The same for a text that is no element.
        tag_of: A name as generated code writes and reads it.
        members_of: The members of a type that is an enumeration; none of any other type.
    """

    def __init__(
        self,
        value_of: ValueOf,
        text_value_of: ValueOf,
        tag_of: TagOf,
        members_of: MembersOf,
        documented: Documented,
    ) -> None:
        self.value_of = value_of
        self.text_value_of = text_value_of
        self.tag_of = tag_of
        self.members_of = members_of
        self.documented = documented

    def member(
        self, use: MemberUse, name: str, definition: Type | None, *, may_be_nil: bool
    ) -> Member:
        """``use``, which is no element of one name, as a member called ``name``.

        Args:
            use: The member in the contract.
            name: Its name.
            definition: The type of its values; None for a built-in one.
            may_be_nil: Whether the element around it may be nil.
        """
        match use:
            case Use():
                return self._chosen(use, name)
            case ItemsUse():
                assert isinstance(definition, ChoiceType), "items are one of several elements"
                return self._items(use, name, definition)
            case OpenUse():
                return self._open(use, name)
            case AttributeUse():
                return self._attribute(use, name)
            case OpenAttributesUse():
                return self._open_attributes(name)
            case TextUse():
                return self._text(use, name, may_be_nil=may_be_nil)

    def _chosen(self, use: Use, name: str) -> Member:
        value = self.value_of(use.type)
        member = _member(
            name,
            Kind.CHOSEN,
            value,
            tag=self.tag_of(use.element.name),
            write=Call(value.write),
            read=Call("chosen", (value.read,)),
            documentation=use.element.documentation,
            xml_type=shown(use.type),
        )
        if use.element.occurrence.repeats:
            return replace(
                _listed(member),
                write=Call("add_items", (value.write,)),
                read=Call("chosen_items", (value.read,)),
            )
        if use.is_optional:
            return replace(
                member,
                presence=Presence.OPTIONAL,
                annotation=f"{value.annotation} | None",
                accepts=f"{value.accepts} | None",
                default="None",
                write=Call("add_chosen", (value.write,)),
                read=Call("chosen_or_none", (value.read,)),
            )
        return member

    def _items(self, use: ItemsUse, name: str, choice: ChoiceType) -> Member:
        value, is_mixed = self.value_of(use.type), choice.mixed
        member = _member(
            name,
            Kind.CONTENT if is_mixed else Kind.ITEMS,
            value,
            tag=Tag(name, "", "", name),
            write=Call("add_items", (value.write,)),
            read=Call("mixed_items" if is_mixed else "chosen_items", (value.read,)),
            documentation=sentences.items(is_mixed=is_mixed),
            xml_type=shown(use.type),
        )
        return replace(_listed(member), is_open=choice.is_open)

    def _open(self, use: OpenUse, name: str) -> Member:
        member = _member(
            name,
            Kind.OPEN,
            MARKUP,
            tag=Tag(name, "", "", name),
            write=Call("add_markup"),
            read=Call("unknown_elements"),
            documentation=sentences.left_open(repeats=use.repeats),
        )
        member = replace(member, takes_named=use.takes_named)
        if use.repeats:
            return _listed(member)
        if use.optional:
            return replace(
                member,
                presence=Presence.OPTIONAL,
                annotation=f"{MARKUP.annotation} | None",
                accepts=f"{MARKUP.accepts} | None",
                default="None",
                write=Call("optional", ("markup_of",)),
                read=Call("unknown_element"),
            )
        return replace(member, write=Call("markup_of"), read=Call("required_unknown_element"))

    def _attribute(self, use: AttributeUse, name: str) -> Member:
        attribute, value = use.attribute, self.text_value_of(use.type)
        default = "" if attribute.default is None else attribute.default
        of_names = "qualified_" if value.needs_namespaces else ""
        source, text = default_of(value, self.members_of(use.type), attribute.default)
        member = _member(
            name,
            Kind.ATTRIBUTE,
            value,
            tag=self.tag_of(attribute.name),
            write=Call(f"add_{of_names}attribute", (value.text,)),
            read=Call(f"required_{of_names}attribute", (value.parse,)),
            documentation=sentences.attribute(
                self.documented(use.type, attribute.documentation),
                default,
                is_fixed=attribute.is_fixed,
            ),
            xml_type=shown(use.type),
        )
        if attribute.is_fixed and not value.has_names:
            member = replace(member, fixed_text=attribute.default)
        if source or text is not None:
            return replace(
                member,
                presence=Presence.REQUIRED if attribute.required else Presence.ZERO,
                default=source,
                default_text=text,
                read=(
                    member.read
                    if attribute.required
                    else Call(f"{of_names}attribute_of", (value.parse,))
                ),
            )
        if attribute.required:
            return member
        return replace(
            member,
            presence=Presence.OPTIONAL,
            annotation=f"{value.annotation} | None",
            accepts=f"{value.accepts} | None",
            default="None",
            write=Call(f"add_optional_{of_names}attribute", (value.text,)),
            read=Call(f"{of_names}attribute_of", (value.parse,)),
        )

    def _open_attributes(self, name: str) -> Member:
        member = _member(
            name,
            Kind.OPEN_ATTRIBUTES,
            TEXT,
            tag=Tag(name, "", "", name),
            write=Call("add_open_attributes"),
            read=Call("open_attributes"),
            documentation=sentences.open_attributes(),
        )
        return replace(
            member,
            presence=Presence.REPEATED,
            annotation="dict[str, str]",
            accepts="Mapping[str, str]",
        )

    def _text(self, use: TextUse, name: str, *, may_be_nil: bool) -> Member:
        value = self.text_value_of(use.type)
        of_names = "qualified_" if value.needs_namespaces else ""
        member = _member(
            name,
            Kind.TEXT,
            value,
            write=Call(f"add_{of_names}text", (value.text,)),
            read=Call(f"{of_names}text_of", (value.parse,)),
            documentation=self.documented(use.type, sentences.text()),
            xml_type=shown(use.type),
        )
        if not may_be_nil:
            return member
        return replace(
            member,
            presence=Presence.NILLABLE,
            annotation=f"{value.annotation} | None",
            accepts=f"{value.accepts} | None",
            write=Call(f"add_optional_{of_names}text", (value.text,)),
            read=Call(f"{of_names}text_or_none", (value.parse,)),
            documentation=self.documented(use.type, sentences.nillable_text()),
        )


def _member(
    name: str,
    kind: Kind,
    value: Value,
    *,
    write: Call,
    read: Call,
    documentation: str,
    tag: Tag = _NO_TAG,
    xml_type: str = "",
) -> Member:
    return Member(
        name=name,
        variable="",
        tag=tag,
        value=value,
        presence=Presence.REQUIRED,
        annotation=value.annotation,
        accepts=value.accepts,
        default="",
        write=write,
        read=read,
        documentation=documentation,
        xml_type=xml_type,
        kind=kind,
    )


def _listed(member: Member) -> Member:
    return replace(
        member,
        presence=Presence.REPEATED,
        annotation=f"list[{member.value.annotation}]",
        accepts=f"Iterable[{member.value.annotation}]",
        default="()",
    )
