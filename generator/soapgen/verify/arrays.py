"""An array in SOAP's encoding → the same with all of its items, and no sizes but those that count.

SOAP 1.1, section 5.4.2, and SOAP 1.2 part 2, section 3.1.4. It is written apart from what generated
code does, as the rest of the comparison.
"""

from __future__ import annotations

import re
from math import prod

from lxml import etree

from .. import namespaces
from ..errors import UnsupportedError

_FIRST, _SECOND = f"{{{namespaces.SOAP_11_ENCODING}}}", f"{{{namespaces.SOAP_12_ENCODING}}}"
_NIL = f"{{{namespaces.XSI}}}nil"
_SIZES = "sizes-of-the-array"
_NUMBER = re.compile(r"[0-9]{1,9}")
_MOST_ITEMS = 1_000_000


def complete(node: etree._Element) -> None:
    """Put nil where an item of the array ``node`` was not sent, and note its sizes.

    The size of a list does not count: the items tell it.

    Raises:
        UnsupportedError: Its items are not in places that its sizes allow.
    """
    said = node.get(f"{_FIRST}arrayType")
    words = node.get(f"{_SECOND}arraySize", "").split()
    if said is not None:
        words = said.rpartition("[")[2].rstrip("] ").split(",")
    offset = node.attrib.pop(f"{_FIRST}offset", "")
    items = list(node)
    positions = [str(item.attrib.pop(f"{_FIRST}position", "")) for item in items]
    if len(words) < 2 and not offset and not any(positions):
        return
    sizes = [int(word) if _NUMBER.fullmatch(word.strip()) else 0 for word in words] or [0]
    start = _place(str(offset), sizes)
    places = [
        _place(text, sizes) if text else start + number for number, text in enumerate(positions)
    ]
    in_row = prod(sizes[1:])
    sizes[0] = sizes[0] or (-(-(max(places, default=-1) + 1) // in_row) if in_row else 0)
    total = prod(sizes)
    is_wrong = any(place >= total for place in places) or len({*places}) < len(places)
    if is_wrong or total > _MOST_ITEMS:
        raise UnsupportedError("the sizes of an array and the places of its items do not fit")
    found = dict(zip(places, items, strict=True))
    node[:] = [found[place] if place in found else _nil(node) for place in range(total)]
    if len(sizes) > 1:
        node.set(_SIZES, " ".join(map(str, sizes)))


def _place(position: str, sizes: list[int]) -> int:
    place = 0
    for number, size in zip(_NUMBER.findall(position), sizes, strict=False):
        place = place * size + int(number)
    return place


def _nil(node: etree._Element) -> etree._Element:
    item = node.makeelement("item")
    item.set(_NIL, "true")
    return item
