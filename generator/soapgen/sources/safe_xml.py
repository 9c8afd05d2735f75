"""Bytes → XML, with a DOCTYPE, entities and the network refused."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ..errors import Place, SourceError


def parse(content: bytes, name: str) -> etree._Element:
    """Parse ``content``, refusing a DOCTYPE, entities and the network.

    The tree keeps ``name`` for :meth:`soapgen.errors.Place.of`.

    Raises:
        SourceError: ``content`` is empty, not well-formed, or has a DOCTYPE.
    """
    if not content.strip():
        raise SourceError("the file is empty", place=Place(name), hint="give a WSDL 1.1 document")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(content, parser, base_url=name)
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"the file is not well-formed XML: {_reason(error)}",
            place=Place(name, error.lineno),
            hint="fetch the document again: it may have been cut off",
        ) from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise SourceError(
            "the file has a DOCTYPE, which is refused",
            place=Place(name),
            hint="remove the DOCTYPE: neither a WSDL nor a schema needs one",
        )
    return root


def _reason(error: etree.XMLSyntaxError) -> str:
    """The message of the parser, without the line and column that it adds."""
    return (error.msg or "no reason given").split(", line ")[0].splitlines()[0]
