"""Definitions that refer to what no schema defines: left out, with all that refer to them.

What nobody needs may be absent (XSD part 1, 5.3: "missing sub-components").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ..errors import LeftOut, Place, Repair
from ..sources import Schema
from .copies import without
from .references import Definition, Key, shown


def without_absent(
    schemas: Sequence[Schema], definitions: Mapping[Key, Definition], known: Set[Key]
) -> tuple[list[Schema], dict[Key, LeftOut], list[Repair]]:
    """``schemas`` without the definitions that refer to what is absent, and why each is left out.

    Args:
        schemas: The schemas.
        definitions: Their definitions.
        known: The definitions that are there without a schema.

    Returns:
        The schemas, what is left out, and a repair for each name that leads nowhere.
    """
    repairs: dict[Key, Repair] = {}
    users: dict[Key, list[Key]] = {}
    left_out: dict[Key, LeftOut] = {}
    waiting: list[Key] = []
    for key, definition in definitions.items():
        for target, element in definition.references:
            users.setdefault(target, []).append(key)
            if target in definitions or target in known:
                continue
            what = f"{shown(target)} is not defined; what needs it is left out"
            repairs.setdefault(target, Repair("absent-reference", what, Place.of(element)))
            if key not in left_out:
                reason = f"it needs {shown(target)}, which is not defined"
                left_out[key] = LeftOut(shown(key), reason, Place.of(element))
                waiting.append(key)
    if not left_out:
        return list(schemas), {}, []
    while waiting:
        needed = waiting.pop()
        for key in users.get(needed, ()):
            if key not in left_out:
                # The place is that of the name which leads nowhere, for all that need it.
                left_out[key] = replace(left_out[needed], what=shown(key))
                waiting.append(key)
    positions: dict[int, set[int]] = {}
    for key in left_out:
        definition = definitions[key]
        positions.setdefault(definition.schema, set()).add(definition.position)
    return without(schemas, positions), left_out, list(repairs.values())
