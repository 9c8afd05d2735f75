"""Attachments: parts of a message beside its envelope (WS-I Attachments Profile 1.0)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ._binary import put_beside
from ._multipart import message_of, part_of, parts_beside
from ._read import Element
from .errors import UnexpectedResponse


def attach(name: str, value: bytes, content_type: str) -> None:
    """Send ``value`` beside the envelope as the part ``name`` of the message (section 3.8)."""
    put_beside(name, value, content_type, f"{quote(name)}=")


def attachment(node: Element, name: str, position: int) -> bytes:
    """The attachment that is the part ``name`` of the message which ``node`` is in.

    Args:
        node: An element of the message.
        name: The name of the part, which its identifier begins with (section 3.8).
        position: Where it is among attachments that are not identified so.

    Raises:
        UnexpectedResponse: There is no such attachment.
    """
    tree: Any = node
    message = message_of(tree)
    beside = [] if message is None else message.in_order
    for identifier, content in beside:
        if identifier.startswith(f"{quote(name)}="):
            return content
    unnamed = [content for identifier, content in beside if "=" not in identifier]
    if position >= len(unnamed):
        raise UnexpectedResponse(f"the attachment {name} did not come with the message")
    return unnamed[position]


def xs_swaref(tag: str, value: bytes) -> str:
    """The element with the address of an attachment, which is sent beside it (section 4.4)."""
    return f"<{tag}>cid:{put_beside(tag, value, 'application/octet-stream')}</{tag}>"


def read_swaref(node: Element) -> bytes:
    """The attachment that ``node`` has the address of."""
    tree: Any = node
    return part_of(node, node.text, parts_beside(tree))
