"""Two contracts → which namespaces are the same but for a version in their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..contract.model import QName
from ..contract.services import Service
from .contract_tree import ContractTree
from .nodes import Node, Value

_TEXTS = ("documentation", "default")
"""Values that are texts of the contract's author and name nothing."""


def matched_namespaces(
    old: Sequence[tuple[Service, ...]],
    new: Sequence[tuple[Service, ...]],
    old_names: Sequence[QName],
    new_names: Sequence[QName],
) -> dict[str, str]:
    """The namespaces of ``old`` that are others in ``new``: those that differ in digits alone.

    If there are several, the one that has the most names in common is taken; and the namespaces
    of services of the same name are the same, whatever they are called.
    """
    before, after = _names(old, old_names), _names(new, new_names)
    gone = [name for name in before if name not in after]
    come = [name for name in after if name not in before]
    pairs = sorted(
        (
            (len(before[one] & after[other]), one, other)
            for one in gone
            for other in come
            if _without_version(one) == _without_version(other)
            or any(name.startswith("service ") for name in before[one] & after[other])
        ),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    found: dict[str, str] = {}
    for _, one, other in pairs:
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _names(
    services: Sequence[tuple[Service, ...]], names: Sequence[QName]
) -> dict[str, frozenset[str]]:
    """The names in each namespace."""
    found: dict[str, set[str]] = {}
    for group in services:
        for service in group:
            own = found.setdefault(service.name.namespace, set())
            own.add(f"service {service.name.local}")
            for port in service.ports:
                for qname in (port.binding.name, port.binding.port_type):
                    found.setdefault(qname.namespace, set()).add(qname.local)
    for name in names:
        found.setdefault(name.namespace, set()).add(name.local)
    return {namespace: frozenset(own) for namespace, own in found.items() if namespace}


def _without_version(namespace: str) -> str:
    return re.sub(r"\d+", "0", namespace)


def renamed(tree: ContractTree, namespaces: Mapping[str, str]) -> ContractTree:
    """``tree`` with other ``namespaces``."""
    if not namespaces:
        return tree
    return ContractTree(
        _renamed(tree.root, namespaces),
        {(kind, _text(name, namespaces)): use for (kind, name), use in tree.uses.items()},
        {_text(name, namespaces): users for name, users in tree.operations.items()},
        frozenset(_text(name, namespaces) for name in tree.declared),
    )


def _renamed(node: Node, namespaces: Mapping[str, str]) -> Node:
    values = {
        name: value if name in _TEXTS else _value(name, value, namespaces)
        for name, value in node.values.items()
    }
    children = tuple(_renamed(child, namespaces) for child in node.children)
    return replace(node, name=_text(node.name, namespaces), values=values, children=children)


def _value(name: str, value: Value, namespaces: Mapping[str, str]) -> Value:
    if isinstance(value, tuple):
        return tuple(_value(name, item, namespaces) for item in value)
    if not isinstance(value, str):
        return value
    if name == "namespaces":  # those of a wildcard
        return namespaces.get(value, value)
    if name == "action":  # it begins with the namespace, where a tool has made it
        for old, new in namespaces.items():
            if value == old or value.startswith((f"{old}/", f"{old}:", f"{old}#")):
                return new + value[len(old) :]
    return _text(value, namespaces)


def _text(text: str, namespaces: Mapping[str, str]) -> str:
    """``text`` with another namespace, if it is a name."""
    if text.startswith("{"):
        namespace, _, local = text[1:].partition("}")
        return f"{{{namespaces.get(namespace, namespace)}}}{local}"
    return text
