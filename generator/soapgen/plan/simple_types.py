"""Simple types → plan: how their values are annotated, and the codecs of their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from .. import naming
from ..contract import Reach, parts_of, shown
from ..contract.model import SWA_REF, EnumType, ListType, QName, ScalarType, Type, UnionType
from . import facet_sentences, sentences
from .limits import limits_of
from .names import Direction
from .scalars import ATTACHED, DATA_CONTRACT_VALUES, TEXT, VALUES, strict_parse
from .type_names import TypeNames, has_class
from .values import Codec, EnumMember, Limits, Made, Value

# What treats the white space of an enumeration's texts, where it is not that of a token.
_WHITE_SPACE = {"string": "string_value", "normalizedString": "normalized_value"}


class SimpleTypes:
    """Plans simple types.

    Args:
        names: The types, with the names of what is generated for them.
        checks: Whether values are checked against facets when they are written.
    """

    def __init__(self, names: TypeNames, *, checks: bool) -> None:
        self.names = names
        self.checks = checks
        self.reach: Reach = names.reach
        self._builtin = DATA_CONTRACT_VALUES if self.reach.data_contract else VALUES
        self._values: dict[QName, Value] = {}
        self._enumerated: dict[int, tuple[EnumMember, ...]] = {}
        self._limited: dict[QName, Limits | None] = {}

    def value(self, name: QName) -> Value:
        """How the values of elements of the type ``name`` are annotated, written and read."""
        if name in self._builtin:
            return self._builtin[name]
        if name == SWA_REF:
            return ATTACHED
        if name not in self._values:
            self._values[name] = self._value(name, self.reach.types[name])
        return self._values[name]

    def text_value(self, name: QName) -> Value:
        """The same where it is the text of an attribute, an item or a member of a union."""
        if name == SWA_REF:
            return TEXT  # only an element has an attachment; elsewhere its address is a text
        value = self.value(name)
        # By its element, a value of any type has a type of its own.
        return TEXT if value.annotation == "AnyType" else value

    def _value(self, name: QName, definition: Type) -> Value:
        if isinstance(definition, ScalarType):
            return self._checked(name, self.value(definition.read_as))
        if isinstance(definition, EnumType):
            if definition.is_of_names:
                assert definition.builtin is not None, "it is one of the qualified names"
                return self.value(definition.builtin)
            return self._checked(name, self._enumeration(name, definition))
        parts = [self.text_value(part) for part in self.reach.parts.get(name, ())]
        write, read = (self.names.function(name, direction) for direction in Direction)
        text, parse = (self.names.codec(name, direction) for direction in Direction)
        value = Value(
            annotation="",
            accepts="",
            write=write,
            read=read,
            text=text,
            parse=parse,
            needs_namespaces=any(part.needs_namespaces for part in parts),
        )
        if isinstance(definition, ListType) and definition.is_flags:
            flags = f"frozenset[{self.names.classes[name]}]"
            return replace(
                value, annotation=flags, accepts=flags, zero="frozenset()", is_harmless=True
            )
        if isinstance(definition, ListType):
            inner = parts[0].annotation
            return replace(
                value, annotation=f"list[{inner}]", accepts=f"Iterable[{inner}]", empty="list"
            )
        if len(set(parts)) == 1 and self.reach.parts[name][0] in self._builtin:
            return parts[0]
        union = " | ".join(dict.fromkeys(part.annotation for part in parts))
        return replace(value, annotation=union, accepts=union)

    def _enumeration(self, name: QName, definition: EnumType) -> Value:
        class_name = self.names.classes[name]
        zero = f"{class_name}.{self.zero(definition)}" if definition.data_contract else ""
        return Value(
            class_name,
            class_name,
            "xs_string",
            self.names.function(name, Direction.READ),
            zero,
            is_harmless=definition.has_zero,
            optional_write="optional_string",
            text=TEXT.text,
            parse=self.names.codec(name, Direction.READ),
        )

    def _checked(self, name: QName, value: Value) -> Value:
        """``value``, written by functions of its own if it is checked against facets."""
        if not self._is_checked(name):
            return value
        return replace(
            value,
            write=self.names.function(name, Direction.WRITE),
            text=self.names.codec(name, Direction.WRITE),
            optional_write="",
        )

    def _is_checked(self, name: QName) -> bool:
        """Whether values of the type ``name`` are checked when they are written."""
        return self.checks and self._limits(name) is not None

    def _limits(self, name: QName) -> Limits | None:
        """What texts of the type ``name`` are checked against, if anything.

        A set of flags is not: values that it does not list are allowed.
        """
        if name not in self._limited:
            definition = self.reach.types.get(name)
            is_flags = isinstance(definition, ListType) and definition.is_flags
            is_listed = isinstance(definition, EnumType)
            class_name = self.names.classes.get(name, "") if is_listed else ""
            self._limited[name] = None if is_flags else limits_of(definition, class_name)
        return self._limited[name]

    def zero(self, enumeration: EnumType) -> str:
        """The name of the member that is number 0 in .NET, else of the first one."""
        return self.members(enumeration)[enumeration.zero].name

    def members(self, definition: EnumType) -> tuple[EnumMember, ...]:
        """The members of an enumeration, each with a name of its own.

        Which of several values that would have one name gets a number does not depend on their
        order in the contract, which may change.
        """
        if id(definition) not in self._enumerated:
            scope = naming.Names()
            values = definition.values
            in_order = sorted(range(len(values)), key=lambda position: values[position].value)
            names = {at: scope.take(naming.constant(values[at].value)) for at in in_order}
            self._enumerated[id(definition)] = tuple(
                EnumMember(names[at], item.value, item.documentation)
                for at, item in enumerate(values)
            )
        return self._enumerated[id(definition)]

    def _is_listed(self, name: QName) -> bool:
        """Whether the type ``name`` lists its values, in a class for them."""
        definition = self.reach.types.get(name)
        return isinstance(definition, EnumType) and has_class(definition)

    # --- codecs --------------------------------------------------------------------------------

    def codecs(self, among: Set[QName], direction: Direction) -> tuple[Codec, ...]:
        """The codecs of those types ``among`` the given ones that are not in shared modules.

        Each is after those that it is made of; none is there that nothing uses.
        """
        own = dict.fromkeys(name for name, _ in self.names.own)
        found = self._codecs([name for name in own if name in among], direction)
        return tuple(codec for name, codec in found.items() if name in own)

    def _codecs(self, names: Iterable[QName], direction: Direction) -> dict[QName, Codec]:
        """The codecs that code for the types ``names`` needs, by their types."""
        found: dict[QName, Codec] = {}
        for name in names:
            if self._is_needed(name, direction):
                for part, codec in self._with_parts(name, direction):
                    found.setdefault(part, codec)
        return found

    def _is_needed(self, name: QName, direction: Direction) -> bool:
        """Whether there is a codec of the type ``name`` that not only other ones may use."""
        is_scalar = isinstance(self.reach.types.get(name), ScalarType)
        if is_scalar and direction is Direction.READ:
            return name in self.reach.in_unions
        return self._needs_element(name, direction) or name in self.reach.in_texts

    def _with_parts(self, name: QName, direction: Direction) -> Iterator[tuple[QName, Codec]]:
        """The codecs that the one for ``name`` is made of, and that one, by their types."""
        codec = self._codec(name, direction)
        if codec is None:
            return
        used = set(_names(codec.made))
        for part in sorted(parts_of(self.reach.parts, [name])):
            if self.names.codec(part, direction) in used:
                yield from self._with_parts(part, direction)
        yield name, codec

    def is_net(self, name: QName) -> bool:
        """Whether elements of an enumeration, or a set of flags, are read by .NET's rules."""
        definition = self.reach.types[name]
        is_flags = isinstance(definition, ListType) and definition.is_flags
        return is_flags or (isinstance(definition, EnumType) and definition.data_contract)

    def documented(self, name: QName, documentation: str, *, repeats: bool = False) -> str:
        """``documentation`` of a value with what its type says of it: its facets, listed names.

        If it ``repeats``, the type is that of each item of a list.
        """
        definition = self.reach.types.get(name)
        said = facet_sentences.of_type(definition)
        for part in self.reach.parts.get(name, ()) if isinstance(definition, ListType) else ():
            of_item = facet_sentences.of_type(self.reach.types.get(part))
            said = " ".join(filter(None, (said, facet_sentences.of_each(of_item))))
        said = facet_sentences.of_each(said) if repeats else said
        if isinstance(definition, EnumType) and not has_class(definition):
            said = f"One of {sentences.one_of([item.value for item in definition.values])}."
        return "\n\n".join(filter(None, (documentation, said)))

    def said_type(self, name: QName) -> QName:
        """The type ``name`` or, if that is no name of the contract, the one that it restricts."""
        definition = self.reach.types.get(name)
        if isinstance(definition, ScalarType) and "/" in name.local:
            return definition.builtin
        return name

    def _needs_element(self, name: QName, direction: Direction) -> bool:
        """Whether elements of the type ``name`` are written and read by its codecs."""
        if name not in self.reach.declared:
            return False
        definition = self.reach.types.get(name)
        if isinstance(definition, EnumType | ScalarType) and direction is Direction.WRITE:
            return self._is_checked(name)
        is_simple = isinstance(definition, EnumType | ListType | UnionType)
        return is_simple and not self.is_net(name)

    def _codec(self, name: QName, direction: Direction) -> Codec | None:
        """The codec of the type ``name``; None if it has none of its own."""
        made = self._made(name, direction)
        if made is None:
            return None
        value = self.value(name)
        qualified = "qualified_" if value.needs_namespaces else ""
        is_written = direction is Direction.WRITE
        needs_element = self._needs_element(name, direction)
        element = self.names.function(name, direction) if needs_element else ""
        return Codec(
            function=self.names.codec(name, direction),
            made=made,
            element_function=element,
            element_maker=f"{qualified}{'writer' if is_written else 'reader'}" if element else "",
            expected="" if is_written or not element else self._expected(name),
        )

    def _made(self, name: QName, direction: Direction) -> Made | None:
        limits = self._limits(name)
        definition = self.reach.types.get(name)
        if isinstance(definition, ScalarType) and direction is Direction.READ and limits:
            return Made("checked_value", (self._strict_builtin(definition), limits))
        if not self._is_checked(name) or direction is Direction.READ:
            return self._unchecked(name, direction)
        assert limits is not None, "it is checked"
        if isinstance(definition, EnumType):
            return Made("checked_text", (TEXT.text, limits))
        if not isinstance(definition, ScalarType):
            made = self._unchecked(name, direction)
            return made and Made("checked_text", (made, limits))
        text = self.text_value(definition.read_as).text
        # All but the text of a string is written without white space that does not count.
        limits = limits if text == TEXT.text else replace(limits, white_space="")
        return Made("checked_text", (text, limits))

    def _unchecked(self, name: QName, direction: Direction) -> Made | None:
        definition = self.reach.types.get(name)
        is_written = direction is Direction.WRITE
        if isinstance(definition, EnumType):
            if is_written or not has_class(definition):
                return None
            return Made("open_value", self._listed(name, definition))
        if isinstance(definition, ListType) and definition.is_flags:
            return Made(f"flags_{'text' if is_written else 'value'}", (self.names.classes[name],))
        if isinstance(definition, ListType):
            item = self.text_value(self.reach.parts[name][0])
            if is_written:
                return Made("list_text", (item.text,))
            return Made("list_value", (item.parse,))
        if not isinstance(definition, UnionType) or not self._has_codec(name):
            return None
        parts = self.reach.parts[name]
        if is_written:
            pairs = dict.fromkeys(
                Made("", (self._kind(part), self.text_value(part).text)) for part in parts
            )
            return Made("union_text", tuple(pairs))
        members = [self._strict(part) for part in parts]
        if self._is_listed(parts[-1]):
            # What no member takes may be a value that the last one does not list yet.
            members.append(self.value(parts[-1]).parse)
        return Made("union_value", tuple(members))

    @staticmethod
    def _is_plain(definition: Type) -> bool:
        """Whether the values may be those of a built-in type, though the type is none."""
        return isinstance(definition, EnumType | UnionType)

    def _has_codec(self, name: QName) -> bool:
        return self.value(name).parse == self.names.codec(name, Direction.READ)

    def _kind(self, name: QName) -> str:
        """The class of values: by it, a union knows how to write them."""
        kind = self.text_value(name).annotation.partition("[")[0]
        # By its annotation, a float may be an int; a value of an enumeration is a text.
        return "float | int" if kind == "float" else "str" if self._is_listed(name) else kind

    def _strict(self, name: QName) -> Made | str:
        """What gives the values of texts of the type ``name``, and refuses all other texts."""
        definition, limits = self.reach.types.get(name), self._limits(name)
        if isinstance(definition, EnumType) and has_class(definition):
            return Made("only_listed", self._listed(name, definition))
        if isinstance(definition, ScalarType):
            is_limited = limits is not None
            codec = self.names.codec(name, Direction.READ)
            return codec if is_limited else self._strict_builtin(definition)
        made: Made
        if isinstance(definition, ListType) and not definition.is_flags:
            made = Made("list_value", (self._strict(self.reach.parts[name][0]),))
        elif isinstance(definition, UnionType):
            made = Made("union_value", tuple(map(self._strict, self.reach.parts[name])))
        else:
            return strict_parse(name, self.text_value(name))
        return Made("checked_value", (made, limits)) if limits else made

    def _strict_builtin(self, definition: ScalarType) -> Made | str:
        return strict_parse(definition.read_as, self.text_value(definition.read_as))

    def _listed(self, name: QName, definition: EnumType) -> tuple[str, ...]:
        """The arguments of what reads the values of an enumeration."""
        builtin = definition.builtin.local if definition.builtin else ""
        white_space = (_WHITE_SPACE[builtin],) if builtin in _WHITE_SPACE else ()
        return (self.names.classes[name], *white_space)

    def _expected(self, name: QName) -> str:
        definition = self.reach.types[name]
        if isinstance(definition, EnumType):
            return "a text"
        names = [self.names.classes.get(part) or shown(part) for part in self.reach.parts[name]]
        if isinstance(definition, ListType):
            return sentences.list_of(names[0])
        return sentences.one_of(names)

    def called(self) -> frozenset[str]:
        """The functions of the runtime that all of these types, in both directions, call."""
        names: set[str] = set()
        for scalar in self.reach.scalars:
            value = self.value(scalar)
            names |= {value.write, value.read}
        if SWA_REF in self.reach.types:
            names |= {ATTACHED.write, ATTACHED.read}
        for name in self.reach.in_texts:
            value = self.text_value(name)
            names |= {value.text, value.parse}
        for direction in Direction:
            for codec in self._codecs(self.reach.types, direction).values():
                names |= {codec.element_maker, *_names(codec.made)}
        for name in self.reach.declared:
            if self._is_plain(self.reach.types[name]):
                names |= {self.value(name).write, self.value(name).read}
        return frozenset(names - {""})


def _names(made: Made | Limits | str) -> Iterator[str]:
    """The names in the source that ``made`` is."""
    if isinstance(made, str):
        yield made
        return
    if isinstance(made, Limits):
        yield from made.functions
        return
    yield made.function
    for argument in made.arguments:
        yield from _names(argument)
