"""Pages → the script with the data that the search in the browser looks through."""

from __future__ import annotations

import json

from .pages import Site, first_sentence


def search_data(site: Site) -> str:
    """A script that sets ``soapgenReference``.

    Each entry has its kind, name, name in the contract, service, page, and a sentence. It is a
    script because a page from a file may load nothing else.
    """
    entries: list[list[str]] = []
    for service in site.services:
        said = first_sentence(service.paragraphs)
        entries.append(["Service", service.name, "", "", service.path, said])
        for page in service.operations:
            said = first_sentence(page.paragraphs)
            entries.append(["Operation", page.name, page.xml_name, service.name, page.path, said])
    for item in site.types:
        said = first_sentence(item.paragraphs)
        entries.append([item.kind, item.name, item.xml_name, item.service, item.path, said])
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    return f"globalThis.soapgenReference = [\n{lines}\n];\n"
