"""Members of the plan → the Python expressions that write them, in lines that are not too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..plan.operations import Header, Operation
from ..plan.types import Call, Item, Member, Tag
from .literals import LINE_LENGTH, literal

# The longest expression that fits on a line of its own in f"{…}", indented by eight spaces; the
# longest text of an f-string after "return" or after an assignment, indented by four.
_LONGEST = LINE_LENGTH - len('        f"{}"') - 1
_LONGEST_RETURNED = LINE_LENGTH - len('    return f""')
_LONGEST_ASSIGNED = LINE_LENGTH - len('    markup = f""')


@dataclass(frozen=True, slots=True)
class Written:
    """The Python source that writes some elements, one after the other.

    Attributes:
        variables: Name and expression of each variable: for elements whose expression is too long
            for a line of the text. Each is a statement of its own.
        parts: The string literals, or the single expression, that give the whole text.
    """

    variables: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text as an expression after ``return``; it may be several lines long."""
        return f"({' '.join(self.parts)})" if len(self.parts) > 1 else self.parts[0]


def written(members: Sequence[Member]) -> Written:
    """The source that writes ``members``, which are variables, into another variable.

    One member is an expression; several are the fields of f-strings.
    """
    content = _written([_member(member, "") for member in members])
    text = "".join(content.parts)
    # What fits after "return" may not fit after an assignment, but does between brackets.
    too_long = len(content.parts) == 1 and len(members) > 1 and len(text) > _LONGEST_ASSIGNED + 3
    return replace(content, parts=(f"({text})",)) if too_long else content


def written_headers(headers: Sequence[Header], source: str) -> Written:
    """The source that writes ``headers``, which are attributes of ``source``."""
    return _written([_header(header, source) for header in headers])


def written_entity(members: Sequence[Member], source: str, attributes: str = "") -> Written:
    """The source that writes ``members``, attributes of ``source``, within an element.

    The element's name is the variable ``tag``; its start tag has ``attributes``, also as source.
    """
    fields = [_member(member, source) for member in members]
    return _in_f_strings(fields, f"<{{tag}}{attributes}>", "</{tag}>")


def written_items(item: Item, source: str) -> Written:
    """The source that writes the values of ``source`` as elements for ``item``.

    They are within an element, whose name is the variable ``tag``.
    """
    call = Call("repeated", (item.value.write,))
    return _in_f_strings([_Expression("items", call, item.tag, source)], "<{tag}>", "</{tag}>")


def is_long_call(operation: Operation, parser: str) -> bool:
    """Whether a client's call of ``operation`` is too long for a line if ``parser`` is in it."""
    more = "" if operation.has_usual_action else f', action="{operation.action}"'
    more += "" if operation.header_set else ", has_soap_headers=False"
    call = f'return await self._call("{operation.xml_name}", build, {parser}{more})'
    return len(call) > LINE_LENGTH - 8


@dataclass(frozen=True, slots=True)
class _Expression:
    """An expression that writes an element, and the variable for its result.

    Attributes:
        variable: The variable.
        call: The function, with the arguments that follow the tag and the value.
        tag: The element.
        source: The expression for the value.
        within: The element around it, if there is one.
    """

    variable: str
    call: Call
    tag: Tag
    source: str
    within: Tag | None = None

    def text(self, quote: str = '"') -> str:
        """The expression, with its literals in ``quote``."""
        arguments = (literal(self.tag.written, quote), self.source, *self.call.arguments)
        text = f"{self.call.function}({', '.join(arguments)})"
        return f"wrapped({literal(self.within.written, quote)}, {text})" if self.within else text


def _member(member: Member, source: str) -> _Expression:
    return _Expression(member.variable, member.write, member.tag, source + member.name)


def _header(header: Header, source: str) -> _Expression:
    return replace(_member(header.member, source), within=header.within)


def _written(fields: Sequence[_Expression]) -> Written:
    if len(fields) == 1:
        return Written((), (fields[0].text(),))
    return _in_f_strings(fields)


def _in_f_strings(fields: Iterable[_Expression], start: str = "", end: str = "") -> Written:
    variables: list[tuple[str, str]] = []
    parts = [start]
    for field in fields:
        # In Python 3.11, an expression in an f-string must not contain the quotes around it, nor
        # a backslash, which stands for a character that is not printable.
        text = field.text("'")
        if len(text) > _LONGEST or "\\" in text:
            variables.append((field.variable, field.text()))
            text = field.variable
        parts.append(f"{{{text}}}")
    parts = [part for part in (*parts, end) if part]
    if sum(map(len, parts)) <= _LONGEST_RETURNED:
        parts = ["".join(parts)]
    return Written(tuple(variables), tuple(map(_f_string, parts)))


def _f_string(text: str) -> str:
    return f'f"{text}"' if "{" in text else f'"{text}"'
