"""A class between what refers to it and what it refers to → boxes, and curves between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .pages import Box, Link, Picture

_MOST = 8  # boxes in a column
_CHARACTERS = 28  # of a name in a box
_CHARACTER, _PADDING, _HEIGHT, _STEP, _GAP, _TOP = 8, 12, 30, 40, 72, 28
_WIDTH = _CHARACTERS * _CHARACTER + 2 * _PADDING


def picture_of(
    self: Link, types: Sequence[Link], operations: Sequence[Link], refers_to: Sequence[Link]
) -> Picture | None:
    """The picture of ``self``; None where nothing refers to it and it refers to nothing."""
    users = [(link, "type") for link in types] + [(link, "operation") for link in operations]
    used = [(link, "type") for link in refers_to]
    if not users and not used:
        return None
    rows = max(min(len(users), _MOST), min(len(used), _MOST), 1)
    middle = _TOP + (rows * _STEP - (_STEP - _HEIGHT)) // 2
    words: list[tuple[int, int, str]] = []
    boxes: list[Box] = []
    curves: list[str] = []
    x = 0
    if users:
        width = _width(link for link, _ in users[:_MOST])
        column = _column(users, x, width, rows)
        boxes += column
        words += _words("Refers to it", users, x, rows)
        x += width + _GAP
        curves += [_curve(box.x + box.width, _middle(box), x, middle) for box in column]
    own = _width([self])
    boxes.append(_box(self, "self", x, middle - _HEIGHT // 2, own))
    x += own
    if used:
        x += _GAP
        width = _width(link for link, _ in used[:_MOST])
        column = _column(used, x, width, rows)
        boxes += column
        words += _words("It refers to", used, x, rows)
        curves += [_curve(x - _GAP, middle, box.x, _middle(box)) for box in column]
        x += width
    more = any(len(column) > _MOST for column in (users, used))
    height = _TOP + rows * _STEP + (18 if more else 0)
    return Picture(x + 2, height, tuple(boxes), tuple(curves), tuple(words))


def _column(links: Sequence[tuple[Link, str]], x: int, width: int, rows: int) -> list[Box]:
    shown = links[:_MOST]
    top = _TOP + (rows - len(shown)) * _STEP // 2
    return [
        _box(link, kind, x, top + position * _STEP, width)
        for position, (link, kind) in enumerate(shown)
    ]


def _words(
    title: str, links: Sequence[tuple[Link, str]], x: int, rows: int
) -> list[tuple[int, int, str]]:
    more = len(links) - _MOST
    below = [(x, _TOP + rows * _STEP + 8, f"and {more:,} more")] if more > 0 else []
    return [(x, 14, title), *below]


def _box(link: Link, kind: str, x: int, y: int, width: int) -> Box:
    # One pixel at the edge is that of the line around the box.
    return Box(_short(link.text), link.text, link.path, kind, x + 1, y, width, _HEIGHT)


def _width(links: Iterable[Link]) -> int:
    longest = max(len(_short(link.text)) for link in links)
    return min(longest * _CHARACTER + 2 * _PADDING, _WIDTH)


def _short(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[: _CHARACTERS - 1]}…"


def _middle(box: Box) -> int:
    return box.y + box.height // 2


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    """A curve that leaves one box and enters the other horizontally."""
    half = (x + to_x) // 2
    return f"M{x} {y}C{half} {y},{half} {to_y},{to_x} {to_y}"
