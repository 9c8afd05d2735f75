"""The documents of a source → their contract and schemas, built once for the same content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..contract import read_with_schemas
from ..contract.services import Contract
from ..sources import Documents

if TYPE_CHECKING:
    from ..contract.schemas import SchemaSet

_Key = tuple[object, ...]


class Contracts:
    """Reads contracts, and keeps them: schemas take much longer to build than to read.

    It is used as ``soapgen.contract.read_with_schemas`` is, and raises the same.
    """

    def __init__(self) -> None:
        self._read: dict[_Key, tuple[Contract, SchemaSet]] = {}

    def __call__(self, documents: Documents) -> tuple[Contract, SchemaSet]:
        """The contract in ``documents``, and the schemas."""
        key = (documents.source.given, *sorted(documents.inputs.items()), documents.repairs)
        if key not in self._read:
            self._read[key] = read_with_schemas(documents)
        return self._read[key]
