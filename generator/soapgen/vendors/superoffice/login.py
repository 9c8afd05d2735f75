"""A sample response → one by which a client is logged in, with a made-up ticket."""

from __future__ import annotations

from collections.abc import Set

from lxml import etree

from ...sources import parse

TICKET = "7T:made-up"
"""The ticket that a log-in gives: no server knows it."""


def let_in(sample: str, members: Set[str]) -> str:
    """``sample`` as it is or, if its message has ``members``, as that of a log-in that succeeded.

    A sample has the plainest values: the log-in is refused in it, and gives an empty ticket.

    Args:
        sample: An envelope.
        members: The local names of the members that only the response to a log-in has.
    """
    if not all(member in sample for member in members):
        return sample
    root = parse(sample.encode(), "sample")
    for message in root.iterfind("{*}Body/*"):
        found = {etree.QName(child).localname: child for child in message.iterchildren("*")}
        if members <= found.keys():
            found["AuthenticationSucceeded"].text = "true"
            for ticket in found["Credentials"].iterfind("{*}Ticket"):
                ticket.text = TICKET
    return etree.tostring(root, encoding="utf-8", xml_declaration=True).decode()
