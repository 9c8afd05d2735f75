"""Documents → a contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import Repair, RepairError
from ..progress import Progress, silent
from ..sources import Documents
from .services import Contract

if TYPE_CHECKING:
    from .schemas import SchemaSet


def read(documents: Documents) -> Contract:
    """The contract that ``documents`` define.

    Raises:
        SourceError: There is no service, or something refers to what is not defined.
        UnsupportedError: A message is not literal, or an operation is overloaded.
        RepairError: Something would have to be mended, and the options say that nothing may be.
    """
    return read_with_schemas(documents)[0]


def read_with_schemas(documents: Documents) -> tuple[Contract, SchemaSet]:
    """The contract, and the schemas, which validate messages; raises what ``read`` raises."""
    # Loading xmlschema takes long, and some commands do not need it.
    from .schemas import read_schemas
    from .wsdl import read_services

    schemas = read_schemas(documents.schemas)
    _require_allowed(schemas.repairs, documents)
    services, mended = read_services(documents.wsdls, schemas)
    _require_allowed(mended, documents)
    repairs = (*documents.repairs, *schemas.repairs, *mended)
    types = schemas.types()
    empty = schemas.empty_elements()
    return Contract(services, types, schemas.left_out(), repairs, empty), schemas


def _require_allowed(repairs: Sequence[Repair], documents: Documents) -> None:
    if repairs and not documents.source.options.repair:
        raise RepairError(repairs)


def read_all(documents: Sequence[Documents], progress: Progress = silent) -> list[Contract]:
    """The contract of each of ``documents``; raises what ``read`` raises.

    Args:
        documents: The documents of each source.
        progress: Called before each source is read.
    """
    contracts = []
    for done, item in enumerate(documents):
        progress(f"reading {item.source.stem}", done, len(documents))
        contracts.append(read(item))
    return contracts
