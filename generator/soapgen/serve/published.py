"""The documents of a source as a server publishes them: each import leads to that server."""

from __future__ import annotations

import copy
from urllib.parse import quote

from lxml import etree

from ..contract.wsdl_messages import soap_child
from ..sources import LOCATIONS, WSDL, Documents


class Published:
    """The documents of one source, at an address.

    Args:
        documents: The documents of the source.
        address: The address that serves them, and that every port in them gets.
    """

    def __init__(self, documents: Documents, address: str) -> None:
        self._read = documents
        self._address = address
        self._documents = {document.key: document for document in documents.read.values()}
        self._main = documents.wsdls[0].key

    def document(self, key: str | None = None) -> bytes | None:
        """The document ``key``, by default the WSDL of the source; None if there is no such one."""
        document = self._documents.get(self._main if key is None else key)
        if document is None:
            return None
        root = copy.deepcopy(document.root)
        for tag, attribute in LOCATIONS.items():
            for element in root.iter(tag):
                target = self._read.target(document, element)
                if target is not None:
                    element.set(attribute, f"{self._address}?file={quote(target.key)}")
        for port in root.iter(f"{WSDL}port"):
            _, address = soap_child(port, "address")
            if address is not None:
                address.set("location", self._address)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)
