"""Failures that a server reports in the SOAP headers of an answer."""

from __future__ import annotations

from .errors import ServerFailure


def require_success(
    succeeded: object, values: tuple[object, ...], message: object = None, kind: object = None
) -> None:
    """Raise ServerFailure if ``succeeded`` is there and none of ``values``, which mean success."""
    if succeeded is not None and succeeded not in values:
        raise _failure(message, kind)


def require_no_failure(message: object, kind: object = None) -> None:
    """Raise ServerFailure if there is a ``message``, or the ``kind`` of a failure."""
    if message not in (None, "") or kind not in (None, ""):
        raise _failure(message, kind)


def _failure(message: object, kind: object) -> ServerFailure:
    said, type_ = ("" if value is None else str(value) for value in (message, kind))
    return ServerFailure(said or "the server does not say why", type=type_, parameters={})
