"""Qualified names as texts in JSON: ``{namespace}local``, as Python's libraries write them."""

from __future__ import annotations

import re

from ._qnames import QName
from ._text import wrong_type
from ._xml_names import is_ncname

_NAME = re.compile(r"(?:\{([^{}]*)\})?([^{}]+)")


def json_name(at: str, value: QName) -> str:
    """``value``, at ``at``, as a text."""
    if not isinstance(value, QName):
        raise wrong_type(at, value, "QName")
    return str(value)


def name_of_json(text: str) -> QName:
    """The name that ``text`` is; ValueError if it is none."""
    match = _NAME.fullmatch(text)
    if match is None or not is_ncname(match[2]):
        raise ValueError(text)
    return QName(match[1] or "", match[2])
