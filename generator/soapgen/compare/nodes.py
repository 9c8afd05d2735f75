"""Trees of what is compared, and every change between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | tuple[Value, ...] | None"


@dataclass(frozen=True, slots=True)
class Node:
    """Something that has a name among others of its kind, with its values and what is within it.

    Attributes:
        kind: What it is: ``element``, ``operation`` and so on.
        name: What it is called among its siblings.
        values: What there is to say of it, by name.
        children: What is within it, in its order.
        subject: What the contract calls it; by default its name.
        types: What the contract calls the types that it is made of.
    """

    kind: str
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    children: tuple[Node, ...] = ()
    subject: str = ""
    types: frozenset[str] = frozenset()

    @property
    def called(self) -> str:
        """What the contract calls it."""
        return self.subject or self.name


class Event(StrEnum):
    """What may happen to a node."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # one of its values
    BECAME = "became"  # something of another kind
    ORDERED = "ordered"  # its children, in another order


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        event: What happened.
        path: The nodes that lead to what changed, itself the last; as they were, if they were.
        field: The name of the value that changed, or empty.
        old: The value that it had.
        new: The value that it has.
        before: What changed, as it was; None if it was not there.
        after: What changed, as it is; None if it is no longer there.
    """

    event: Event
    path: tuple[Node, ...]
    field: str = ""
    old: Value = None
    new: Value = None
    before: Node | None = None
    after: Node | None = None

    @property
    def node(self) -> Node:
        """What changed."""
        return self.path[-1]

    @property
    def parent(self) -> Node | None:
        """What it is within."""
        return self.path[-2] if len(self.path) > 1 else None


def changes(old: Node, new: Node) -> Iterator[Change]:
    """Every change from ``old`` to ``new``, which stand for the same."""
    yield from _changes(old, new, (old,))


def _changes(old: Node, new: Node, path: tuple[Node, ...]) -> Iterator[Change]:
    if old.kind != new.kind:
        yield Change(Event.BECAME, path, "kind", old.kind, new.kind, old, new)
        return
    for name in dict.fromkeys((*old.values, *new.values)):
        before, after = old.values.get(name), new.values.get(name)
        # Python takes 1 and True for the same.
        if (type(before), before) != (type(after), after):
            yield Change(Event.CHANGED, path, name, before, after, old, new)
    befores, afters = _keyed(old.children), _keyed(new.children)
    for key, child in befores.items():
        if key in afters:
            yield from _changes(child, afters[key], (*path, child))
        else:
            yield Change(Event.REMOVED, (*path, child), before=child)
    for key, child in afters.items():
        if key not in befores:
            yield Change(Event.ADDED, (*path, child), after=child)
    kept = [key for key in befores if key in afters]
    if kept != [key for key in afters if key in befores]:
        names = (tuple(item.called for item in node.children) for node in (old, new))
        before_names, after_names = names
        yield Change(Event.ORDERED, path, "order", before_names, after_names, old, new)


def _keyed(children: Sequence[Node]) -> dict[tuple[str, str, int], Node]:
    """``children`` by what pairs them: the role, the name, and which one of that name it is."""
    keyed: dict[tuple[str, str, int], Node] = {}
    for child in children:
        role = "type" if child.kind.endswith("Type") else child.kind
        number = 0
        while (role, child.name, number) in keyed:
            number += 1
        keyed[role, child.name, number] = child
    return keyed
