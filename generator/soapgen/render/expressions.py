"""Members of the plan → the Python expressions that write them, in lines that are not too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..plan.members import Alternative, Item, Kind, Member, Presence
from ..plan.names import Call, Tag
from ..plan.operations import Header, Operation
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
    in_tag = [_member(member, source) for member in members if member.kind.is_in_tag]
    for member in members:
        if member.kind is Kind.TEXT and member.value.needs_namespaces:
            call = Call("add_declarations", (member.value.text,))
            in_tag.append(_Expression("", call, None, source + member.name))
        if member.kind is Kind.TEXT and member.presence is Presence.NILLABLE:
            in_tag.append(_Expression("", Call("add_nil"), None, source + member.name))
    inside = [_member(member, source) for member in members if not member.kind.is_in_tag]
    return _in_f_strings(inside, f"<{{tag}}{attributes}", "</{tag}>", in_tag)


def written_items(item: Item, source: str, attributes: str = "") -> Written:
    """The source that writes the values of ``source`` as elements for ``item``.

    They are within an element, whose name is the variable ``tag``; its start tag has
    ``attributes``.
    """
    call = Call("repeated", (item.value.write,))
    return _in_f_strings(
        [_Expression("items", call, item.tag, source)], f"<{{tag}}{attributes}", "</{tag}>"
    )


def written_alternative(alternative: Alternative, source: str) -> str:
    """The expression that writes the value ``source`` of one of several elements."""
    value = alternative.value
    call = Call(value.write)
    if alternative.nillable:
        call = Call("nillable", (value.write,))
    elif value.is_record:
        call = Call("mandatory", (value.write,))
    check = _check(alternative)
    return _Expression("", call, alternative.tag, source, check=check).text()


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
        tag: The element or attribute; None for the element that is being written.
        source: The expression for the value.
        within: The element around it, if there is one.
        nil: The expression for the names of the members that are nil; empty if none can be.
        check: The call that refuses some of its values; None where all are good.
        is_attribute: Whether it writes an attribute.
    """

    variable: str
    call: Call
    tag: Tag | None
    source: str
    within: Tag | None = None
    nil: str = ""
    check: Call | None = None
    is_attribute: bool = False

    def text(self, quote: str = '"') -> str:
        """The expression, with its literals in ``quote``."""
        tag = "tag" if self.tag is None else literal(self.tag.written, quote)
        source = self.source
        if self.check is not None:
            source = _called(self.check, [self._checked_tag(quote), source], quote)
        nil = f"{literal(self.source.rpartition('.')[2], quote)} in {self.nil}"
        text = _called(self.call, [tag, source], quote, [nil] if self.nil else [])
        return f"wrapped({literal(self.within.written, quote)}, {text})" if self.within else text

    def _checked_tag(self, quote: str) -> str:
        """The step of a path that leads to it."""
        if self.tag is None:
            return "tag"
        return literal(f"@{self.tag.written}" if self.is_attribute else self.tag.written, quote)


def _called(call: Call, first: list[str], quote: str, last: Sequence[str] = ()) -> str:
    """``call`` with some arguments before and after its own; its texts are in ``quote``."""
    texts = [literal(text, quote) for text in call.texts]
    return f"{call.function}({', '.join([*first, *call.arguments, *texts, *last])})"


def _member(member: Member, source: str) -> _Expression:
    is_clearable = member.presence is Presence.CLEARABLE
    return _Expression(
        member.variable,
        member.write,
        None if member.kind is Kind.TEXT else member.tag,
        source + member.name,
        nil=f"{source}nil_members" if is_clearable else "",
        check=_check(member, "_items" if member.is_repeated else ""),
        is_attribute=member.kind is Kind.ATTRIBUTE,
    )


def _check(member: Member | Alternative, suffix: str = "") -> Call | None:
    """The call that refuses what would be read as another value, if there is such a value."""
    value = member.value
    text = value.content or value
    kind = "_content" if value.is_mixed else "" if value.content is None else "_text"
    if member.fixed_text is not None:
        codec = () if value.is_mixed else text.fixed_codec
        return Call(f"only_fixed{kind}{suffix}", codec, (member.fixed_text,))
    if member.empty_text is None:
        return None
    is_list = text.annotation.startswith("list[")
    if is_list and not kind:
        kind = "_list"
    if is_list or value.is_mixed or text.annotation in ("str", "bytes"):
        return Call(f"not_empty{kind}{suffix}", (), (member.empty_text,))
    return None


def _header(header: Header, source: str) -> _Expression:
    return replace(_member(header.member, source), within=header.within)


def _written(fields: Sequence[_Expression]) -> Written:
    if len(fields) == 1:
        return Written((), (fields[0].text(),))
    return _in_f_strings(fields)


def _in_f_strings(
    fields: Iterable[_Expression],
    start: str = "",
    end: str = "",
    in_tag: Sequence[_Expression] = (),
) -> Written:
    """The source that writes ``fields`` between ``start`` and ``end``.

    ``start`` is a start tag without its end, which has the attributes ``in_tag``, or empty.
    """
    variables: list[tuple[str, str]] = []

    def placed(field: _Expression) -> str:
        # In Python 3.11, an expression in an f-string must not contain the quotes around it, nor
        # a backslash, which stands for a character that is not printable. A check has a value of
        # the contract, in which there may be both.
        text = field.text("'")
        if len(text) > _LONGEST or "\\" in text or field.check is not None:
            variables.append((field.variable, field.text()))
            text = field.variable
        return f"{{{text}}}"

    attributes = [placed(field) for field in in_tag]
    close = ">" if start else ""
    head = [start, *attributes]
    head[-1] += close
    parts = [part for part in (*head, *map(placed, fields), end) if part]
    # A start tag with an attribute of its own has other quotes around it.
    is_mixed = '"' in start and any("'" in part for part in parts)
    if sum(map(len, parts)) <= _LONGEST_RETURNED and not is_mixed:
        parts = ["".join(parts)]
    return Written(tuple(variables), tuple(map(_f_string, parts)))


def _f_string(text: str) -> str:
    quote = "'" if '"' in text else '"'
    return f"{'f' if '{' in text else ''}{quote}{text}{quote}"
