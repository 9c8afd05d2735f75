"""Contracts → their services, ports and operations, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..contract.services import Contract, Message, Operation, Port, Service
from ..errors import LeftOut
from ..secret_names import shown_address


def listing(contracts: Sequence[Contract]) -> dict[str, Any]:
    """What ``contracts`` hold, as JSON has it."""
    services = [_service(item) for contract in contracts for item in contract.services]
    left_out = dict.fromkeys(item for contract in contracts for item in contract.left_out)
    return {"services": services, "left_out": [_left_out(item) for item in left_out]}


def _service(service: Service) -> dict[str, Any]:
    return {
        "name": service.name.local,
        "namespace": service.name.namespace,
        "documentation": service.documentation,
        "ports": [_port(port) for port in service.ports],
        "left_out": [_left_out(item) for item in service.left_out],
    }


def _port(port: Port) -> dict[str, Any]:
    binding = port.binding
    return {
        "name": port.name,
        "address": shown_address(port.address) if port.address else "",
        "soap": binding.soap_version,
        "addressing": binding.addressing,
        "operations": [_operation(item) for item in binding.operations],
        "left_out": [_left_out(item) for item in binding.left_out],
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "name": operation.name,
        "style": operation.style,
        "encoded": operation.encoded,
        "action": operation.action,
        "one_way": operation.output is None,
        "request_headers": _headers(operation.input),
        "response_headers": _headers(operation.output),
        "faults": [fault.element.name.local for fault in operation.faults],
        "documentation": operation.documentation,
    }


def _headers(message: Message | None) -> list[str]:
    return [header.element.name.local for header in message.headers] if message else []


def _left_out(item: LeftOut) -> dict[str, Any]:
    return {"what": item.what, "reason": item.reason, "place": str(item.place or "")}


def listing_rows(data: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The tables of a listing: a title, and rows of operation, style, headers and faults.

    The last one, if anything is left out, has rows of what and why.
    """
    lost = list(data["left_out"])
    for service in data["services"]:
        lost += service["left_out"]
        for port in service["ports"]:
            lost += port["left_out"]
            addressing = ", WS-Addressing" if port["addressing"] else ""
            title = f"{service['name']}, port {port['name']}: SOAP {port['soap']}{addressing}"
            title += f" at {port['address']}" if port["address"] else ""
            yield title, [_row(item) for item in port["operations"]]
        if not service["ports"]:
            yield f"{service['name']}: no port", []
    if lost:
        yield "Left out", [(item["what"], item["reason"]) for item in lost]


def _row(operation: Mapping[str, Any]) -> tuple[str, ...]:
    way = ", encoded" if operation["encoded"] else ""
    way += ", one way" if operation["one_way"] else ""
    headers = [f"sends {' '.join(operation['request_headers'])}"]
    headers += [f"gets {' '.join(operation['response_headers'])}"]
    told = [text for text in headers if not text.endswith(" ")]
    return (
        operation["name"],
        f"{operation['style']}{way}",
        ", ".join(told),
        " ".join(operation["faults"]),
    )
