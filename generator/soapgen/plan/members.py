"""The plan of members, items and choices of elements, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .names import Call, Source, Tag
from .values import Value


class Kind(StrEnum):
    """What a member of a dataclass stands for in an element: the macro of that name finds it."""

    ELEMENT = "element"
    CHOSEN = "chosen"  # one of several elements
    ITEMS = "items"  # elements whose order is content
    CONTENT = "content"  # the same, and text between them
    OPEN = "open"  # elements that the contract does not name
    ATTRIBUTE = "attribute"
    OPEN_ATTRIBUTES = "open_attributes"  # attributes that the contract does not name
    TEXT = "text"  # the text of the element

    @property
    def is_in_tag(self) -> bool:
        """Whether it stands in the start tag."""
        return self in (Kind.ATTRIBUTE, Kind.OPEN_ATTRIBUTES)


class Presence(StrEnum):
    """When an element is written, and what its absence means."""

    REQUIRED = "required"  # always there
    ZERO = "zero"  # always written; absent, it is the type's zero
    OPTIONAL = "optional"  # left out for None
    CLEARABLE = "clearable"  # for None left out, or nil
    NILLABLE = "nillable"  # always there; None is written as nil
    REPEATED = "repeated"  # once for each value


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a dataclass, or a parameter of an operation.

    Attributes:
        name: Its name.
        variable: The variable for its markup, where that needs a statement of its own.
        tag: Its element.
        value: How its values, or its items if it repeats, are written and read.
        presence: When its element is written, and what its absence means.
        annotation: Its type.
        accepts: Its type as a parameter, which may be wider.
        default: Its default as source; empty where a value must be given.
        default_text: Its default if that is a text of the contract; None for any other.
        write: How it is written, from the tag and the value.
        read: How its element is read, or one of its elements if it repeats.
        item: The type of its items, if it is a list; else empty.
        secret: Whether its value must not be shown.
        documentation: Its documentation, or empty.
        xml_type: The name of its type in the contract.
        kind: What it stands for in the element.
        empty_text: What an empty element means, by the contract; None where it is empty.
        fixed_text: The only value that it may have, by the contract; None where there are others.
        tells_nil: Whether its values say themselves that they are nil.
        takes_named: Whether elements of names that other members have may be in it.
        is_open: Whether elements that the contract does not name may be in it.
    """

    name: Source
    variable: Source
    tag: Tag
    value: Value
    presence: Presence
    annotation: Source
    accepts: Source
    default: Source
    write: Call
    read: Call
    item: Source = ""
    secret: bool = False
    documentation: str = ""
    xml_type: str = ""
    kind: Kind = Kind.ELEMENT
    default_text: str | None = None
    empty_text: str | None = None
    fixed_text: str | None = None
    tells_nil: bool = False
    takes_named: bool = False
    is_open: bool = False

    @property
    def is_required(self) -> bool:
        """Whether an instance cannot be made without it."""
        return self.presence is Presence.REQUIRED

    @property
    def is_read_in_place(self) -> bool:
        """Whether it is set in a loop over the elements, after the instance is made."""
        return self.kind is Kind.ELEMENT and not self.is_required

    @property
    def has_default(self) -> bool:
        """Whether an instance can be made without giving it a value."""
        return bool(self.default) or self.default_text is not None

    @property
    def says_nothing_by_value(self) -> bool:
        """Whether its default, which is not None, says that it is not there."""
        return self.default_text is not None or self.default not in ("", "None", "()")

    @property
    def default_in_class(self) -> Source:
        """Its default in a class: where it repeats, an empty list or dictionary of its own."""
        if not self.is_repeated:
            return self.default
        return "{}" if self.kind is Kind.OPEN_ATTRIBUTES else "[]"

    @property
    def is_repeated(self) -> bool:
        """Whether each of its values is an element of its own."""
        return self.presence is Presence.REPEATED

    @property
    def description(self) -> str:
        """Its documentation or, where there is none, what the contract calls it."""
        return self.documentation or f"{self.tag.local}, of type {self.xml_type}."


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, or a key or a value of a dictionary.

    Attributes:
        tag: Its element.
        value: How its values are written and read.
        annotation: Its type.
        read: How its element is read.
        nillable: Whether its element may be nil.
        empty: The class whose empty instance represents nil; empty where nil is None, or where it
            cannot be nil.
    """

    tag: Tag
    value: Value
    annotation: Source
    read: Call
    nillable: bool
    empty: Source


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several elements, of which one is there.

    Attributes:
        tag: Its element.
        value: How its values are written and read.
        class_name: The class that stands for it: that of its values, or one around a value.
        is_wrapped: Whether it is a class around a value.
        annotation: The type of the value in it.
        nillable: Whether its element may be nil.
        description: What a class around a value is.
        empty_text: What an empty element means, by the contract; None where it is empty.
        fixed_text: The only value that it may have, by the contract; None where there are others.
    """

    tag: Tag
    value: Value
    class_name: Source
    is_wrapped: bool
    annotation: Source
    nillable: bool
    description: str
    empty_text: str | None = None
    fixed_text: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Several elements, of which one is there: the items of a list, or a substitution group.

    Attributes:
        class_name: The name for the union of their classes.
        function: The function that writes them, or the object that reads them.
        alternatives: The elements.
        is_open: Whether there may be elements that the contract does not name.
        mixed: Whether there may be texts.
        is_unchecked: Whether elements that the contract names may have any other content.
        description: What it is.
    """

    class_name: Source
    function: Source
    alternatives: tuple[Alternative, ...]
    is_open: bool
    mixed: bool
    is_unchecked: bool
    description: str

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of its values, in the order in which they are told apart."""
        text = ("str",) if self.mixed else ()
        markup = ("Markup",) if self.is_open else ()
        return (*text, *(item.class_name for item in self.alternatives), *markup)

    @property
    def wrappers(self) -> tuple[Alternative, ...]:
        """The alternatives that have a class of their own around a value."""
        return tuple(item for item in self.alternatives if item.is_wrapped)

    @property
    def expected(self) -> str:
        """What a value of it is, for a message."""
        *others, last = self.classes
        return f"{', '.join(others)} or {last}" if others else last


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice that stands once: only one of its branches may be given (XSD part 1, 3.8.4).

    Attributes:
        branches: The members of each branch.
        required: Whether one must be given.
        repeated: The members whose values are an element each: an empty list is none. An empty
            list that is the value of one element is an element.
        clearable: The members that may be nil, which is an element, or missing.
    """

    branches: tuple[tuple[Source, ...], ...]
    required: bool
    repeated: frozenset[Source] = frozenset()
    clearable: frozenset[Source] = frozenset()
