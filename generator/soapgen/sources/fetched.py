"""Documents → files beside one another: locations that lead to these files, and a list of them."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from .documents import LOCATIONS, WSDL, Document, Documents

LIST = "fetched.json"
"""The file that says where each of the others is from, with hashes."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80


def fetched_files(documents: Documents) -> dict[str, bytes]:
    """The files that ``documents`` make, by their names, and the list of them.

    Each import leads to the file with what it led to. One that led nowhere stays as it is.
    """
    found = list(_reached(documents))
    names = _names(found)
    files: dict[str, bytes] = {}
    listed: dict[str, dict[str, str]] = {}
    for document in found:
        content = _content(documents, document, names)
        name = names[document.key]
        files[name] = content
        listed[name] = {
            "address": document.name,
            "fetched": document.sha256,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    data = {"source": documents.source.given, "files": listed}
    files[LIST] = f"{json.dumps(data, indent=2, ensure_ascii=False)}\n".encode()
    return files


def _reached(documents: Documents) -> Iterator[Document]:
    """The WSDL, and each document that an import led to."""
    found = {item.key: item for item in (documents.wsdls[0], *documents.targets.values())}
    yield from found.values()


def _names(documents: list[Document]) -> dict[str, str]:
    """The name of the file of each document, by its key."""
    names: dict[str, str] = {}
    taken = {LIST}
    for document in documents:
        stem, extension = _stem(document), "wsdl" if _is_wsdl(document) else "xsd"
        name, number = f"{stem}.{extension}", 1
        while name.lower() in taken:  # some file systems take no notice of case
            number += 1
            name = f"{stem}-{number}.{extension}"
        taken.add(name.lower())
        names[document.key] = name
    return names


def _stem(document: Document) -> str:
    """``People`` for ``…/People.svc?wsdl``, ``People-xsd0`` for ``…/People.svc?xsd=xsd0``."""
    path, _, query = document.origin.file_name(document.location).partition("?")
    value = query.rpartition("=")[2] if "=" in query else ""
    # Of an address that is a host alone, the WSDL says more: ``http://127.0.0.1:8080/?wsdl``.
    stem = document.root.get("name", "") if path.endswith("/") else PurePosixPath(path).stem
    parts = (_NOT_PLAIN.sub("-", part).strip(".-") for part in (stem, value))
    return "-".join(filter(None, parts))[:_LONGEST] or "document"


def _is_wsdl(document: Document) -> bool:
    return str(document.root.tag).startswith(WSDL)


def _content(documents: Documents, document: Document, names: dict[str, str]) -> bytes:
    """The document with the names of files as its locations."""
    tree = copy.deepcopy(document.root.getroottree())
    for element in tree.iter(*LOCATIONS):
        target = documents.target(document, element)
        if target is not None:
            element.set(LOCATIONS[str(element.tag)], names[target.key])
    return etree.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n"
