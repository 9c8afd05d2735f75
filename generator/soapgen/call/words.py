"""Values on a command line → texts: as they are, of environment variables, or asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from secrets import randbelow, token_hex

from ..errors import CallError
from ..secret_names import holds_secrets, is_secret, secrets_of_address

_ENVIRONMENT, _PROMPT = "env:", "prompt:"

MASK = "***"
"""What stands for a secret."""


@dataclass
class Words:
    """What the values on a command line stand for.

    Attributes:
        environment: The environment variables.
        ask: Asks a person for a secret, by its name.
        is_for_shell: Whether secrets stay variables of a shell, which has them when it needs them.
        variables: The variables that stand for secrets, by the text that is in their place.
        secrets: The values that were read: all of them are secret, whatever they are called.
        named: The names of what they are the values of.
        also_secret: The names that are secret, beside those that say it themselves.
    """

    environment: Mapping[str, str]
    ask: Callable[[str], str]
    is_for_shell: bool = False
    variables: dict[str, str] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    also_secret: frozenset[str] = frozenset()

    def text(self, word: str, names: list[str], option: str, *, is_number: bool = False) -> str:
        """The value that ``word`` stands for.

        Args:
            word: A value, ``env:VARIABLE`` or ``prompt:``.
            names: What it is the value of: its name last, then those that it is in before it.
            option: The option that has it, for a message.
            is_number: Whether it must be a number, also where a variable of a shell stands for it.

        Raises:
            CallError: It is a secret in plain text, or there is no such variable.
        """
        if word.startswith(_ENVIRONMENT):
            self.named.add(names[-1])
            return self._variable(word.removeprefix(_ENVIRONMENT), is_number=is_number)
        if word == _PROMPT:
            self.named.add(names[-1])
            if self.is_for_shell:
                return self.variable(names[-1], is_number=is_number)
            return self._kept(self.ask(names[-1]))
        if word and (self.is_secret(names[-1]) or any(map(self._holds, names))):
            raise _in_plain(names[-1], option)
        return word

    def require_none(self, data: object, name: str, option: str) -> None:
        """Check that ``data``, which is called ``name``, has no secret in plain text.

        Raises:
            CallError: It has one.
        """
        if isinstance(data, dict):
            for key, item in data.items():
                self.require_none(item, key, option)
        elif isinstance(data, list):
            for item in data:
                self.require_none(item, name, option)
        elif data not in (None, "") and self.is_secret(name):
            raise _in_plain(name, option)

    def is_secret(self, name: str) -> bool:
        """Whether a text under ``name`` is secret."""
        return is_secret(name) or _letters(name) in map(_letters, self.also_secret)

    def _holds(self, name: str) -> bool:
        return holds_secrets(name) or _letters(name) in map(_letters, self.also_secret)

    def address(self, word: str) -> str:
        """The address that ``word`` is, which has no secret in plain text.

        Raises:
            CallError: It has one, or there is no such variable.
        """
        if word.startswith(_ENVIRONMENT):
            return self._variable(word.removeprefix(_ENVIRONMENT))
        if secrets_of_address(word):
            raise CallError(
                "--url: the address has a secret, which must not be on a command line",
                hint=f"give it as {_ENVIRONMENT}VARIABLE",
            )
        return word

    def variable(self, name: str, *, is_number: bool = False) -> str:
        """The text that stands for a secret called ``name``, until a shell puts it in its place."""
        variable = re.sub(r"\W", "_", name).upper().strip("_") or "SECRET"
        if variable[0].isdecimal():
            variable = f"_{variable}"
        return self._placed(variable, is_number=is_number)

    def _placed(self, variable: str, *, is_number: bool = False) -> str:
        # A number that xs:int can be, and that hardly stands anywhere else.
        placed = str(10**9 + randbelow(10**9)) if is_number else f"soapgen-{token_hex(8)}"
        self.variables[placed] = variable
        return placed

    def _variable(self, name: str, *, is_number: bool = False) -> str:
        if self.is_for_shell:
            if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
                raise CallError(f"{name!r} is no name of a variable of a shell")
            return self._placed(name, is_number=is_number)
        if name not in self.environment:
            raise CallError(f"there is no environment variable {name!r}", hint="check its name")
        return self._kept(self.environment[name])

    def _kept(self, secret: str) -> str:
        self.secrets.add(secret)
        return secret

    def hidden(self, text: str) -> str:
        """``text`` without the secrets that were read, and with the names of variables."""
        for secret in sorted(self.secrets - {""}, key=len, reverse=True):
            text = text.replace(secret, MASK)
        for placed, variable in self.variables.items():
            text = text.replace(placed, f"${{{variable}}}")
        return text


def names_of_secrets(members: Iterable[str]) -> frozenset[str]:
    """The names that ``members``, which a configuration calls secret, have in messages.

    A member is ``Type.Member`` or ``Type.@attribute``, and a name may have a dot in it. Of which
    type it is a member is not told by a message, so each member of the name is secret.
    """
    names = set()
    for member in members:
        parts = member.split(".")
        names |= {".".join(parts[start:]).removeprefix("@") for start in range(1, len(parts))}
    return frozenset(names)


def _letters(name: str) -> str:
    """``name`` as it is compared: a name in a configuration may be that of a header, too."""
    return re.sub(r"[\W_]", "", name).lower()


def _in_plain(name: str, option: str) -> CallError:
    return CallError(
        f"{option}: {name} is a secret, which must not be on a command line",
        hint=f"give it as {_ENVIRONMENT}VARIABLE, or as {_PROMPT} to be asked for it",
    )
