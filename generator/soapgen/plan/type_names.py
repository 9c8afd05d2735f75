"""Types → names: the class of each and the functions that write and read it, each given once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .. import naming
from ..contract import Reach, shown
from ..contract.model import ChoiceType, ComplexType, EnumType, ListType, QName, Type
from .choices import wrapped
from .names import Direction

# What the names of the functions for texts begin with, by direction.
_OF_TEXTS = {Direction.WRITE: "text_of", Direction.READ: "value_of"}


@dataclass(frozen=True, slots=True)
class TypeNames:
    """The names of the types in a reach.

    Attributes:
        reach: The types.
        own: The types that are not in shared modules, ordered by their names in the contract.
        classes: The class of each type that has one.
        stems: For each type, the common part of the names of the functions that write or read it.
        any_stems: The same for the functions that also write or read the types derived from it.
        wrappers: The classes around values of single alternatives, by choice and element.
        shared: The names of the types in shared modules; None where there are none.
    """

    reach: Reach
    own: tuple[tuple[QName, Type], ...]
    classes: Mapping[QName, str]
    stems: Mapping[QName, str]
    any_stems: Mapping[QName, str]
    wrappers: Mapping[QName, Mapping[QName, str]]
    shared: TypeNames | None = None

    def wrappers_of(self, choice: QName) -> Mapping[QName, str]:
        """The classes around values of single alternatives of ``choice``, by element."""
        return self._home(choice).wrappers[choice]

    def function(self, name: QName, direction: Direction) -> str:
        """The function for elements of exactly the type ``name``."""
        return naming.function(self._home(name).stems.get(name, ""), direction)

    def any_function(self, name: QName, direction: Direction) -> str:
        """The function for elements that may be of a type derived from ``name``; or empty."""
        return naming.function(self._home(name).any_stems.get(name, ""), direction)

    def codec(self, name: QName, direction: Direction) -> str:
        """The function for texts of the type ``name``: how they are made, or what they mean."""
        stem = self._home(name).stems.get(name, "")
        return naming.function(stem, _OF_TEXTS[direction])

    def _home(self, name: QName) -> TypeNames:
        """The names that include those of the functions for ``name``."""
        return self.shared if self.shared and name in self.shared.reach.types else self

    def shared_classes(self) -> tuple[str, ...]:
        """The classes that are used here and defined in shared modules."""
        shared = self.shared.reach.types if self.shared else {}
        names = self.reach.types.keys() & shared.keys() & self.classes.keys()
        return tuple(sorted(self.classes[name] for name in names))

    def all_functions(self) -> frozenset[str]:
        """All functions that code for these types may call."""
        prefixes = (*Direction, *_OF_TEXTS.values())
        stems = self.all_stems()
        return frozenset(naming.function(stem, prefix) for stem in stems for prefix in prefixes)

    def all_stems(self) -> frozenset[str]:
        """The stems of all functions that code for these types may call."""
        shared = self.shared.all_stems() if self.shared else frozenset()
        return shared | {*self.stems.values(), *self.any_stems.values()}


def name_types(
    reach: Reach,
    classes: naming.Names,
    functions: naming.Names,
    shared: TypeNames | None = None,
    *,
    given: Mapping[QName, naming.GivenName] = MappingProxyType({}),
) -> TypeNames:
    """Name the types in ``reach``.

    Args:
        reach: The types.
        classes: The scope of their classes.
        functions: The scope of the stems of their functions.
        shared: The names of the types in shared modules, which keep them.
        given: The classes that a user names.

    Raises:
        GivenError: Something else has such a name.
    """
    elsewhere = shared.reach.types if shared else {}
    own = sorted(
        (item for item in reach.types.items() if item[0] not in elsewhere),
        key=lambda item: (shown(item[0]), item[0].namespace),
    )
    named = {name: classes.give(given[name]) for name, _ in own if name in given}
    stems: dict[QName, str] = {}
    for name, definition in own:
        if not has_functions(definition):
            continue
        class_name = naming.pascal(name.local)
        if has_class(definition):
            if name not in named:
                named[name] = classes.take(class_name, owner=f"the type {shown(name)}")
            class_name = named[name]
        stems[name] = functions.take(naming.snake(class_name))
    any_stems = {
        name: functions.take(naming.snake(f"Any{class_name}"))
        for name, class_name in named.items()
        if _has_derived(reach, name)
    }
    wrappers = {
        name: {
            use.element.name: classes.take(
                naming.wrapper(name.local, use.element.name.local),
                owner=f"an item of {shown(name)}",
            )
            for use in wrapped(reach, name)
        }
        for name, definition in own
        if isinstance(definition, ChoiceType)
    }
    everything = named | dict(shared.classes) if shared else named
    return TypeNames(reach, tuple(own), everything, stems, any_stems, wrappers, shared)


def _has_derived(reach: Reach, name: QName) -> bool:
    """Whether an element of the type ``name`` may be of another one."""
    definition = reach.types[name]
    is_abstract = isinstance(definition, ComplexType) and definition.abstract
    return bool(reach.children.get(name)) or is_abstract


def has_class(definition: Type) -> bool:
    """Whether the type has a class: of records, of the values that it lists, or for several."""
    if isinstance(definition, EnumType):
        return not definition.is_of_names
    if isinstance(definition, ListType):
        return definition.is_flags
    return isinstance(definition, ComplexType | ChoiceType)


def has_functions(definition: Type) -> bool:
    """Whether the type has its own functions; all others have those of a built-in type."""
    is_of_names = isinstance(definition, EnumType) and definition.is_of_names
    return not is_of_names
