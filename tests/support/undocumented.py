"""Copies of contracts without their documentation."""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import etree

_DOCUMENTATION = (
    "{http://schemas.xmlsoap.org/wsdl/}documentation",
    "{http://www.w3.org/2001/XMLSchema}documentation",
)


def without_documentation(source: Path, target: Path) -> Path:
    """Copy the folder ``source`` to ``target`` and take all documentation out of the copy."""
    shutil.copytree(source, target)
    for path in [*target.rglob("*.wsdl"), *target.rglob("*.xsd")]:
        tree = etree.parse(str(path))
        for element in list(tree.iter(*_DOCUMENTATION)):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)
        tree.write(str(path), encoding="utf-8", xml_declaration=True)
    return target
