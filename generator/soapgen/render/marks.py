"""Formatted text → the same, with marks by which other formatters and linters leave it alone.

A formatter of whoever commits a package would make it stale, and a linter with rules of its own
would complain of code that nobody may edit. Type checkers get no mark: they find nothing, and what
calls the package gains from what they know of it.
"""

from __future__ import annotations

# For black and ruff format, which want a line without anything else; for ruff check; for isort.
MARKS = "# fmt: off\n# ruff: noqa  # isort: skip_file\n"


def marked(text: str) -> str:
    """``text``, a module whose first line is a comment, with the marks behind that line."""
    head, _, rest = text.partition("\n")
    return f"{head}\n{MARKS}{rest}"
