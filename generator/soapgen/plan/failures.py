"""What a user says of headers that report failure → what clients examine in each answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..contract import Interface, MemberUse, Use
from ..contract.model import ChoiceType, ComplexType, EnumType, QName
from ..errors import GivenError
from ..given import Failure
from ..near import did_you_mean
from .members import Kind, Member
from .operations import FailureCheck, Header, HeaderMember
from .targets import member_key
from .type_planner import TypePlanner

FAILURES = "_failures"
"""The runtime module for failures that headers report."""

_VALUES = (Kind.ELEMENT, Kind.CHOSEN, Kind.ATTRIBUTE, Kind.TEXT)


def require_headers(failure: Failure, interfaces: Sequence[Interface]) -> None:
    """Check that some of ``interfaces`` have the headers that report ``failure``.

    Raises:
        GivenError: None of them has.
    """
    if not failure or any(has_headers(failure, item) for item in interfaces):
        return
    headers = {name.local for item in interfaces for name in item.response_headers}
    for key, path in failure.paths():
        if not any(_leads(name, path) for name in headers):
            name = path.partition(".")[0]
            otherwise = f"there are {', '.join(sorted(headers))}" if headers else "there are none"
            raise GivenError(
                f"no response has a header {name!r}",
                ("failure", key),
                hint=did_you_mean(name, headers, otherwise, 3),
            )
    raise GivenError(
        "no service has all of the headers", ("failure",), hint="name those of one service"
    )


def plan_failure(
    failure: Failure, interface: Interface, headers: Mapping[QName, Header], types: TypePlanner
) -> FailureCheck | None:
    """What the clients of ``interface`` examine; None if its responses have no such headers.

    Args:
        failure: What a user says of them.
        interface: The service.
        headers: The planned headers of its responses.
        types: The planner of its types.

    Raises:
        GivenError: Something that the user says is in a header is not, or is no single value.
    """
    if not has_headers(failure, interface):
        return None
    find = _Finder(interface, headers, types)
    found = {key: find.value(key, path) for key, path in failure.paths()}
    members = {key: HeaderMember(names) for key, (names, _, _) in found.items()}
    values: tuple[bool | int, ...] = ()
    texts: tuple[str, ...] = ()
    if "succeeded" in found:
        _, member, use = found["succeeded"]
        values, texts = _successes(failure.success, member, types.reach.types.get(use.types[0]))
    return FailureCheck(values=values, texts=texts, **members)


def has_headers(failure: Failure, interface: Interface) -> bool:
    """Whether responses of ``interface`` have the headers that report ``failure``."""
    names = {name.local for name in interface.response_headers}
    return bool(failure) and all(
        any(_leads(name, path) for name in names) for _, path in failure.paths()
    )


_Found = tuple[tuple[str, ...], Member, MemberUse]
"""The names of members that lead to a value, the last of them, and where that is declared."""


class _Finder:
    def __init__(
        self, interface: Interface, headers: Mapping[QName, Header], types: TypePlanner
    ) -> None:
        self.interface = interface
        self.headers = headers
        self.types = types

    def value(self, key: str, path: str) -> _Found:
        """The single value at ``path``, which is said under ``key``."""
        found = self._find(path)
        if found is None:
            known = [shown for shown, _ in self._all()]
            raise GivenError(
                f"there is no {path!r} in the headers of responses",
                ("failure", key),
                hint=did_you_mean(path, known, f"there are {', '.join(known)}", 3),
            )
        _, member, use = found
        definition = self.types.reach.types.get(use.types[0]) if use.types else None
        is_single = member.kind in _VALUES and not member.item
        if not is_single or isinstance(definition, ComplexType | ChoiceType):
            inside = [shown for shown, _ in self._inside(path, found)]
            raise GivenError(
                f"{path!r} is no single value",
                ("failure", key),
                hint=f"say which is meant: {' or '.join(inside)}" if inside else "",
            )
        return found

    def _find(self, path: str) -> _Found | None:
        """What is at ``path``, at any depth."""
        for shown, found in self._outermost():
            while path.startswith(f"{shown}."):
                inside = self._inside(shown, found)
                step = next((item for item in inside if _leads(item[0], path)), None)
                if step is None:
                    break
                shown, found = step
            if shown == path:
                return found
        return None

    def _all(self) -> Iterator[tuple[str, _Found]]:
        """The headers and what is in them."""
        for shown, found in self._outermost():
            yield shown, found
            yield from self._inside(shown, found)

    def _outermost(self) -> Iterator[tuple[str, _Found]]:
        """The headers; one that is said by the only member in it is that member, too."""
        for name, header in self.headers.items():
            use = self.interface.response_headers[name]
            found = (header.member.name,), header.member, use
            yield name.local, found
            if header.within is not None:
                yield f"{name.local}.{header.member.tag.local}", found

    def _inside(self, shown: str, found: _Found) -> Iterator[tuple[str, _Found]]:
        names, member, use = found
        if not isinstance(use, Use) or member.item:
            return
        if not isinstance(self.types.reach.types.get(use.type), ComplexType):
            return
        for inner_use, inner in self.types.members_with_uses(use.type):
            inner_found = (*names, inner.name), inner, inner_use
            yield f"{shown}.{member_key(inner_use)}", inner_found


def _leads(shown: str, path: str) -> bool:
    return path == shown or path.startswith(f"{shown}.")


def _successes(
    said: tuple[str, ...], member: Member, definition: object
) -> tuple[tuple[bool | int, ...], tuple[str, ...]]:
    """The values that mean success, of which a user says ``said``: numbers, and texts."""
    kind = member.annotation.removesuffix(" | None")
    if kind == "bool":
        return tuple(_FLAGS[_among(_FLAGS, text)] for text in said or ("true",)), ()
    if not said:
        raise GivenError(
            "what tells success is neither true nor false",
            ("failure", "succeeded"),
            hint='say which values mean success: success = ["OK"]',
        )
    if isinstance(definition, EnumType):
        listed = [item.value for item in definition.values]
        return (), tuple(_among(listed, text) for text in said)
    if kind == "int":
        return tuple(map(_number, said)), ()
    if kind == "str":
        return (), said
    raise GivenError(
        f"no value of {member.xml_type} can tell success",
        ("failure", "succeeded"),
        hint="name a text, a number, an enumeration, or what is true or false",
    )


_FLAGS = {"true": True, "false": False, "1": True, "0": False}


def _among(values: Collection[str], text: str) -> str:
    """``text``, which must be one of ``values``."""
    if text not in values:
        raise GivenError(
            f"{text!r} is none of its values",
            ("failure", "success"),
            hint=did_you_mean(text, values, f"there are {', '.join(values)}"),
        )
    return text


def _number(text: str) -> int:
    """The integer ``text``, which a service may write in other ways, too."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise GivenError(
            f"{text!r} is no number",
            ("failure", "success"),
            hint="what tells success is an integer",
        )
    return int(text)
