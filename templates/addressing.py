"""WS-Addressing 1.0: SOAP headers with the address and the action of a request.

A client adds them by itself if its binding requires them. For any other client, call
``client.with_options(before=address)``.
"""

from __future__ import annotations

from uuid import uuid4
from xml.sax.saxutils import escape

from ._secret_names import without_user
from .options import Outgoing

WSA = "http://www.w3.org/2005/08/addressing"


def address(outgoing: Outgoing) -> None:
    """Add the headers to a request (WS-Addressing 1.0, Core 3.4 and SOAP Binding 2).

    The anonymous address asks for the answer over the same connection. A user name and a password
    in the address are for HTTP, and not sent on.
    """
    to = without_user(outgoing.url)
    outgoing.add_header(
        f'<a:Action xmlns:a="{WSA}" s:mustUnderstand="1">{escape(outgoing.action)}</a:Action>'
        f'<a:MessageID xmlns:a="{WSA}">urn:uuid:{uuid4()}</a:MessageID>'
        f'<a:ReplyTo xmlns:a="{WSA}"><a:Address>{WSA}/anonymous</a:Address></a:ReplyTo>'
        f'<a:To xmlns:a="{WSA}" s:mustUnderstand="1">{escape(to)}</a:To>'
    )
