"""The plan of declared faults, as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import sentences
from .members import Member
from .names import Source, Tag
from .operations import Header


@dataclass(frozen=True, slots=True)
class Fault:
    """A declared fault and the error for it.

    Attributes:
        class_name: The class of the error.
        xml_name: What it is named after in the contract.
        member: What the fault carries: the attribute ``detail`` of the error.
        in_header: Whether that is in a SOAP header, not in the detail of the fault.
        documentation: The documentation of the element, or empty.
        build: What follows ``build_`` in the name of the function that writes the fault; empty if
            the package writes no responses.
        is_shared: Whether the class is defined in the module that services share.
    """

    class_name: Source
    xml_name: str
    member: Member
    in_header: bool
    documentation: str
    build: Source = ""
    is_shared: bool = False

    def tags(self) -> Iterator[Tag]:
        """The element that it carries."""
        yield self.member.tag

    @property
    def written(self) -> tuple[Header]:
        """What it carries, as an attribute that is written."""
        return (Header(self.member, None),)

    @property
    def description(self) -> str:
        """What the error is."""
        return sentences.fault(self.xml_name, self.documentation, in_header=self.in_header)

    @property
    def build_description(self) -> str:
        """What the function that writes the fault does."""
        return sentences.build_fault(self.xml_name)


@dataclass(frozen=True, slots=True)
class FaultSet:
    """The faults that some operations declare, and the constant for how they are read.

    Attributes:
        constant: The constant.
        faults: The faults.
    """

    constant: Source
    faults: tuple[Fault, ...]

    @property
    def descriptions(self) -> tuple[tuple[str, str], ...]:
        """The class of each fault and what it is, for a docstring."""
        return tuple((fault.class_name, fault.description) for fault in self.faults)
