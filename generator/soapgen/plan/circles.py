"""A graph → its circles, in order, and how much each node reaches; in time that grows with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any, TypeVar

Node = TypeVar("Node")


def circles(
    refers: Mapping[Node, Set[Node]], order: Callable[[Node], Any]
) -> list[frozenset[Node]]:
    """The nodes of ``refers``, together with those that they are in a circle with.

    Each circle comes after those that it refers to; where that leaves a choice, in ``order``.
    Tarjan's algorithm, without recursion: chains may be long.
    """
    found: list[frozenset[Node]] = []
    numbers: dict[Node, int] = {}  # in the order of the first visit
    lowest: dict[Node, int] = {}  # the first visited node that one is known to lead back to
    open_: list[Node] = []
    is_open: set[Node] = set()
    for start in sorted(refers, key=order):
        if start in numbers:
            continue
        numbers[start] = lowest[start] = len(numbers)
        open_.append(start)
        is_open.add(start)
        way = [(start, iter(sorted(refers[start], key=order)))]
        while way:
            node, following = way[-1]
            for other in following:
                if other not in numbers:
                    numbers[other] = lowest[other] = len(numbers)
                    open_.append(other)
                    is_open.add(other)
                    way.append((other, iter(sorted(refers[other], key=order))))
                    break
                if other in is_open:
                    lowest[node] = min(lowest[node], numbers[other])
            else:
                way.pop()
                if way:
                    before = way[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
                if lowest[node] == numbers[node]:
                    at = open_.index(node) if open_[-1] != node else len(open_) - 1
                    found.append(frozenset(open_[at:]))
                    is_open -= found[-1]
                    del open_[at:]
    return found


def reached_counts(refers: Mapping[Node, Set[Node]], nodes: Iterable[Node]) -> dict[Node, int]:
    """How many nodes of ``refers`` each of ``nodes`` leads to, itself only if it is in a circle."""
    bits = {node: 1 << number for number, node in enumerate(refers)}
    reached: dict[Node, int] = {}  # a bit for each node that is reached
    for circle in circles(refers, order=bits.__getitem__):
        bundle = 0
        for node in circle:
            for other in refers[node]:
                bundle |= bits[other] | reached.get(other, 0)
        for node in circle:
            reached[node] = bundle
    return {node: reached[node].bit_count() for node in nodes}
