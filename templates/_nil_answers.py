"""Answers of one member that may be nil or missing: which of the two it is, where it is None."""

from __future__ import annotations

from ._envelope import read_envelope, whole_body
from ._read import is_nil_element


def is_nil_answer(content: bytes) -> bool:
    """Whether the answer in ``content`` is nil, not missing, where its parser gives None.

    For example: ``is_nil_answer(client.with_response(client.get_name, 7).exchange.received)``.

    Raises:
        SoapFault: It is a fault.
        UnexpectedResponse: It is no envelope.
    """
    body = whole_body(read_envelope(content))
    return any(is_nil_element(member) for element in body for member in element)
