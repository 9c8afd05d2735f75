"""Documents → the names that a person may type of them; read without a schema being built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import namespaces
from ..sources import Documents

_WSDL = f"{{{namespaces.WSDL}}}"
_XSD = f"{{{namespaces.XSD}}}"


def services(documents: Iterable[Documents]) -> list[str]:
    """The names of the services, each once."""
    return _sorted(_in_wsdls(documents, f"{_WSDL}service"))


def operations(documents: Iterable[Documents]) -> list[str]:
    """The names of the operations, each once."""
    return _sorted(_in_wsdls(documents, f"{_WSDL}portType/{_WSDL}operation"))


def definitions(documents: Iterable[Documents]) -> list[str]:
    """The names of the types and elements of schemas, each once."""
    return _sorted(_definitions(documents))


def _in_wsdls(documents: Iterable[Documents], path: str) -> Iterator[str | None]:
    for item in documents:
        for wsdl in item.wsdls:
            for element in wsdl.root.iterfind(path):
                yield element.get("name")


def _definitions(documents: Iterable[Documents]) -> Iterator[str | None]:
    for item in documents:
        for schema in item.schemas:
            for kind in ("complexType", "simpleType", "element"):
                for element in schema.root.iterfind(f"{_XSD}{kind}"):
                    yield element.get("name")


def _sorted(names: Iterable[str | None]) -> list[str]:
    return sorted({name for name in names if name})
