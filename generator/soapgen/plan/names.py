"""The names of the wire and of Python, as generated code uses them: data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from xml.sax.saxutils import quoteattr

Source: TypeAlias = str
"""Python source: a name that ``naming`` gave, or an annotation or a default made of such names.

Any other text in a plan is one of the contract, which generated code has only within strings: the
guard of ``render`` holds it to that, by the annotations of these classes.
"""


class Direction(StrEnum):
    """Whether a value is written into a message or read from one."""

    WRITE = "write"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Tag:
    """The name of an element, in the forms in which generated code uses it.

    Attributes:
        local: The local name.
        prefix: The prefix on the wire, empty for the default namespace or for none.
        constant: The Python constant for the namespace, empty for none.
        name: The full name, ``{namespace}local``.
    """

    local: str
    prefix: str
    constant: Source
    name: str

    @property
    def written(self) -> str:
        """The name on the wire, with its prefix."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


@dataclass(frozen=True, slots=True)
class Namespace:
    """A namespace.

    Attributes:
        uri: Its name.
        prefix: Its prefix on the wire, empty for the default namespace.
        constant: The Python constant for its name in braces.
    """

    uri: str
    prefix: str
    constant: Source

    @property
    def declaration(self) -> str:
        """The declaration of the prefix for a start tag, with a space before it."""
        name = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        return f" {name}={quoteattr(self.uri)}"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function that writes or reads.

    Attributes:
        function: The function.
        arguments: Its arguments, as source, after the tag and the value or after the element.
        texts: Texts of the contract that are its last arguments.
    """

    function: Source
    arguments: tuple[Source, ...] = ()
    texts: tuple[str, ...] = ()
