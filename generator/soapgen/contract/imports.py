"""References to namespaces that a schema does not import, though they are there: imported.

XSD part 1, 3.15.3 demands an import for each namespace that a schema refers to (src-resolve, 4).
Many tools need none, and many published contracts have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

from lxml import etree

from .. import namespaces
from ..errors import Place, Repair
from ..sources import XSD, Schema
from .copies import copied
from .references import Definition, Key, shown

_IMPORT = f"{XSD}import"


def with_imports(
    schemas: Sequence[Schema], definitions: Mapping[Key, Definition], known: Set[Key]
) -> tuple[list[Schema], list[Repair]]:
    """``schemas`` in which each one imports what it refers to, and what was missing.

    Args:
        schemas: The schemas.
        definitions: Their definitions.
        known: The definitions that are there without a schema.
    """
    imported = [
        {element.get("namespace", "") for element in schema.root.iterchildren(_IMPORT)}
        | {schema.namespace, namespaces.XSD}
        for schema in schemas
    ]
    missing: dict[int, dict[str, Repair]] = {}
    for definition in definitions.values():
        for key, element in definition.references:
            namespace, number = key[1].namespace, definition.schema
            if namespace in imported[number] or (key not in definitions and key not in known):
                continue
            imported[number].add(namespace)
            what = (
                f"{shown(key)} is used, and the schema does not import "
                f"{namespace or 'what has no namespace'}; it is imported"
            )
            repair = Repair("missing-import", what, Place.of(element))
            missing.setdefault(number, {})[namespace] = repair
    changed = list(schemas)
    for number, repairs in missing.items():
        changed[number] = copied(schemas[number])
        _add_imports(changed[number].root, repairs)
    return changed, [repair for number in sorted(missing) for repair in missing[number].values()]


def _add_imports(root: etree._Element, names: Iterable[str]) -> None:
    for name in names:
        element = etree.Element(_IMPORT, {"namespace": name} if name else {})
        element.sourceline = root.sourceline
        root.insert(0, element)
