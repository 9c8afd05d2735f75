"""What templates are written against: its version, copies to start from, and those of a user's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from .. import __version__
from ..errors import Place, TemplateError
from ..near import did_you_mean
from . import templates
from .environment import environment
from .imports import defined
from .templates import OwnTemplate, Templates

VERSION = 1
"""The version of what templates get and may use."""

CHANGES: Mapping[int, str] = {1: "the first"}
"""What each version changed that may concern a user's template, the end of a sentence."""

_MARK = re.compile(r"\bversion (\d{1,9}) of the templates\b")
_SENTENCE = re.compile(r'(?:\{#|r?""")\s*(.+?)[.](?=\s|""")', re.DOTALL)


def listed() -> Iterator[tuple[str, str]]:
    """The name of each template, and a sentence on it."""
    for name in templates.all_names():
        found = _SENTENCE.match(templates.text(name))
        yield name, f"{' '.join(found[1].split())}." if found else ""


def copied(name: str) -> str:
    """The text of the template ``name`` to start from, with a line that says what it is.

    Raises:
        TemplateError: There is no such template.
    """
    _require_name(name, None)
    return _mark(name) + templates.text(name)


def own_templates(texts: Mapping[str, str], folder: str) -> Templates:
    """The templates of a build with those of the user's, by their names, from ``folder``.

    Raises:
        TemplateError: One stands for none of soapgen's, is for another version of what templates
            get, or is not written as it must be.
    """
    return Templates(tuple(_own(name, texts[name], f"{folder}/{name}") for name in sorted(texts)))


def _own(name: str, text: str, place: str) -> OwnTemplate:
    _require_name(name, Place(place))
    first, _, rest = text.partition("\n")
    found = _MARK.search(first)
    if found is None:
        raise TemplateError(
            "the first line does not say for which version of the templates this is",
            place=Place(place, 1),
            hint=f"begin with the line {_mark(name).rstrip()}",
        )
    _require_version(int(found[1]), place)
    if name.endswith(".jinja"):
        _require_jinja(text, place)
        return OwnTemplate(name, text, place)
    _require_module(name, text, place)
    # It is copied into packages, and the first line is no part of the copy.
    return OwnTemplate(name, rest, place)


def _mark(name: str) -> str:
    sentence = f"A copy of {name} of soapgen {__version__}; version {VERSION} of the templates."
    return f"{{# {sentence} #}}\n" if name.endswith(".jinja") else f"# {sentence}\n"


def _require_name(name: str, place: Place | None) -> None:
    names = templates.all_names()
    if name not in names:
        hint = did_you_mean(name, names, "soapgen templates lists them", 3)
        message = "this file overrides no template" if place else f"there is no template {name!r}"
        raise TemplateError(message, place=place, hint=hint)


def _require_version(version: int, place: str) -> None:
    if version == VERSION:
        return
    if version > VERSION or version < 1:
        raise TemplateError(
            f"this is for version {version} of the templates, and this soapgen has {VERSION}",
            place=Place(place, 1),
            hint="use the soapgen that it was copied from, or copy the template again",
        )
    later = range(version + 1, VERSION + 1)
    changes = "; ".join(f"version {number}: {CHANGES[number]}" for number in later)
    raise TemplateError(
        f"this is for version {version} of the templates, and this soapgen has {VERSION} "
        f"({changes})",
        place=Place(place, 1),
        hint="change what that concerns, then the number in the first line",
    )


def _require_jinja(text: str, place: str) -> None:
    import jinja2

    try:
        environment().from_string(text)
    except jinja2.TemplateSyntaxError as error:
        message = error.message or "this is no template"
        raise TemplateError(message.rstrip("."), place=Place(place, error.lineno)) from error


def _require_module(name: str, text: str, place: str) -> None:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:  # a ValueError for a null character
        line = getattr(error, "lineno", None)
        raise TemplateError(f"this is not Python: {error}", place=Place(place, line)) from error
    if missing := defined(templates.text(name)) - defined(text):
        raise TemplateError(
            f"this does not define {', '.join(sorted(missing))}, which other modules may use",
            place=Place(place),
            hint="define all that the original does",
        )
