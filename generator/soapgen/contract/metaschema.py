"""Validates schemas by the schema for schemas (XSD part 1, appendix A).

libxml2 needs a twentieth of the time that xmlschema needs, which would be half of the time for
reading a contract. If a schema is not valid, xmlschema says what is wrong with it.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import xmlschema
from lxml import etree

from .. import namespaces

_IMPORT = f"{{{namespaces.XSD}}}import"


def is_valid(schema: etree._Element) -> bool:
    """Whether ``schema``, an ``xs:schema`` that is the root of its document, is valid."""
    return _schema_for_schemas().validate(schema)


@cache
def _schema_for_schemas() -> etree.XMLSchema:
    """The copy that comes with xmlschema; its imports are read from there too."""
    meta: Any = xmlschema.XMLSchema10.meta_schema
    document = etree.parse(_path_of(meta))
    for element in document.getroot().iterchildren(_IMPORT):
        imported = meta.maps.namespaces[element.get("namespace")]
        element.set("schemaLocation", _path_of(imported[0]))
    return etree.XMLSchema(document)


def _path_of(schema: Any) -> str:
    return url2pathname(urlsplit(schema.url).path)
