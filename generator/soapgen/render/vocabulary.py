"""Templates → the names that generated modules use, which names from a contract must not hide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from .. import naming
from ..plan import Conventions, annotation_names
from . import templates
from .environment import offered, python_text
from .imports import declared_imports, defined

_STRING = re.compile(
    r"""([rfbu]*)("{3}.*?"{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""", re.DOTALL
)
_FIELD = re.compile(r"\{([^{}]*)\}")
_COMMENT = re.compile(r"#[^\n]*")

# An identifier that is neither an attribute nor the keyword of an argument.
_NAME = re.compile(r"(?<![\w.])([^\W\d]\w*)(?!\w|=[^=])")
_PUBLIC_OF_CLIENTS = re.compile(
    r"^    (?:async )?def ([a-z]\w*)\(|^        self\.([a-z]\w*) = ", re.M
)


def reserved_names(conventions: Iterable[Conventions]) -> naming.Reserved:
    """The names that generated modules use, read from the templates.

    Args:
        conventions: What vendors do beyond SOAP, with the names of their runtime modules.
    """
    vendors = list(conventions)
    runtime = {name: templates.text(f"{name}.py") for name in templates.runtime_modules()}
    private = [name for name in runtime if name.startswith("_")]
    functions = frozenset(name for module in private for name in defined(runtime[module]))
    jinja = {name: templates.text(name) for name in templates.jinja_templates()}
    used = frozenset(name for text in jinja.values() for name in _names(text))
    imported = frozenset(name for text in jinja.values() for name in declared_imports(text))
    types = annotation_names()
    return naming.Reserved(
        classes=functions
        | used
        | imported
        | offered()
        | {name for item in vendors for name in (item.raise_failure, item.check_login)},
        members=types | frozenset(_names(jinja["macros/models.jinja"])),
        parameters=frozenset(
            {
                *defined(runtime["_write"]),
                *_names(jinja["macros/build.jinja"]),
                *_names(jinja["macros/method.jinja"]),
            }
        ),
        methods=types | frozenset(_public_of_clients(runtime["transport"])),
        headers=types | frozenset(_names(jinja["macros/client.jinja"])),
        modules=frozenset(
            {
                naming.COMMON,
                *(name for name in runtime if not name.startswith("_")),
                *(item.module for item in vendors),
            }
        ),
        functions=functions,
    )


def _names(template: str) -> Iterator[str]:
    """The names in the Python text of a template, including those in fields of f-strings."""
    text = "".join(python_text(template))
    strings: list[str] = []

    def without(string: re.Match[str]) -> str:
        strings.append(string[2] if "f" in string[1] else "")
        return '""'

    code = _COMMENT.sub("", _STRING.sub(without, text))
    fields = (field for string in strings for field in _FIELD.findall(string))
    for part in (code, *fields):
        yield from (name for name in _NAME.findall(part) if not iskeyword(name))


def _public_of_clients(transport: str) -> Iterator[str]:
    """The methods and attributes of the clients that users call."""
    for method, attribute in _PUBLIC_OF_CLIENTS.findall(transport):
        yield method or attribute
