"""The documents of a contract, to be served: each import leads to the server itself."""

from __future__ import annotations

import copy
from urllib.parse import quote

from lxml import etree

from ..contract.wsdl import soap_child
from ..sources import WSDL, XSD, Document, Documents, OutsideError

_IMPORTS = {
    f"{WSDL}import": "location",
    f"{XSD}import": "schemaLocation",
    f"{XSD}include": "schemaLocation",
}


class Published:
    """The documents of one source, at an address.

    Args:
        documents: What was read.
        address: Where they are served; the address of every port in them.
    """

    def __init__(self, documents: Documents, address: str) -> None:
        self._origin = origin = documents.source.origin
        self._address = address
        found = [*documents.wsdls, *(schema.document for schema in documents.schemas)]
        self._documents = {origin.key(document.location): document for document in found}
        self._main = origin.key(documents.wsdls[0].location)

    def document(self, key: str = "") -> bytes | None:
        """The document ``key``, or the WSDL that was named; None where there is no such one."""
        found = self._documents.get(key or self._main)
        if found is None:
            return None
        root = copy.deepcopy(found.root)
        for tag, attribute in _IMPORTS.items():
            for element in root.iter(tag):
                reference = element.get(attribute)
                if reference:
                    element.set(attribute, self._served(found, reference))
        for port in root.iter(f"{WSDL}port"):
            _, place = soap_child(port, "address")
            if place is not None:
                place.set("location", self._address)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _served(self, document: Document, reference: str) -> str:
        try:
            key = self._origin.key(self._origin.resolve(document.location, reference))
        except OutsideError:
            return reference
        return f"{self._address}?file={quote(key)}" if key in self._documents else reference
