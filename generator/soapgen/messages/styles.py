"""The styles of sample messages: a module that loads nothing, for the command line to name them."""

from __future__ import annotations

from enum import StrEnum


class Style(StrEnum):
    """How a sample message is shown.

    Attributes:
        WIRE: As it goes over the wire.
        DOCUMENTED: As the reference pages of SuperOffice show it.
    """

    WIRE = "wire"
    DOCUMENTED = "documented"
