"""The archive of the test suite → its groups, and the instances of each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree


@dataclass(frozen=True)
class Group:
    """One group of tests: schemas that belong together, and instances of them.

    Attributes:
        number: Its position in the archive, as names of groups are not unique.
        contributor: Who contributed it.
        name: Its name.
        schemas: The paths of its schemas in the archive.
        valid: The paths of instances that are valid by them.
        invalid: The paths of those that are not.
    """

    number: int
    contributor: str
    name: str
    schemas: tuple[str, ...]
    valid: tuple[str, ...]
    invalid: tuple[str, ...]


@dataclass(frozen=True)
class Instance:
    """An instance that an XML parser accepts.

    Attributes:
        path: Its path in the archive.
        root: Its root element, without comments and processing instructions in it.
    """

    path: str
    root: etree._Element


def unpacked(archive: Path, folder: Path) -> list[Group]:
    """Unpack ``archive`` into ``folder``, and return the groups in it."""
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    listed = json.loads((folder / "groups.json").read_text(encoding="utf-8"))
    return [
        Group(
            number,
            item["set"],
            item["group"],
            tuple(item["schemas"]),
            tuple(item["valid"]),
            tuple(item["invalid"]),
        )
        for number, item in enumerate(listed)
    ]


def instances(folder: Path, paths: tuple[str, ...]) -> Iterator[Instance]:
    """The instances at ``paths`` in ``folder`` that an XML parser accepts.

    A DOCTYPE may declare entities: a SOAP message has none, so they are replaced here.
    """
    parser = etree.XMLParser(resolve_entities=True, no_network=True, load_dtd=False)
    for path in paths:
        try:
            root = etree.parse(str(folder / path), parser).getroot()
        except (etree.XMLSyntaxError, OSError):
            continue
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        yield Instance(path, root)
