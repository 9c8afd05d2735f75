"""Templates → the names that generated modules use, which names from a contract must not hide."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from functools import cache
from keyword import iskeyword

from .. import naming
from ..plan import Conventions, annotation_names
from . import templates
from .environment import offered, python_fragments
from .imports import declared_imports, defined
from .json_tables import JSON_MODULES, TABLES
from .templates import SOAPGENS, Templates

_STRING = re.compile(
    r"""([rfbu]*)("{3}.*?"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""", re.DOTALL
)
_FIELD = re.compile(r"\{([^{}]*)\}")
_COMMENT = re.compile(r"#[^\n]*")

# An identifier that is neither an attribute nor the keyword of an argument.
_NAME = re.compile(r"(?<![\w.])([^\W\d]\w*)(?!\w|=[^=])")


def reserved_names(
    conventions: Iterable[Conventions], own: Templates = SOAPGENS
) -> naming.Reserved:
    """The names that generated modules use, read from the templates.

    A module of the runtime is copied as it is, and only the names that it defines can be in the
    way; of a template, every name that it contains is one that the module may use.

    Args:
        conventions: What vendors do beyond SOAP, with the names of their runtime modules.
        own: The templates.
    """
    return _reserved_names(tuple(conventions), own)


@cache  # to look through all templates takes a while
def _reserved_names(vendors: tuple[Conventions, ...], own: Templates) -> naming.Reserved:
    # What reads and writes JSON knows generated modules, and none of them knows it.
    runtime = {
        name: defined(own.text(f"{name}.py"))
        for name in templates.runtime_modules()
        if name not in JSON_MODULES
    }
    listed = [name for name in templates.jinja_templates() if name != f"{TABLES}.py.jinja"]
    names = {name: frozenset(_names(name, own)) for name in listed}
    imported = {name: frozenset(declared_imports(own.text(name))) for name in listed}
    called = {name for item in vendors for name in (item.raise_failure, item.check_login)}
    types = annotation_names()
    used = frozenset().union(*names.values(), *imported.values(), types, called)
    functions = frozenset().union(*(runtime[name] for name in runtime if name.startswith("_")))
    members = types | names["macros/models.jinja"]
    client = names["macros/client.jinja"]
    return naming.Reserved(
        classes=used | functions | offered(own) | naming.CONSTANTS,
        constants=used - naming.CONSTANTS,
        members=members,
        parameters=runtime["_write"]
        | {name for module in runtime.values() for name in module if _may_be_called(name)}
        | runtime["_anytype"]
        | runtime["_attributes"]
        | runtime["_defaults"]
        | runtime["_fixed"]
        | runtime["_text"]
        | runtime["_time_text"]
        | {"str"}  # it gives the value of a text, as the functions of these modules do
        | names["macros/build.jinja"]
        | names["macros/method.jinja"]
        | names["macros/signature.jinja"]
        | called,
        # Annotations in the class of a client see its methods before anything else.
        methods=types
        | imported["client.py.jinja"]
        | names["client.py.jinja"]
        | (client & vars(builtins).keys())
        | frozenset(_public_attributes(own.text("transport.py")))
        | frozenset(_public_attributes(own.text("_responds.py"))),
        headers=members | client,
        modules=frozenset(
            {
                naming.COMMON,
                *(name for name in templates.runtime_modules() if not name.startswith("_")),
                *(item.module for item in vendors),
            }
        ),
        functions=functions,
    )


def _may_be_called(name: str) -> bool:
    """Whether builders may call the function ``name`` of the runtime."""
    return name.startswith(("add_", "only_", "xs_")) or name.endswith(("_text", "_value"))


def _names(template: str, own: Templates) -> Iterator[str]:
    """The names in the Python text of a template, including those in fields of f-strings."""
    strings: list[str] = []

    def without(string: re.Match[str]) -> str:
        strings.append(string[2] if "f" in string[1] else "")
        return '""'

    for text in python_fragments(template, own):
        code = _COMMENT.sub("", _STRING.sub(without, text))
        fields = (field for string in strings for field in _FIELD.findall(string))
        for part in (code, *fields):
            yield from (name for name in _NAME.findall(part) if not iskeyword(name))
        strings.clear()


def _public_attributes(module: str) -> Iterator[str]:
    """The attributes and methods of the classes in ``module`` that have no underscore in front."""
    for node in ast.walk(ast.parse(module)):
        match node:
            case ast.ClassDef():
                members = (getattr(item, "name", "") for item in node.body)
                yield from (name for name in members if name and not name.startswith("_"))
            case ast.Attribute(ast.Name("self"), name, ast.Store()) if not name.startswith("_"):
                yield name
