"""Types → names: the class of each and the functions that write and read it, each given once."""

from __future__ import annotations

from .. import naming
from ..contract.model import ComplexType, EnumType, ListType, QName, Type, UnionType
from ..contract.reach import Reach, shown
from .types import Side


class TypeNames:
    """The names of the types in ``reach``, given out in the order of the types' own names.

    Args:
        reach: The types.
        classes: The scope of their classes.
        functions: The scope of the stems of their functions.
        shared: The names of the types that others share, which are not named again. None where
            these are the ones.
        is_shared: Whether other modules import the functions of these types.
    """

    def __init__(
        self,
        reach: Reach,
        classes: naming.Names,
        functions: naming.Names,
        shared: TypeNames | None = None,
        *,
        is_shared: bool = False,
    ) -> None:
        self.reach = reach
        self.class_scope = classes
        self.function_scope = functions
        self.shared = shared
        self.is_shared = is_shared
        self.classes: dict[QName, str] = {}
        self._stems: dict[QName, str] = {}
        self._any_stems: dict[QName, str] = {}
        foreign = shared.reach.types if shared else {}
        self.own = sorted(
            (item for item in reach.types.items() if item[0] not in foreign),
            key=lambda item: (shown(item[0]), item[0].namespace),
        )
        self._name_types()

    def _name_types(self) -> None:
        for name, found in self.own:
            if not has_functions(found):
                continue
            stem = naming.pascal(name.local)
            if isinstance(found, ComplexType | EnumType | ListType):
                stem = self.classes[name] = self.class_scope.take(stem)
            self._stems[name] = self.stem(stem)
        for name, stem in self.classes.items():
            found = self.reach.types[name]
            has_children = bool(self.reach.children.get(name))
            if has_children or (isinstance(found, ComplexType) and found.abstract):
                self._any_stems[name] = self.stem(f"Any{stem}")
        if self.shared is not None:
            self.classes |= self.shared.classes

    def stem(self, name: str) -> str:
        """The stem of the names of functions for ``name``, which no other has in this scope."""
        return self.function_scope.take(naming.snake(name))

    def function(self, name: QName, side: Side) -> str:
        """The function for elements of the very type ``name``."""
        home = self._home(name)
        return home._called(home._stems.get(name), side)

    def any_function(self, name: QName, side: Side) -> str:
        """The function for elements that may be of a type derived from ``name``; or empty."""
        home = self._home(name)
        return home._called(home._any_stems.get(name), side)

    def _home(self, name: QName) -> TypeNames:
        """Where the functions of ``name`` have their names from."""
        return self.shared if self.shared and name in self.shared.reach.types else self

    def _called(self, stem: str | None, side: Side) -> str:
        return naming.function(stem, side, shared=self.is_shared) if stem else ""

    def shared_classes(self) -> tuple[str, ...]:
        """The classes of the types that are used here and named elsewhere."""
        shared = self.shared.reach.types if self.shared else {}
        names = self.reach.types.keys() & shared.keys() & self.classes.keys()
        return tuple(sorted(self.classes[name] for name in names))

    @property
    def imported_functions(self) -> frozenset[str]:
        """The functions that code may call under names that no underscore keeps apart."""
        shared = self.shared
        if shared is None:
            return frozenset()
        called = (shared.function, shared.any_function)
        return frozenset(
            call(name, side) for name in shared.reach.types for call in called for side in Side
        )


def has_functions(found: Type) -> bool:
    """Whether values of the type are more than text: written and read by its own functions."""
    if isinstance(found, ListType):
        return isinstance(found.item, EnumType)
    return not isinstance(found, UnionType)
