"""All that leads from an object: for tests that nothing secret is among it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Any

# What has secrets on purpose, for whoever asks for it by name.
_RAW = frozenset({"sent", "received", "known"})


def texts_from(root: object) -> Iterator[str]:
    """The texts, bytes included, that attributes and items lead to from ``root``.

    Tracebacks are left out: their frames have all variables.
    """
    seen: dict[int, Any] = {}
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if id(item) in seen or isinstance(item, type | TracebackType):
            continue
        seen[id(item)] = item
        if isinstance(item, str):
            yield item
        elif isinstance(item, bytes | bytearray):
            yield item.decode(errors="replace")
        elif isinstance(item, Mapping):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list | tuple | set | frozenset):
            waiting += item
        elif (not callable(item) and type(item).__module__ != "builtins") or isinstance(
            item, BaseException
        ):
            yield repr(item)
            waiting += _attributes(item)


def _attributes(item: object) -> Iterator[Any]:
    if isinstance(item, BaseException):
        yield from (str(item), item.args, item.__cause__, item.__context__)
    yield from vars(item).values() if hasattr(item, "__dict__") else ()
    for kind in type(item).__mro__:
        names = vars(kind).get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            if name not in _RAW and not name.startswith("__") and hasattr(item, name):
                yield getattr(item, name)
