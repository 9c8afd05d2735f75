"""The Jinja2 environment that renders the templates, and what it can tell of their text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, cast

from .expressions import (
    is_long_call,
    written,
    written_alternative,
    written_entity,
    written_headers,
    written_items,
)
from .imports import in_import_order, in_list_order
from .literals import constant, docstring, in_f_string, literal, raw_literal, summary
from .templates import SOAPGENS, Templates

if TYPE_CHECKING:
    import jinja2

    from .trees import Trees


# What stands for an expression in the Python text of a template: no part of a name.
_HOLE = "□"

# The filters that make a string or a docstring of a text.
_TEXTS = ("constant", "docstring", "raw_string", "string")


def python_fragments(name: str, own: Templates) -> Iterator[str]:
    """The Python text of a template in pieces: what it places, and what its expressions may give.

    An expression of Jinja is a hole in the text around it. The strings in it are pieces of their
    own: any of them may be what it places.
    """
    from jinja2 import nodes

    tree = tree_of(name, own)
    text: list[str] = []
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            text.append(node.data if isinstance(node, nodes.TemplateData) else _HOLE)
        text.append(" ")
    yield "".join(text)
    yield from _strings(tree)


def _strings(node: jinja2.nodes.Node) -> Iterator[str]:
    """The strings in the expressions of a template that may become source."""
    from jinja2 import nodes

    if isinstance(node, nodes.Const):
        if isinstance(node.value, str):
            yield node.value
        return
    # Paths, what is compared, options, and what becomes a literal or a docstring.
    if isinstance(node, nodes.FromImport | nodes.Import | nodes.Compare | nodes.Keyword):
        return
    if not (isinstance(node, nodes.Filter) and node.name in _TEXTS):
        for child in node.iter_child_nodes():
            yield from _strings(child)


def tree_of(name: str, own: Templates) -> jinja2.nodes.Template:
    """The tree of the template ``name``; every template is parsed once."""
    environment = environment_of(own)
    return cast("Trees", environment.loader).tree(environment, name)


def offered(own: Templates = SOAPGENS) -> frozenset[str]:
    """The names of the runtime that each package exports from its ``__init__``."""
    module = environment_of(own).get_template("macros/offered.jinja").module
    names: list[str] = module.offered  # type: ignore[attr-defined]
    return frozenset(names)


def environment() -> jinja2.Environment:
    """The environment, with the filters and tests that the templates use."""
    return environment_of(SOAPGENS)


@cache
def environment_of(own: Templates) -> jinja2.Environment:
    """The same for ``own``.

    Templates of the user's are rendered in Jinja2's sandbox: what they yield is code, and they are
    none.
    """
    # Loading Jinja2 takes as long as a whole command that renders nothing.
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from .trees import Trees

    kind = ImmutableSandboxedEnvironment if own.own else jinja2.Environment
    environment = kind(
        loader=Trees(own),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        optimized=False,
    )
    environment.filters["constant"] = constant
    environment.filters["docstring"] = docstring
    environment.filters["in_f_string"] = in_f_string
    environment.filters["in_import_order"] = in_import_order
    environment.filters["in_list_order"] = in_list_order
    environment.filters["raw_string"] = raw_literal
    environment.filters["string"] = literal
    environment.filters["summary"] = summary
    environment.filters["written"] = written
    environment.filters["written_alternative"] = written_alternative
    environment.filters["written_entity"] = written_entity
    environment.filters["written_headers"] = written_headers
    environment.filters["written_items"] = written_items
    environment.tests["long_call"] = is_long_call
    return environment
