"""The plan of simple types and of values, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .names import Call, Source


@dataclass(frozen=True, slots=True)
class Value:
    """How values of one type are annotated, written and read.

    Attributes:
        annotation: The type in models and results.
        accepts: The type of a parameter, which may be wider.
        write: The function that writes an element of the type, ``(tag, value) -> str``.
        read: The function that reads one, ``(element) -> value``.
        zero: The value of an absent element in a data contract, as source; empty for a type whose
            absent element is None.
        is_harmless: Whether that zero cannot be mistaken for a value that somebody gave: False
            cannot, a date or a number can.
        empty: The class whose empty instance represents nil in a list; empty if there is none.
        item: The type of the items, if it is a list; else empty.
        optional_write: The function of the runtime that writes an optional element of this type,
            ``(tag, value | None) -> str``; empty where there is only the general one.
        nillable_read: The function of the runtime that reads a nillable element of this type,
            ``(element) -> value | None``; empty where there is only the general one.
        nil_says_more: Whether a nil element may be more than None: one with a type or attributes.
        tells_nil: Whether it is a dataclass that says itself that it is nil, to keep attributes.
        is_record: Whether it is a dataclass: it is written by a function of the runtime, which
            refuses other values and puts the path into the message.
        content: For a dataclass with a text: how the text is written and read; else None.
        is_mixed: Whether it is a dataclass with a list of texts and elements.
        text: For a simple type: the function that gives the lexical form of a value, not escaped,
            ``(name, value) -> str``.
        parse: For a simple type: the function that gives the value of a lexical form,
            ``(text) -> value``; it raises ValueError or ArithmeticError.
        needs_namespaces: Whether the text has qualified names: ``text`` and ``parse`` are then
            called by the functions of ``_qnames`` for elements and attributes.
    """

    annotation: Source
    accepts: Source
    write: Source
    read: Source
    zero: Source = ""
    is_harmless: bool = False
    empty: Source = ""
    item: Source = ""
    optional_write: Source = ""
    nillable_read: Source = ""
    nil_says_more: bool = False
    tells_nil: bool = False
    is_record: bool = False
    content: Value | None = None
    is_mixed: bool = False
    text: Source = ""
    parse: Source = ""
    needs_namespaces: bool = False

    @property
    def is_name(self) -> bool:
        """Whether the text is one qualified name."""
        return self.needs_namespaces and self.annotation == "QName"

    @property
    def has_names(self) -> bool:
        """Whether the text has qualified names, and may have more than one."""
        return self.needs_namespaces and not self.is_name

    @property
    def fixed_codec(self) -> tuple[Source, Source]:
        """What gives a text to compare with a fixed one, and what gives the value of that."""
        return ("expanded_name_text", "str") if self.is_name else (self.text, self.parse)

    @property
    def default_reader(self) -> Source:
        """What makes a reader of empty elements, which have a default, of that of others."""
        return "default_name_reader" if (self.content or self).is_name else "default_reader"


@dataclass(frozen=True, slots=True)
class Matched:
    """A regular expression of Python that texts have to match.

    Attributes:
        pattern: The expression.
        has_categories: Whether it has categories of Unicode, which the runtime has to replace.
        may_double: Whether Python may take a time that doubles with each character of a text.
    """

    pattern: str
    has_categories: bool = False
    may_double: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What the texts of a simple type are checked against: the arguments of ``Facets``.

    Attributes:
        white_space: The function of the runtime for their white space; empty where none is needed.
        values: The class of the values that are allowed, or empty.
        listed: The texts that are allowed, if not all are.
        patterns: What they all have to match.
        size: The function of the runtime that measures them; empty for their characters.
        length: How long they are.
        min_length: How long they are at least.
        max_length: How long they are at most.
        order: The function by which they are compared; empty for that of decimals.
        min_inclusive: The least of them.
        max_inclusive: The greatest of them.
        min_exclusive: What they are greater than.
        max_exclusive: What they are less than.
        total_digits: How many digits they have at most.
        fraction_digits: How many digits they have at most after the point.
    """

    white_space: Source = ""
    values: Source = ""
    listed: tuple[str, ...] = ()
    patterns: tuple[Matched, ...] = ()
    size: Source = ""
    length: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    order: Source = ""
    min_inclusive: str | None = None
    max_inclusive: str | None = None
    min_exclusive: str | None = None
    max_exclusive: str | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None

    @property
    def bounds(self) -> tuple[tuple[str, str | None], ...]:
        """The bounds by their names; None where there is none."""
        return (
            ("min_inclusive", self.min_inclusive),
            ("max_inclusive", self.max_inclusive),
            ("min_exclusive", self.min_exclusive),
            ("max_exclusive", self.max_exclusive),
        )

    @property
    def counts(self) -> tuple[tuple[str, int | None], ...]:
        """The lengths and numbers of digits by their names; None where there is none."""
        return (
            ("length", self.length),
            ("min_length", self.min_length),
            ("max_length", self.max_length),
            ("total_digits", self.total_digits),
            ("fraction_digits", self.fraction_digits),
        )

    @property
    def is_bounded(self) -> bool:
        """Whether there is a bound."""
        return any(bound is not None for _, bound in self.bounds)

    @property
    def checks(self) -> bool:
        """Whether any text may be refused."""
        is_counted = any(count is not None for _, count in self.counts)
        return bool(self.values or self.listed or self.patterns) or self.is_bounded or is_counted

    @property
    def functions(self) -> frozenset[str]:
        """The functions of the runtime that it needs."""
        names = {"Facets", self.white_space, self.size, self.order}
        names |= {"with_categories" for item in self.patterns if item.has_categories}
        names |= {"Automaton" for item in self.patterns if item.may_double}
        return frozenset(names - {""})

    def compared_by(self, order: Source) -> Limits:
        """The same, with values that are compared by ``order``."""
        return replace(self, order=order)

    def of_length(
        self, size: Source, length: int | None, minimum: int | None, maximum: int | None
    ) -> Limits:
        """The same with lengths, which ``size`` measures if there are any."""
        if length is minimum is maximum is None:
            return self
        return replace(self, size=size, length=length, min_length=minimum, max_length=maximum)


@dataclass(frozen=True, slots=True)
class Made:
    """What a function of the runtime makes of codecs and classes, or a pair of them.

    Attributes:
        function: The function; empty for a pair.
        arguments: Its arguments, or the two of the pair.
    """

    function: Source
    arguments: tuple[Source | Made | Limits, ...]


@dataclass(frozen=True, slots=True)
class Codec:
    """What writes, or reads, the texts of one simple type, and elements with such a text.

    Attributes:
        function: The function for texts.
        made: What it is.
        element_function: The function for elements; empty if no element is of this type.
        element_maker: The function of the runtime that makes it of the one for texts.
        expected: What a text must be, for a message; empty for a function that writes.
    """

    function: Source
    made: Made
    element_function: Source
    element_maker: Source
    expected: str = ""


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A value of an enumeration.

    Attributes:
        name: The name of the member.
        value: The value on the wire.
        documentation: Its documentation, or empty.
    """

    name: Source
    value: str
    documentation: str = ""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A StrEnum, alone or as the items of a set of flags.

    Attributes:
        class_name: The class.
        function: The function that writes or reads its values.
        maker: The call of the runtime that makes this function.
        flags: Whether values are sets of its members.
        members: Its values.
        description: Its documentation or, where there is none, what it is.
    """

    class_name: Source
    function: Source
    maker: Call
    flags: bool
    members: tuple[EnumMember, ...]
    description: str
