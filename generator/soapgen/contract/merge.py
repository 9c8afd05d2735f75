"""Merges the types of several contracts, and reports types that are defined differently."""

from __future__ import annotations

from collections.abc import Iterable, Set

from ..errors import SourceError
from ..near import did_you_mean
from .model import ComplexType, EnumType, ListType, QName, Type
from .services import Contract


def merged(contracts: Iterable[Contract], unshared: Set[str] = frozenset()) -> dict[QName, Type]:
    """Every named type of ``contracts``, except those of the namespaces ``unshared``.

    A type follows .NET's data contract rules if it does so in one of the contracts.

    Raises:
        SourceError: Two contracts define one type differently; it names both places.
    """
    types: dict[QName, Type] = {}
    for contract in contracts:
        for name, type_ in contract.types.items():
            if name.namespace in unshared:
                continue
            first = types.setdefault(name, type_)
            if first != type_:
                raise SourceError(
                    f"type {name} is not the same as in {first.place}",
                    place=type_.place,
                    hint=f"give each service its own with --keep-apart {name.namespace}",
                )
            if _is_data_contract(type_) and not _is_data_contract(first):
                types[name] = type_
    return types


def require_namespaces(contracts: Iterable[Contract], namespaces: Iterable[str]) -> None:
    """Check that ``contracts`` have a type or a service in each of ``namespaces``.

    Raises:
        SourceError: They have nothing in one of them.
    """
    used: set[str] = set()
    for contract in contracts:
        used |= {name.namespace for name in contract.types}
        used |= {service.name.namespace for service in contract.services}
    for namespace in namespaces:
        if namespace not in used:
            raise SourceError(
                f"there is nothing in the namespace {namespace} to keep apart",
                hint=did_you_mean(namespace, used, "check its name"),
            )


def types_in(contract: Contract, namespaces: Set[str]) -> dict[QName, Type]:
    """The types of ``contract`` in ``namespaces``."""
    return {name: type_ for name, type_ in contract.types.items() if name.namespace in namespaces}


def _is_data_contract(type_: Type) -> bool:
    return isinstance(type_, ComplexType | EnumType | ListType) and type_.data_contract
