"""What goes wrong with a user's template → an error with the file and the line to look at."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..errors import GuardError, Place, TemplateError
from ..near import did_you_mean
from . import templates
from .environment import environment_of, tree_of
from .templates import Templates

_PAGE = "docs/templates.md says what templates get"


def rendered(
    name: str, contexts: Sequence[Mapping[str, Any]], path: str, own: Templates
) -> list[str]:
    """What the template ``name`` yields with each of ``contexts``, for the module at ``path``.

    Raises:
        TemplateError: A template of the user's has a part in it, and fails or yields no Python.
    """
    with _located(own):
        texts = [environment_of(own).get_template(name).render(context) for context in contexts]
    if place := blamed(name, own):
        _require_python(texts[0], path, place)
    return texts


def blamed(name: str, own: Templates) -> str:
    """The file of the first template of the user's that ``name`` is or uses; empty if none."""
    if not own.own:
        return ""  # and no template is parsed for it
    places = own.places()
    return next((places[item] for item in _used(name, own) if item in places), "")


@contextmanager
def blaming(place: str) -> Iterator[None]:
    """Say of an error of the guard that it comes of the user's template ``place``, if any."""
    try:
        yield
    except GuardError as error:
        if not place:
            raise
        raise TemplateError(
            f"what it yields is not sound: {error.place}: {error.message}",
            place=Place(place),
            hint=f"place texts with the filters string, docstring or in_f_string; {_PAGE}",
        ) from error


@contextmanager
def _located(own: Templates) -> Iterator[None]:
    """Say of an error of a template in which file and line it is, if any is the user's."""
    import jinja2

    places = set(own.places().values())
    try:
        yield
    except Exception as error:
        if not places:
            raise
        # Jinja2 lets the frames of templates look like those of modules.
        files = places | {str(templates.folder() / name) for name in templates.jinja_templates()}
        frames = [item for item in traceback.extract_tb(error.__traceback__) if item[0] in files]
        frame = frames[-1] if frames else None
        is_of_template = isinstance(error, jinja2.TemplateError)
        if not is_of_template and (frame is None or frame.filename not in places):
            raise
        hint = _PAGE
        message = str(error).rstrip(".") or type(error).__name__
        if isinstance(error, jinja2.TemplateNotFound):
            message = f"there is no template {error.name!r}"
            hint = did_you_mean(str(error.name), templates.jinja_templates(), _PAGE)
        place = Place(frame.filename, frame.lineno) if frame else None
        raise TemplateError(message, place=place, hint=hint) from error


def _require_python(text: str, path: str, place: str) -> None:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:  # a ValueError for a null character
        line = getattr(error, "lineno", None)
        lines = text.splitlines()
        shown = f": {lines[line - 1].strip()}" if line and line <= len(lines) else ""
        raise TemplateError(
            f"what it yields is not Python, in line {line} of {path}{shown}", place=Place(place)
        ) from error


def _used(name: str, own: Templates) -> Iterator[str]:
    """``name`` and all templates that it imports, each once."""
    from jinja2 import meta

    waiting, seen = [name], {name}
    while waiting:
        item = waiting.pop(0)
        yield item
        found = meta.find_referenced_templates(tree_of(item, own))
        new = [other for other in found if other and other not in seen]
        waiting += new
        seen.update(new)
