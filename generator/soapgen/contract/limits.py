"""How large a contract may be: the bounds of what takes more time than its text is long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ContractLimits:
    """The largest contract that is read; nobody meets these limits by accident.

    A few lines can stand for millions of members, by groups within groups or by long lines of
    types that extend one another. What is larger is refused, with its place.

    Attributes:
        schemas: Schemas of one source; xmlschema itself takes a thousand.
        depth: Levels of elements in the definition of a type, group or element, with those of the
            types that it is derived from and of the groups that it contains.
        members: Elements and attributes of one type, inherited ones and those in groups included.
        all_members: The same of all types and messages together.
        nested_types: Anonymous types within one another, by way of references to elements too.
        nested_lists: Lists and dictionaries within one another.
        sample_elements: Elements in a sample message.
        sample_depth: Elements within one another in a sample message.
    """

    schemas: int = 900
    depth: int = 600
    members: int = 10_000
    all_members: int = 250_000
    nested_types: int = 100
    nested_lists: int = 20
    sample_elements: int = 100_000
    sample_depth: int = 200


LIMITS = ContractLimits()


@contextmanager
def deep_recursion() -> Iterator[None]:
    """Allow the depth of calls that the deepest definitions need, which are bounded.

    xmlschema calls itself for each level of a definition, up to a dozen calls deep.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, 12 * LIMITS.depth))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
