"""The pages of a reference, as data: a template places what is here and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import LeftOut


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of Python source; ``path`` is the page of the class that it names, or empty."""

    text: str
    path: str = ""


Code = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A page that another one leads to.

    Attributes:
        text: What it is called.
        path: Where it is, from the root of the site.
        note: What is said of it; empty for nothing.
        is_code: Whether it is called by a name in Python.
    """

    text: str
    path: str
    note: str = ""
    is_code: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A member, a parameter, a value or an alternative.

    Attributes:
        name: Its name in Python.
        type: Its annotation and its default.
        xml: What it is in a message: ``<Name>``, ``@id``, a text.
        xml_type: The name of its type in the contract, or empty.
        marks: What else there is to say of it, in a word or two each.
        required: Whether it must be given.
        paragraphs: Its documentation.
    """

    name: str
    type: Code
    xml: str
    xml_type: str = ""
    marks: tuple[str, ...] = ()
    required: bool = False
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with a title.

    Attributes:
        title: What they are.
        rows: The rows.
        name: The head of the column of names.
        type: The head of the column of types; empty for no such column.
        code: What the title ends with.
    """

    title: str
    rows: tuple[Row, ...]
    name: str = "Name"
    type: str = "Type"
    code: Code = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads of its columns: none for what no row has."""
        last = "What it is" if self.is_documented else ""
        return tuple(filter(None, (self.name, self.type, "In XML", last)))

    @property
    def is_documented(self) -> bool:
        """Whether a row has a documentation."""
        return any(row.paragraphs for row in self.rows)

    def paths(self) -> Iterator[str]:
        """The pages that its rows lead to."""
        for row in self.rows:
            yield from (piece.path for piece in row.type if piece.path)


@dataclass(frozen=True, slots=True)
class Sample:
    """A message in one form.

    Attributes:
        language: ``Python``, ``XML`` or ``JSON``.
        text: The message.
        problem: Why there is no text; empty where there is one.
    """

    language: str
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OperationPage:
    """The page of an operation.

    Attributes:
        path: Where it is, from the root of the site.
        name: The method of the client.
        xml_name: Its name in the contract.
        service: The page of its service.
        facts: What kind of operation it is, in a word or two each.
        paragraphs: Its documentation.
        signature: The method.
        tables: Its parameters, and what it returns.
        headers: The classes for its SOAP headers, and the errors that it raises.
        samples: The samples of its messages, by what each is.
    """

    path: str
    name: str
    xml_name: str
    service: Link
    facts: tuple[str, ...]
    paragraphs: tuple[str, ...]
    signature: Code
    tables: tuple[Table, ...]
    headers: tuple[tuple[str, tuple[Link, ...]], ...]
    samples: tuple[tuple[str, tuple[Sample, ...]], ...]

    def paths(self) -> Iterator[str]:
        """The pages of types that it leads to."""
        yield from (piece.path for piece in self.signature if piece.path)
        for table in self.tables:
            yield from table.paths()
        for _, links in self.headers:
            yield from (link.path for link in links)


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a picture: what it says, and where it is, in pixels."""

    text: str
    full_text: str
    path: str
    kind: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, curves between them as paths of SVG, and words beside them."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    curves: tuple[str, ...]
    words: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class TypePage:
    """The page of a class.

    Attributes:
        path: Where it is, from the root of the site.
        name: The class.
        kind: What it is: a dataclass, an enumeration.
        xml_name: The name of its type in the contract, or empty.
        service: The service that it belongs to; empty where services share it.
        package: What it is imported from.
        bases: The class that it extends.
        facts: What else there is to say of it, in a few words each.
        paragraphs: Its documentation.
        sentences: What holds for its members together.
        tables: Its members.
        extended_by: The classes that extend it.
        users: What refers to it.
        picture: It, between what refers to it and what it refers to; None for nothing of both.
    """

    path: str
    name: str
    kind: str
    xml_name: str
    service: str
    package: str
    bases: tuple[Link, ...]
    facts: tuple[str, ...]
    paragraphs: tuple[str, ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    extended_by: tuple[Link, ...] = ()
    users: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    picture: Picture | None = None

    def paths(self) -> Iterator[str]:
        """The pages of types that it leads to."""
        yield from (link.path for link in self.bases)
        for table in self.tables:
            yield from table.paths()


@dataclass(frozen=True, slots=True)
class ServicePage:
    """The page of a service, with those of its operations.

    Attributes:
        path: Where it is, from the root of the site.
        name: The service.
        paragraphs: Its documentation.
        facts: What kind of service it is, in a word or two each.
        example: How its client is made, as Python.
        operations: The pages of its operations.
        types: The classes that no other service has.
    """

    path: str
    name: str
    paragraphs: tuple[str, ...]
    facts: tuple[str, ...]
    example: str
    operations: tuple[OperationPage, ...]
    types: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """All pages.

    Attributes:
        name: The name of the package that is described.
        sources: The file names of the WSDLs.
        services: The pages of services, with those of their operations.
        types: The pages of classes, by name.
        left_out: What the contract has and the package has not.
    """

    name: str
    sources: tuple[str, ...]
    services: tuple[ServicePage, ...]
    types: tuple[TypePage, ...]
    left_out: tuple[LeftOut, ...]


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a documentation, each on one line."""
    return tuple(filter(None, (" ".join(part.split()) for part in text.split("\n\n"))))


def first_sentence(parts: tuple[str, ...]) -> str:
    """The first sentence of some paragraphs; empty where there are none."""
    first = parts[0] if parts else ""
    end = first.find(". ")
    return first[: end + 1] if end > 0 else first
