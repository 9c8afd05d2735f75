"""Why a package reads instances that are not valid: what is wrong with one → the reason."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# What xmlschema says of an instance, as a pattern; what docs/types.md says of reading such a one.
REASONS = (
    ("Facet", "facets are checked when a value is written"),
    ("is blocked", "a type or an element that is blocked is read"),
    ("not allowed for element|is prohibited", "an attribute that a type does not name is ignored"),
    ("missing key field|XsdKey|XsdUnique|duplicated|IDREF", "identities are not checked"),
    ("XsdAnyAttribute|^XsdAtomicBuiltin: attribute", "what a wildcard admits is not checked"),
    ("fixed value", "a fixed value is checked when it is written"),
    ("[nN]il", "an element that should not be nil is read"),
    ("character data", "text between elements is ignored"),
    (
        "Unexpected child|is not complete",
        "how often and in which order elements come is not checked",
    ),
    ("abstract", "what is abstract is known by its members"),
    ("cannot substitute|KeyError|unknown type", "an xsi:type that means nothing there is ignored"),
    ("can't have child elements", "what is left open is kept as it is"),
)


def reason(schema: Any, root: etree._Element) -> str:
    """Why the package of ``schema`` reads ``root``; empty where no reason is known."""
    try:
        error = next(iter(schema.iter_errors(root)))
        said = f"{type(error.validator).__name__}: {error.reason}"
    except Exception as raised:  # an xsi:type that no schema defines, for example
        said = f"{type(raised).__name__}: {raised}"
    return next((text for pattern, text in REASONS if re.search(pattern, said)), "")
