"""Each field of the model, changed anywhere in a contract, is a difference, and a rule knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from soapgen.compare.contract_tree import contract_tree
from soapgen.compare.nodes import Change, changes
from soapgen.compare.wire import UNCLASSIFIED, wire_rule
from soapgen.contract import read
from soapgen.contract.model import Compositor, QName
from soapgen.sources import find_sources, read_all_documents

from .contracts import CONTRACT

# A place says nothing of messages, a named group is what its content is, and types go by the names
# under which the contract has them.
WITHOUT_MEANING = {"place", "Group.name", "LeftOut.is_wanted", "LeftOut.hint"}


def variants(value: Any) -> Iterator[tuple[str, Any]]:
    """``value`` with one change in it, in all ways, each with the name of the field."""
    if isinstance(value, bool):
        yield "", not value
    elif isinstance(value, Compositor):
        yield "", Compositor.ALL if value is not Compositor.ALL else Compositor.CHOICE
    elif isinstance(value, int):
        yield "", value + 7
    elif isinstance(value, QName):
        yield "", QName(value.namespace, f"{value.local}Other")
    elif isinstance(value, str):
        yield "", f"{value}1"
    elif isinstance(value, tuple):
        if value:
            yield "", value[1:]
        for position, item in enumerate(value):
            for name, other in variants(item):
                yield name, (*value[:position], other, *value[position + 1 :])
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            key = f"{type(value).__name__}.{field.name}"
            if (
                field.name not in WITHOUT_MEANING
                and key not in WITHOUT_MEANING
                and not key.endswith("Type.name")
            ):
                for name, other in variants(getattr(value, field.name)):
                    yield name or key, replace(value, **{field.name: other})


def test_no_field_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "Zoo.wsdl"
    path.write_text(CONTRACT, encoding="utf-8")
    contract = read(read_all_documents(find_sources([path]))[0])
    base = contract_tree(contract.services, contract.types).root
    tried: set[str] = set()

    def require(name: str, found: list[Change]) -> None:
        tried.add(name)
        assert found, name
        assert UNCLASSIFIED not in map(wire_rule, found), (name, found)

    for name, services in variants(contract.services):
        root = contract_tree(services, contract.types).root
        require(name, list(changes(base, root)))
    for type_name, type_ in contract.types.items():
        for name, other in variants(type_):
            types = {**contract.types, type_name: other}
            require(name, list(changes(base, contract_tree(contract.services, types).root)))
    assert len(tried) >= 50
