"""Types → names: the class of each and the functions that write and read it, each given once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import naming
from ..contract import Reach, shown
from ..contract.model import ComplexType, EnumType, ListType, QName, Type, UnionType
from .types import Direction


@dataclass(frozen=True, slots=True)
class TypeNames:
    """The names of the types in a reach.

    Attributes:
        reach: The types.
        own: Those that are generated here, in the order of their names in the contract.
        classes: The class of each type that has one.
        stems: What the names of the functions for a type have in common.
        any_stems: The same for the functions that read or write any type derived from it.
        shared: The names of the types that other services use too, which are generated elsewhere.
    """

    reach: Reach
    own: tuple[tuple[QName, Type], ...]
    classes: Mapping[QName, str]
    stems: Mapping[QName, str]
    any_stems: Mapping[QName, str]
    shared: TypeNames | None = None

    def function(self, name: QName, direction: Direction) -> str:
        """The function for elements of the very type ``name``."""
        return naming.function(self._home(name).stems.get(name, ""), direction)

    def any_function(self, name: QName, direction: Direction) -> str:
        """The function for elements that may be of a type derived from ``name``; or empty."""
        return naming.function(self._home(name).any_stems.get(name, ""), direction)

    def _home(self, name: QName) -> TypeNames:
        """The names among which are those of the functions for ``name``."""
        return self.shared if self.shared and name in self.shared.reach.types else self

    def shared_classes(self) -> tuple[str, ...]:
        """The classes that are used here and generated elsewhere."""
        shared = self.shared.reach.types if self.shared else {}
        names = self.reach.types.keys() & shared.keys() & self.classes.keys()
        return tuple(sorted(self.classes[name] for name in names))

    def all_stems(self) -> frozenset[str]:
        """The stems of all functions that code for these types may call."""
        shared = self.shared.all_stems() if self.shared else frozenset()
        return shared | {*self.stems.values(), *self.any_stems.values()}


def name_types(
    reach: Reach,
    classes: naming.Names,
    functions: naming.Names,
    shared: TypeNames | None = None,
) -> TypeNames:
    """Name the types in ``reach``.

    Args:
        reach: The types.
        classes: The scope of their classes.
        functions: The scope of the stems of their functions.
        shared: The names of the types that are generated elsewhere, which keep them.
    """
    elsewhere = shared.reach.types if shared else {}
    own = sorted(
        (item for item in reach.types.items() if item[0] not in elsewhere),
        key=lambda item: (shown(item[0]), item[0].namespace),
    )
    named: dict[QName, str] = {}
    stems: dict[QName, str] = {}
    for name, found in own:
        if not has_functions(found):
            continue
        class_name = naming.pascal(name.local)
        if isinstance(found, ComplexType | EnumType | ListType):
            class_name = named[name] = classes.take(class_name)
        stems[name] = functions.take(naming.snake(class_name))
    any_stems = {
        name: functions.take(naming.snake(f"Any{class_name}"))
        for name, class_name in named.items()
        if _has_derived(reach, name)
    }
    everything = named | dict(shared.classes) if shared else named
    return TypeNames(reach, tuple(own), everything, stems, any_stems, shared)


def _has_derived(reach: Reach, name: QName) -> bool:
    """Whether an element of the type ``name`` may be of another one."""
    found = reach.types[name]
    return bool(reach.children.get(name)) or (isinstance(found, ComplexType) and found.abstract)


def has_functions(found: Type) -> bool:
    """Whether values of the type are more than text: written and read by its own functions."""
    if isinstance(found, ListType):
        return isinstance(found.item, EnumType)
    return not isinstance(found, UnionType)
