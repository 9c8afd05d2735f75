"""Scopes: in each of them, a name is taken once, whether it is made or given by a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType

from .errors import GivenError


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name for Python that a user gives a part of a contract.

    Attributes:
        name: The name.
        key: The keys that lead to it in the configuration, as ``names``, ``types``, ``PersonDTO``.
    """

    name: str
    key: tuple[str, ...]

    def require(self, problem: str) -> None:
        """Refuse the name if there is a ``problem``, as the end of a sentence after it.

        Raises:
            GivenError: There is one.
        """
        if problem:
            raise GivenError(f"{self.name!r} {problem}", self.key, hint="give another name")


class Names:
    """A scope, in which each name is taken once; a name that is taken gets a number.

    A name that a user gives is taken as it is. It is an error if anything else would have it.

    Args:
        taken: The names that are taken already.
        separator: What is between a name and its number.
        elsewhere: More names that are taken. The set is not copied, and may be large.
        for_files: Whether the names become files: then two that differ only in case are the same.
        owners: What has some of the names that are taken, for messages.
        given: Those of the names that are taken which a user gave.
    """

    def __init__(
        self,
        taken: Iterable[str] = (),
        separator: str = "_",
        *,
        elsewhere: Set[str] = frozenset(),
        for_files: bool = False,
        owners: Mapping[str, str] = MappingProxyType({}),
        given: Mapping[str, GivenName] = MappingProxyType({}),
    ) -> None:
        self._key = str.casefold if for_files else str
        self._taken = set(map(self._key, taken))
        self._separator = separator
        self._elsewhere = elsewhere
        self._owners = {self._key(name): owner for name, owner in owners.items()}
        self._given = {self._key(name): item for name, item in given.items()}
        # The number to try next for each name and its suffixes: all before it are taken.
        self._next: dict[tuple[str, tuple[str, ...]], int] = {}

    def take(self, name: str, suffixes: tuple[str, ...] = ("",), *, owner: str = "") -> str:
        """Take ``name``, or ``name`` with the first number from 2 that is free, and return it.

        It is free if it is free with each of the ``suffixes`` appended; all of these are taken.

        Args:
            name: The name.
            suffixes: What is appended to it.
            owner: What it is for, in messages.

        Raises:
            GivenError: A user gave the name to something else.
        """
        forms = self._forms(name, suffixes)
        for form in forms if self._given else ():
            if form in self._given:
                self._given[form].require(_taken_by(owner))
        candidate, stem = name, name.rstrip("_")
        number = self._next.get((stem, suffixes), 2)
        while not self._are_free(forms):
            candidate, number = f"{stem}{self._separator}{number}", number + 1
            forms = self._forms(candidate, suffixes)
        self._next[stem, suffixes] = number
        self._taken.update(forms)
        if owner:
            self._owners |= dict.fromkeys(forms, owner)
        return candidate

    def give(self, given: GivenName, suffixes: tuple[str, ...] = ("",), *, name: str = "") -> str:
        """Take the name that a user gives, as it is, and return it.

        Args:
            given: The name.
            suffixes: What is appended to it, as for :meth:`take`.
            name: What is taken in its place, as the module of a class.

        Raises:
            GivenError: It is taken.
        """
        forms = self._forms(name or given.name, suffixes)
        for form in forms:
            if form in self._given:
                given.require(_taken_by(".".join(self._given[form].key)))
            if not self._are_free([form]):
                owner = self._owners.get(form)
                given.require(
                    _taken_by(owner) if owner else "is a name that generated code uses itself"
                )
        self._taken.update(forms)
        self._given |= dict.fromkeys(forms, given)
        return name or given.name

    def is_free(self, name: str) -> bool:
        """Whether ``name`` is not taken."""
        return self._are_free([self._key(name)])

    def _forms(self, name: str, suffixes: tuple[str, ...]) -> list[str]:
        return [self._key(name + suffix) for suffix in suffixes]

    def _are_free(self, names: list[str]) -> bool:
        return self._taken.isdisjoint(names) and self._elsewhere.isdisjoint(names)


def _taken_by(owner: str) -> str:
    return f"is also the name of {owner or 'something else'}"
