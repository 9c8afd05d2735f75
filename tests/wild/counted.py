"""What the SOAP ports of a WSDL bind, counted from the files with lxml alone.

It shares no code with soapgen, so that what soapgen loses is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_SOAPS = [f"{{http://schemas.xmlsoap.org/wsdl/{name}/}}binding" for name in ("soap", "soap12")]


@dataclass(frozen=True)
class Bound:
    """An operation that a port of a service binds to SOAP.

    Attributes:
        service: The service, by its local name; a port type where there is none.
        port: The port.
        operation: The operation.
        input: The name of its input, which tells operations of one name apart, or empty.
        place: Where it is bound: file and line.
    """

    service: str
    port: str
    operation: str
    input: str
    place: str

    def __str__(self) -> str:
        return f"{self.service}/{self.port}/{self.operation} ({self.place})"


def wsdls_in(folder: Path) -> list[Path]:
    """The WSDLs in a folder and below it, but for those that others import for their services.

    A schema is none, whatever its file is called.
    """
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".wsdl" and not _is_schema(_root(path))
    )
    imported = {target for path in paths for target in _imports(path, _root(path))}
    return [path for path in paths if path.resolve() not in imported or _has_service(path)]


def bound_operations(path: Path) -> list[Bound]:
    """Every operation that a SOAP port binds, once for each port, in the order of the files.

    Where there is no service, each SOAP binding is taken as a port of its port type, by its name.
    """
    roots = dict(documents(path))
    bindings = {
        (root.get("targetNamespace", ""), binding.get("name", "")): (document, binding)
        for document, root in roots.items()
        for binding in root.iterchildren(f"{_WSDL}binding")
    }
    found: list[Bound] = []
    for root in roots.values():
        for service in root.iterchildren(f"{_WSDL}service"):
            for port in service.iterchildren(f"{_WSDL}port"):
                document, binding = bindings.get(
                    expanded(port, port.get("binding", "")), (path, None)
                )
                if binding is not None and next(binding.iterchildren(*_SOAPS), None) is not None:
                    found += _operations(service.get("name", ""), port, binding, document)
    if any(root.find(f"{_WSDL}service") is not None for root in roots.values()):
        return found
    for document, binding in bindings.values():
        if next(binding.iterchildren(*_SOAPS), None) is not None:
            _, port_type = expanded(binding, binding.get("type", ""))
            found += _operations(port_type, binding, binding, document)
    return found


def _is_schema(root: etree._Element | None) -> bool:
    return root is not None and root.tag == "{http://www.w3.org/2001/XMLSchema}schema"


def _has_service(path: Path) -> bool:
    root = _root(path)
    return root is not None and root.find(f"{_WSDL}service") is not None


def _operations(
    service: str, port: etree._Element, binding: etree._Element, document: Path
) -> Iterator[Bound]:
    for operation in binding.iterchildren(f"{_WSDL}operation"):
        given = operation.find(f"{_WSDL}input")
        yield Bound(
            service,
            port.get("name", ""),
            operation.get("name", ""),
            "" if given is None else given.get("name", ""),
            f"{document.name}:{operation.sourceline}",
        )


def documents(first: Path) -> Iterator[tuple[Path, etree._Element]]:
    """The WSDL ``first`` and those that it imports, each once."""
    waiting, seen = [first.resolve()], set[Path]()
    while waiting:
        path = waiting.pop(0)
        root = None if path in seen or not path.is_file() else _root(path)
        seen.add(path)
        if root is not None:
            yield path, root
            waiting += _imports(path, root)


def _imports(path: Path, root: etree._Element | None) -> list[Path]:
    found = [] if root is None else root.iterchildren(f"{_WSDL}import")
    return [(path.parent / unquote(item.get("location", ""))).resolve() for item in found]


def _root(path: Path) -> etree._Element | None:
    """The root element of a document; None where it is not XML."""
    try:
        return etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (etree.XMLSyntaxError, OSError):
        return None


def expanded(element: etree._Element, name: str) -> tuple[str, str]:
    """The namespace and the local name of what ``name`` names in ``element``."""
    prefix, _, local = name.strip().rpartition(":")
    return element.nsmap.get(prefix or None) or "", local
