"""Definitions that are not valid or refer to what no schema defines: left out, with their users.

What nobody needs may be absent (XSD part 1, 5.3: "missing sub-components").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from ..errors import LeftOut, Place, Repair
from ..sources import Schema
from .copies import without
from .references import Definition, InvalidError, Key, definitions_of, shown


def without_invalid(
    schemas: Sequence[Schema], invalid: Mapping[Key, InvalidError]
) -> tuple[list[Schema], dict[Key, LeftOut], list[Repair]]:
    """``schemas`` without the definitions that are not valid, and why each is left out."""
    positions: dict[int, set[int]] = {}
    left_out: dict[Key, LeftOut] = {}
    repairs: list[Repair] = []
    definitions = definitions_of(schemas) if invalid else {}
    for key, error in invalid.items():
        definition = definitions[key]
        positions.setdefault(definition.schema, set()).add(definition.position)
        left_out[key] = LeftOut(shown(key), f"it is not valid: {error.message}", error.place)
        what = f"{shown(key)} is not valid: {error.message}; what needs it is left out"
        place = error.place or Place.of(schemas[definition.schema].root[definition.position])
        repairs.append(Repair("invalid-definition", what, place))
    return without(schemas, positions), left_out, repairs


def without_absent(
    schemas: Sequence[Schema],
    definitions: Mapping[Key, Definition],
    known: Set[Key],
    invalid: Mapping[Key, InvalidError],
) -> tuple[list[Schema], dict[Key, LeftOut], list[Repair]]:
    """``schemas`` without the definitions that refer to what is absent, and why each is left out.

    Args:
        schemas: The schemas.
        definitions: Their definitions.
        known: The definitions that are there without a schema.
        invalid: Those that are taken out, because they are not valid.

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
            place, why = Place.of(element), "is not defined"
            if target in invalid:
                place = invalid[target].place or place
                why = f"is not valid: {invalid[target].message}"
            else:
                what = f"{shown(target)} is not defined; what needs it is left out"
                repairs.setdefault(target, Repair("absent-reference", what, place))
            if key not in left_out:
                reason = f"it needs {shown(target)}, which {why}"
                left_out[key] = LeftOut(shown(key), reason, place)
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
