"""Documents → a contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..progress import Progress, silent
from ..sources import Documents
from .model import Contract

if TYPE_CHECKING:
    from .schemas import SchemaSet


def read(documents: Documents) -> Contract:
    """What ``documents`` say.

    Raises:
        SourceError: There is no service, or something refers to what is not defined.
        UnsupportedError: A message is not literal, or an operation is overloaded.
    """
    return read_with_schemas(documents)[0]


def read_with_schemas(documents: Documents) -> tuple[Contract, SchemaSet]:
    """What ``documents`` say, and their schemas, which validate messages; raises the same."""
    # xmlschema takes as long to load as a command that does not need it may take.
    from .schemas import read_schemas
    from .wsdl import read_services

    schemas = read_schemas(documents.schemas)
    services = read_services(documents.wsdls, schemas)
    return Contract(services, schemas.types()), schemas


def read_all(documents: Sequence[Documents], progress: Progress = silent) -> list[Contract]:
    """What each of ``documents`` says; raises the same.

    Args:
        documents: Those of each source.
        progress: Called with the source that is read next.
    """
    contracts = []
    for done, item in enumerate(documents):
        progress(f"reading {item.source.stem}", done, len(documents))
        contracts.append(read(item))
    return contracts
