"""Which refusals of a valid instance docs/types.md names: what an error says → the reason there."""

from __future__ import annotations

import re

# What the error says, as a pattern; what docs/types.md says of it. Nothing else counts: a package
# that fails on a valid instance for any other reason is wrong.
REASONS = (
    (
        r": it names the type \S+ and has attributes of that, which would be lost: ",
        "It is read as the simple type, whose value has no place for attributes; if it has some, "
        "it is refused when it is read",
    ),
    (
        r": a nil element with attributes, for which there is no value: ",
        "A type with elements that must be there has no such object: a nil element of it with "
        "attributes is refused when it is read",
    ),
)


def reason(said: str) -> str:
    """Why an instance is refused when it is read; empty where no documented reason is known."""
    return next((text for pattern, text in REASONS if re.search(pattern, said)), "")
