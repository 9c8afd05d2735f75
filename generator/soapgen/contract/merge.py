"""The types of several contracts side by side, or the two places that disagree."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Set

from ..errors import SourceError
from .model import ComplexType, Contract, EnumType, ListType, QName, Type


def merged(contracts: Iterable[Contract], apart: Set[str] = frozenset()) -> dict[QName, Type]:
    """Every named type of ``contracts``, but for those of the namespaces ``apart``.

    Where one contract shows that a type follows .NET's data contract rules, it does.

    Raises:
        SourceError: Two contracts define one type differently; it names both places.
    """
    types: dict[QName, Type] = {}
    for contract in contracts:
        for name, found in contract.types.items():
            if name.namespace in apart:
                continue
            known = types.setdefault(name, found)
            if known != found:
                raise SourceError(
                    f"type {name} is not the same as in {known.place}",
                    place=found.place,
                    hint=f"give each service its own with --keep-apart {name.namespace}",
                )
            if _is_data_contract(found) and not _is_data_contract(known):
                types[name] = found
    return types


def require_namespaces(contracts: Iterable[Contract], apart: Iterable[str]) -> None:
    """Check that ``contracts`` have something in each of the namespaces ``apart``.

    Raises:
        SourceError: They have nothing in one of them.
    """
    known: set[str] = set()
    for contract in contracts:
        known |= {name.namespace for name in contract.types}
        known |= {service.name.namespace for service in contract.services}
    for namespace in apart:
        if namespace not in known:
            near = difflib.get_close_matches(namespace, sorted(known), 1)
            raise SourceError(
                f"there is nothing in the namespace {namespace} to keep apart",
                hint=f"did you mean {near[0]}?" if near else "check its name",
            )


def types_apart(contract: Contract, apart: Set[str]) -> dict[QName, Type]:
    """The types of ``contract`` that are in the namespaces ``apart``."""
    return {name: found for name, found in contract.types.items() if name.namespace in apart}


def _is_data_contract(found: Type) -> bool:
    return isinstance(found, ComplexType | EnumType | ListType) and found.data_contract
