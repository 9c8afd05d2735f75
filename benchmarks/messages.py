"""Messages as a server and its clients send them: from the contract, the same for each seed."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from uuid import UUID
from xml.sax.saxutils import escape

from soapgen.contract import Use, element_uses
from soapgen.contract.collector import Collector
from soapgen.contract.model import (
    ArrayType,
    ComplexType,
    ElementParticle,
    EnumType,
    ListType,
    MapType,
    QName,
)
from soapgen.contract.services import Contract, Message, Operation
from soapgen.namespaces import ENVELOPES as SOAP
from soapgen.namespaces import XSI

_WORDS = """
    quarterly meeting offer contract invoice follow-up re: fwd: delivery support ticket budget
    tender renewal agreement project order customer reply draft report price list schedule
""".split()
_FOREIGN = "Ålesund København café naïve 東京 Straße résumé Смирнов Ødegård Zürich €1,200".split()
_SPECIAL = 'R&D <urgent> 5<7 -> O\'Neill "final"'.split()
_WEIGHTS = [20 / len(_WORDS)] * len(_WORDS) + [2 / len(_FOREIGN)] * len(_FOREIGN)
_WEIGHTS += [1 / len(_SPECIAL)] * len(_SPECIAL)

# How often what may be nil is nil: a server fills in texts, mostly, and leaves out what costs it
# another query, such as the rights of a table and of its fields.
_NIL_TEXT, _NIL_ENTITY, _NIL_CONTAINER = 0.1, 0.25, 0.3
_NIL_RIGHTS = 0.9
_NIL_ITEM = 0.02
_DEEPEST = 4


class Way(Enum):
    """Which message of an operation."""

    INPUT = "input"
    OUTPUT = "output"


class Messages:
    """Makes messages of ``contract``.

    Args:
        contract: A contract with one service.
        seed: What the values are drawn from.
    """

    def __init__(self, contract: Contract, seed: int) -> None:
        self._port = contract.services[0].ports[0]
        collector = Collector(contract.types)
        self._uses: dict[QName, Use] = {}
        for operation in self._port.binding.operations:
            for message in (operation.input, operation.output):
                for part in _elements(message):
                    self._uses[part.name] = collector.add_element(part)
        self._reach = collector.reach()
        self._random = random.Random(seed)
        self._prefixes: dict[str, str] = {}
        self._rights = _NIL_RIGHTS

    def request(self, operation: str, items: int) -> bytes:
        """A request of ``operation``, whose only parameter is a list, with so many ``items``."""
        return b"".join(self._chunks(self._operation(operation), Way.INPUT, items))

    def answer(self, operation: str, items: int) -> bytes:
        """The answer to ``operation``, whose result is a list, with so many ``items``."""
        return b"".join(self.answer_chunks(operation, items))

    def answer_chunks(self, operation: str, items: int) -> Iterator[bytes]:
        """The same, in pieces: the start, each item, the end."""
        return self._chunks(self._operation(operation), Way.OUTPUT, items)

    def _operation(self, name: str) -> Operation:
        return next(item for item in self._port.binding.operations if item.name == name)

    def _chunks(self, operation: Operation, way: Way, items: int) -> Iterator[bytes]:
        # A client says nothing of rights: they are the server's to give.
        self._rights = 1.0 if way is Way.INPUT else _NIL_RIGHTS
        message = operation.input if way is Way.INPUT else operation.output
        assert message is not None
        (part,) = message.parts
        assert part.element is not None
        (result,) = element_uses(self._reach.uses[self._uses[part.element.name].type])
        headers = [self._uses[header.element.name] for header in message.headers]
        (item,) = element_uses(self._reach.uses[result.type])
        self._name_namespaces(part.element.name.namespace)
        declared = "".join(
            f' xmlns{":" + prefix[:-1] if prefix else ""}="{uri}"'
            for uri, prefix in self._prefixes.items()
        )
        wrapper, member = part.element.name.local, result.element.name.local
        yield (
            f'<s:Envelope xmlns:s="{SOAP[self._port.binding.soap_version]}" xmlns:i="{XSI}"'
            f"{declared}><s:Header>{''.join(map(self._header, headers))}</s:Header>"
            f"<s:Body><{wrapper}><{member}>"
        ).encode()
        for _ in range(items):
            yield self._element(item, 0).encode()
        yield f"</{member}></{wrapper}></s:Body></s:Envelope>".encode()

    def _name_namespaces(self, main: str) -> None:
        self._prefixes = {main: ""}
        for uses in self._reach.uses.values():
            for name in (use.element.name for use in element_uses(uses)):
                self._prefixes.setdefault(name.namespace, f"n{len(self._prefixes)}:")

    def _header(self, use: Use) -> str:
        """A header; one that has members is nil, as a server sends what there is nothing of."""
        if use.element.nillable and use.type in self._reach.types:
            return f'<{use.element.name.local} i:nil="true"/>'
        return self._element(use, 0)

    def _element(self, use: Use, depth: int, *, is_item: bool = False) -> str:
        name = self._prefixes[use.element.name.namespace] + use.element.name.local
        found = self._reach.types.get(use.type)
        chance = _NIL_ITEM if is_item else self._nil(use, depth)
        if use.element.nillable and depth > 0 and self._random.random() < chance:
            return f'<{name} i:nil="true"/>'
        return f"<{name}>{self._content(use.type, found, depth)}</{name}>"

    def _nil(self, use: Use, depth: int) -> float:
        """The chance that ``use`` is nil; deep down, nothing is left but texts."""
        found = self._reach.types.get(use.type)
        if not isinstance(found, ComplexType | ArrayType | MapType):
            return _NIL_TEXT
        if depth >= _DEEPEST:
            return 1.0
        if isinstance(found, MapType):
            return self._rights
        if isinstance(found, ArrayType):
            return _NIL_CONTAINER
        return self._rights if use.element.name.local.endswith("Right") else _NIL_ENTITY

    def _content(self, name: QName, found: object, depth: int) -> str:
        draw = self._random
        match found:
            case ComplexType():
                members = element_uses(tuple(self._reach.all_uses(name)))
                return "".join(self._element(use, depth + 1) for use in members)
            case ArrayType():
                (item,) = element_uses(self._reach.uses[name])
                return "".join(
                    self._element(item, depth + 1, is_item=True) for _ in range(draw.randint(1, 2))
                )
            case MapType():
                key, value = element_uses(self._reach.uses[name])
                entry = self._prefixes[name.namespace] + found.entry.local
                pairs = [
                    self._pair(key, position) + self._element(value, depth + 1, is_item=True)
                    for position in range(draw.randint(1, 4))
                ]
                return "".join(f"<{entry}>{pair}</{entry}>" for pair in pairs)
            case EnumType():
                return escape(draw.choice(found.values).value)
            case ListType(item=EnumType(values=values)):
                several = draw.sample(values, draw.randint(0, min(2, len(values))))
                return " ".join(value.value for value in values if value in several)
            case _:
                return escape(self._scalar(name.local))

    def _pair(self, key: Use, position: int) -> str:
        """A key that no other pair of the dictionary has."""
        name = self._prefixes[key.element.name.namespace] + key.element.name.local
        return f"<{name}>{escape(self._scalar(key.type.local))}{position}</{name}>"

    def _scalar(self, builtin: str) -> str:
        draw = self._random
        match builtin:
            case "boolean":
                return draw.choice(("true", "false"))
            case "byte" | "unsignedByte":
                return str(draw.randint(0, 127))
            case "short" | "unsignedShort":
                return str(draw.randint(0, 30_000))
            case "int" | "long" | "unsignedInt" | "unsignedLong" | "integer":
                return str(draw.randint(0, 10 ** draw.randint(1, 9)))
            case "decimal" | "double" | "float":
                return f"{draw.uniform(-180, 180):.6f}"
            case "dateTime":
                moment = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(
                    seconds=draw.randrange(300_000_000), microseconds=draw.randrange(1_000_000)
                )
                return moment.isoformat().replace("+00:00", "Z")
            case "base64Binary":
                return base64.b64encode(draw.randbytes(draw.randint(10, 400))).decode()
            case "guid":
                return str(UUID(int=draw.getrandbits(128)))
            case _:
                words = draw.choices(_WORDS + _FOREIGN + _SPECIAL, _WEIGHTS, k=draw.randint(1, 3))
                return " ".join(words)


def _elements(message: Message | None) -> Iterator[ElementParticle]:
    """The elements of the headers and of the body of ``message``, if there is one."""
    if message is not None:
        yield from (header.element for header in message.headers)
        yield from (part.element for part in message.parts if part.element is not None)
