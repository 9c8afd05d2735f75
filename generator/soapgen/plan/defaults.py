"""Default values of the contract → defaults in Python, where Python source can say them."""

from __future__ import annotations

import re

from .values import EnumMember, Value

_INTEGER = re.compile("[+]?0*([0-9]{1,30})")
_BOOLEANS = {"true": "True", "1": "True", "false": "False", "0": "False"}


def default_of(
    value: Value, members: tuple[EnumMember, ...], text: str | None
) -> tuple[str, str | None]:
    """The default ``text`` of a value as source, or as a text; neither if there is no such form.

    A member without a default in Python is None where it is missing, which goes back as missing.
    """
    if text is None:
        return "", None
    stripped = text.strip(" \t\r\n")
    if value.annotation == "bool" and stripped in _BOOLEANS:
        return _BOOLEANS[stripped], None
    if value.annotation == "int" and (digits := _INTEGER.fullmatch(stripped)):
        return digits[1], None
    if value.annotation == "str":
        return "", text
    named = {member.value: f"{value.annotation}.{member.name}" for member in members}
    return named.get(stripped, ""), None
