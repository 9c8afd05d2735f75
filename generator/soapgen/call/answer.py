"""What a call ends with → JSON, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered.

    Attributes:
        data: The result, or what failed, as JSON.
        xml: The message, without its secrets.
        failed: Whether the service reports a failure.
    """

    data: Any
    xml: str
    failed: bool = False


def result(value: Any, hint: Any, name: str, exchange: Any, to_json: Any) -> Answer:
    """The answer that has ``value``.

    Args:
        value: What the client returned.
        hint: Its type.
        name: What the contract calls it, if it is one member.
        exchange: What went over the wire.
        to_json: The function of the package that writes JSON.
    """
    secrets = exchange.all_secrets()
    return Answer(secrets.hidden(to_json(value, hint), name), exchange.response)


def failure(error: Any, to_json: Any) -> Answer:
    """The answer that is a fault, or that reports a failure in its headers.

    Args:
        error: What the client raised; its secrets are masked.
        to_json: The function of the package that writes JSON.
    """
    exchange = error.exchange
    about = {
        "type": type(error).__name__,
        "code": getattr(error, "code", ""),
        "reason": getattr(error, "reason", getattr(error, "message", "")),
        "subcodes": list(getattr(error, "subcodes", ())),
        "actor": getattr(error, "actor", ""),
        "node": getattr(error, "node", ""),
        "parameters": getattr(error, "parameters", {}),
    }
    told = {key: value for key, value in about.items() if value}
    if getattr(error, "detail", None) is not None:
        told["detail"] = exchange.all_secrets().hidden(to_json(error.detail))
    elif getattr(error, "markup", ""):
        told["detail"] = error.markup
    return Answer({"fault": told}, exchange.response, failed=True)
