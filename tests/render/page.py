"""docs/templates.md, made of the code: ``python -m tests.render.page`` writes it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import EnumMeta
from typing import Any, get_args, get_type_hints

from soapgen.plan import Family, Package
from soapgen.plan.json_names import JsonClass
from soapgen.plan.modules import SharedModule
from soapgen.render import listed, templates
from soapgen.render.environment import environment
from soapgen.render.interface import CHANGES, VERSION
from soapgen.render.json_tables import Text
from soapgen.render.modules import Export

from ..support.paths import PROJECT

PAGE = PROJECT / "docs" / "templates.md"

_CONTEXTS = (Package, Family, SharedModule, Export, JsonClass, Text)

HEAD = """# Templates of your own

What soapgen writes is placed by templates. Any of them can be yours:

```console
$ soapgen templates                                # what there is, a sentence each
$ soapgen templates --copy models.py.jinja         # the original, in the folder templates
$ soapgen build wsdl/EMail.wsdl --templates templates
```

Or in the [configuration](configuration.md): `templates = "templates"`. A file in this folder
stands for the template of the same path; all others stay soapgen's. A file that stands for none
is an error, unless it is hidden. The manifest keeps the folder and a hash of each file: `soapgen
check` finds a package stale when one changed, and `soapgen build DIR` takes them again.

## An example

Weak references to values, for a cache: the dataclasses need a slot for them. One macro places all
dataclasses of a contract.

```console
$ soapgen templates --copy macros/models.jinja
$ sed 's/slots=True, /slots=True, weakref_slot=True, /' templates/macros/models.jinja > changed
$ mv changed templates/macros/models.jinja
$ soapgen build Library.wsdl --templates templates --out .
…
```

```python
import weakref

from library_client import Book, Shelf

book = Book(isbn="978-0-14-303943-3", title="The Shadow of the Wind", shelf=Shelf.NOVELS)
print(weakref.ref(book)() is book)
```

```text
True
```

## What a template is

- A name that ends in `.jinja` is a template of [Jinja2](https://jinja.palletsprojects.com): a
  module of packages, or macros for it. A name that is not there is an error with file and line,
  never an empty text.
- A name that ends in `.py` is a module that is copied into packages as it is, but for the first
  line. It must define all that the original does. One that packages have only where they need it,
  they still have only then.

What a template yields must be Python, which black formats. A line `# imports` stands for the
imports that the module needs; those that follow it are what it may need of other packages. A text
of the contract goes through one of the filters `string`, `docstring` and `in_f_string`: what
would become code is refused. Names that your templates use are kept from the contract, as those
of soapgen's are.

Whoever writes a template decides what the package does: it is trusted as code. While it is
rendered it cannot reach what is around it: that is done in Jinja2's sandbox ([decision
70](decisions/0070-templates-are-trusted-as-code.md)).

## Versions

The first line of your file says for which version of this page it was written. soapgen writes it
into copies:

```
{# A copy of models.py.jinja of soapgen VERSION; version NUMBER of the templates. #}
```

A build refuses another version, and says what changed since. Change what that concerns, then the
number. What is only added raises no version.
"""

ABOUT = """
This page is made of the code: `python -m tests.render.page` writes it anew. If something that
stood here is gone or means something else, raise `VERSION` in `render/interface.py` and say in
`CHANGES` what changed.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield HEAD
    yield "| version | what changed |"
    yield "|---|---|"
    for number in range(VERSION, 0, -1):
        yield f"| {number} | {CHANGES[number]} |"
    yield ABOUT
    yield "## Templates\n"
    yield "| template | what it is | what it gets |"
    yield "|---|---|---|"
    for name, sentence in listed():
        yield f"| `{name}` | {_cell(sentence)} | {_cell(_gets(name))} |"
    yield "\n## Filters and tests\n"
    yield "| name | what it gives |"
    yield "|---|---|"
    known = environment().overlay()
    for kind in (known.filters, known.tests):
        for name, function in sorted(kind.items()):
            if getattr(function, "__module__", "").startswith("soapgen."):
                yield f"| `{name}` | {_cell(_first(function))} |"
    yield "\n## What templates get\n"
    yield "Values that are not given are empty: an empty text, an empty tuple, or `None`.\n"
    for item in sorted(_reached(), key=_name):
        yield from _class(item)


def _gets(name: str) -> str:
    """What the comment at the top of a template says of its parameters."""
    if not name.endswith(".jinja"):
        return "nothing: it is copied"
    if name.startswith("macros/"):
        return "what the comments in it say"
    comment = templates.text(name).partition("#}")[0]
    found = re.search(r"``\w+``: .+", comment, re.DOTALL)
    return " ".join(found[0].split()).rstrip(".") if found else "nothing"


def _reached() -> set[type]:
    """The classes of the plan that templates get, or that those refer to."""
    found: set[type] = set()
    waiting: list[Any] = list(_CONTEXTS)
    while waiting:
        item = waiting.pop()
        waiting += get_args(item)
        if not isinstance(item, type) or item in found:
            continue
        if item.__module__.startswith("soapgen.") and (is_dataclass(item) or _is_enum(item)):
            found.add(item)
            waiting += _hints(item).values()
    return found


def _hints(kind: type) -> dict[str, Any]:
    hints = {} if _is_enum(kind) else get_type_hints(kind)
    for name, value in _properties(kind):
        hints[name] = get_type_hints(value)["return"]
    return hints


def _properties(kind: type) -> list[tuple[str, Any]]:
    """The name of each property that templates may use, and the function that gives it."""
    found = inspect.getmembers(kind, lambda value: isinstance(value, property))
    own = [(name, value.fget) for name, value in found if not name.startswith("_")]
    return [item for item in own if item[1].__module__.startswith("soapgen.")]


def _is_enum(kind: type) -> bool:
    return isinstance(kind, EnumMeta)


def _class(kind: type) -> Iterator[str]:
    yield f"### {_name(kind)}\n"
    yield f"{_text(_first(kind))}\n"
    if isinstance(kind, EnumMeta):
        values: list[Any] = list(kind)
        yield f"One of {', '.join(f'`{item.value}`' for item in values)}.\n"
        return
    told = dict(_attributes(kind))
    rows = [
        (field.name, str(field.type), told.get(field.name, ""))
        for field in fields(kind)
        if not field.name.startswith("_")
    ]
    rows += [
        (name, str(inspect.signature(value).return_annotation), _first(value))
        for name, value in _properties(kind)
    ]
    yield "| name | type | what it is |"
    yield "|---|---|---|"
    for name, annotation, text in rows:
        yield f"| `{name}` | `{_cell(annotation)}` | {_cell(text)} |"
    yield ""


def _attributes(kind: type) -> Iterator[tuple[str, str]]:
    """What the docstrings of ``kind``, and of the classes that it extends, say of each field."""
    for item in reversed(kind.__mro__):
        lines = inspect.cleandoc(item.__doc__ or "").partition("Attributes:\n")[2]
        for name, text in re.findall(r"^    (\w+): (.+(?:\n     .+)*)", lines, re.MULTILINE):
            yield name, " ".join(text.split())


def _name(kind: type) -> str:
    return f"{kind.__module__.removeprefix('soapgen.')}.{kind.__qualname__}"


def _first(value: Any) -> str:
    """The first paragraph of a docstring."""
    return " ".join((inspect.getdoc(value) or "").partition("\n\n")[0].split())


def _text(text: str) -> str:
    return re.sub(r"``(.+?)``", r"`\1`", re.sub(r":\w+:`~?(.+?)`", r"`\1`", text))


def _cell(text: str) -> str:
    return _text(text).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
