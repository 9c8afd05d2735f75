"""The Jinja2 environment that renders the templates, and what it can tell of their text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from . import templates
from .expressions import (
    is_long_call,
    parser,
    written,
    written_entity,
    written_headers,
    written_items,
)
from .imports import in_import_order, in_list_order
from .literals import constant, docstring, literal, summary

if TYPE_CHECKING:
    import jinja2


def python_text(template: str) -> Iterator[str]:
    """The Python text of a template, with ``x`` for each expression in it."""
    for _, kind, value in environment().lex(template):
        if kind == "data":
            yield value
        elif kind == "variable_begin":
            yield "x"


def offered() -> frozenset[str]:
    """The names of the runtime that each package exports from its ``__init__``."""
    module = environment().get_template("macros/offered.jinja").module
    names: list[str] = module.offered  # type: ignore[attr-defined]
    return frozenset(names)


@cache
def environment() -> jinja2.Environment:
    """The environment, with the filters and tests that the templates use."""
    # Loading Jinja2 takes as long as a whole command that renders nothing.
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates.folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,
    )
    environment.filters["constant"] = constant
    environment.filters["docstring"] = docstring
    environment.filters["in_import_order"] = in_import_order
    environment.filters["in_list_order"] = in_list_order
    environment.filters["parser"] = parser
    environment.filters["string"] = literal
    environment.filters["summary"] = summary
    environment.filters["written"] = written
    environment.filters["written_entity"] = written_entity
    environment.filters["written_headers"] = written_headers
    environment.filters["written_items"] = written_items
    environment.tests["long_call"] = is_long_call
    return environment
