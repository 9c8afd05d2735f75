"""What a user says of the parts of a contract, beside it: data, by their names in the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Pairs = tuple[tuple[str, str], ...]
"""What is said of each of some parts, sorted by their names in the contract."""


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Names for Python that a user gives.

    Attributes:
        services: The names of services, which those of clients and packages are made of.
        operations: The names of methods and functions, by ``Operation`` or ``Service.Operation``.
        types: The names of classes, by ``Type`` or ``{namespace}Type``.
        members: The names of attributes and parameters, by ``Type.Member``; those of a message by
            the name of its element.
    """

    services: Pairs = ()
    operations: Pairs = ()
    types: Pairs = ()
    members: Pairs = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self.kinds().values())

    def kinds(self) -> Mapping[str, Pairs]:
        """The names by the kind of part that they are for."""
        return {
            "services": self.services,
            "operations": self.operations,
            "types": self.types,
            "members": self.members,
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """How the SOAP headers of responses say that a call failed.

    Attributes:
        succeeded: The header, or the member of one, that tells success: ``Status.Code``; empty if
            only a message, or a type, tells failure.
        success: The values of it that mean success; empty for true.
        message: Where the server says what went wrong, or empty.
        type: Where it says what kind of failure it was, or empty.
    """

    succeeded: str = ""
    success: tuple[str, ...] = ()
    message: str = ""
    type: str = ""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.paths())

    def paths(self) -> tuple[tuple[str, str], ...]:
        """Where in the headers something is said, each with what is said there."""
        all_paths = (
            ("succeeded", self.succeeded),
            ("message", self.message),
            ("type", self.type),
        )
        return tuple((key, path) for key, path in all_paths if path)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a user adds to a contract, by the same names.

    Attributes:
        services: The documentation of services.
        operations: The documentation of operations.
        types: The documentation of types.
        members: The documentation of members.
        secrets: The members whose values must not be shown, beside those whose names say it.
        failure: How response headers report failure.
    """

    services: Pairs = ()
    operations: Pairs = ()
    types: Pairs = ()
    members: Pairs = ()
    secrets: tuple[str, ...] = ()
    failure: Failure = Failure()

    def __bool__(self) -> bool:
        """Whether it adds anything."""
        return bool(self.secrets or self.failure) or any(self.documentation().values())

    def documentation(self) -> Mapping[str, Pairs]:
        """The documentation by the kind of part that it is for."""
        return {
            "services": self.services,
            "operations": self.operations,
            "types": self.types,
            "members": self.members,
        }


@dataclass(frozen=True, slots=True)
class Description:
    """What a page of documentation says of one part of a contract.

    Attributes:
        kind: What it is: ``services``, ``operations`` or ``types``; or ``parameters`` and
            ``results``, members of the request and of the response of an operation, ``members``
            or ``values`` of a type, or SOAP ``headers`` of a service.
        name: The name of the part or, for a member, value or header, that of what has it.
        member: The name of the member or header, or the value; empty for another part.
        text: The description.
        page: The path of the page in its folder.
        line: The line, counted from 1.
    """

    kind: str
    name: str
    member: str
    text: str
    page: str
    line: int

    def __str__(self) -> str:
        """The part that it is of: ``parameter GetPerson.pId``."""
        whole = f"{self.name}.{self.member}" if self.member else self.name
        return f"{self.kind.removesuffix('s')} {whole}"


@dataclass(frozen=True, slots=True)
class PageLayout:
    """How pages of documentation show what they describe.

    Attributes:
        headings: For kinds of parts, the regular expression of a heading over one, with a group
            ``name``, and a group ``service`` where it names the service of an operation.
        columns: For kinds of members, values and headers, the name of the first column of a table
            of them.
        description: The name of the column with descriptions.
    """

    headings: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    description: str = "Description"
