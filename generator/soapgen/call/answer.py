"""What a call ends with → JSON, without secrets."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .words import MASK


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
    return Answer(_hidden(to_json(value, hint), name, exchange), exchange.response)


def failed(error: Any, to_json: Any) -> Answer:
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
        told["detail"] = to_json(error.detail)
    elif getattr(error, "markup", ""):
        told["detail"] = error.markup
    return Answer({"fault": _hidden(told, "", exchange)}, exchange.response, failed=True)


def _hidden(data: Any, name: str, exchange: Any) -> Any:
    """``data``, which is JSON and goes under ``name``, without the secrets of ``exchange``."""
    secrets = exchange.all_secrets()
    numbers = set(filter(None, map(_number, secrets.texts)))
    return _without(secrets.hidden(data, name), numbers)


def _without(data: Any, numbers: Set[Decimal]) -> Any:
    """``data`` without ``numbers``, which were given as secrets, or as text of one."""
    match data:
        case dict():
            return {key: _without(item, numbers) for key, item in data.items()}
        case list():
            return [_without(item, numbers) for item in data]
        case int() | float() if not isinstance(data, bool):
            return MASK if _number(str(data)) in numbers else data
        case _:
            return data


def _number(text: str) -> Decimal | None:
    """The number that ``text`` is; None if it is none."""
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
