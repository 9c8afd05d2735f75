"""A request → the command of curl that sends it, with variables of the shell for secrets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any

_END = "SOAP"
_IN_DOCUMENT = re.compile(r"[\\$`]")
_IN_QUOTES = re.compile(r'[\\$`"]')


def curl(outgoing: Any, variables: Mapping[str, str]) -> str:
    """The command that sends ``outgoing``.

    Args:
        outgoing: The request.
        variables: The variables that stand for secrets, by the text that is in their place. In the
            envelope, the shell puts them as they are: they must be escaped for XML.
    """
    lines = ["curl --silent --show-error --data-binary @-"]
    for name, value in outgoing.http_headers.items():
        if name != "Accept-Encoding":
            lines.append(f"--header {_quoted(f'{name}: {value}', variables)}")
    lines.append(_quoted(str(outgoing.url), variables))
    text = _IN_DOCUMENT.sub(r"\\\g<0>", outgoing.envelope.decode())
    end = _END
    while end in text.splitlines():
        end += "_"
    command = " \\\n  ".join(lines)
    return f"{command} <<{end}\n{_filled(text, variables)}\n{end}"


def _quoted(text: str, variables: Mapping[str, str]) -> str:
    if not any(placed in text for placed in variables):
        return shlex.quote(text)
    escaped = _IN_QUOTES.sub(r"\\\g<0>", text)
    return f'"{_filled(escaped, variables)}"'


def _filled(text: str, variables: Mapping[str, str]) -> str:
    for placed, variable in variables.items():
        text = text.replace(placed, f"${{{variable}}}")
    return text
