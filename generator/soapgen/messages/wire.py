"""A sample message as it goes over the wire: valid, complete, laid out to be read and pasted."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from .. import naming
from ..contract.builtins import zero_text
from ..contract.model import (
    ArrayType,
    ComplexType,
    Contract,
    EnumType,
    ListType,
    MapType,
    Message,
    Operation,
    Port,
    QName,
)
from ..contract.reach import Body, Reach, Use
from ..namespaces import ENVELOPES, XSI


class WireStyle:
    """Writes sample messages of ``port``.

    Args:
        contract: The types that the messages refer to.
        port: The port, whose binding says what goes over the wire.
        timestamp: What stands for every date and time.
    """

    def __init__(self, contract: Contract, port: Port, timestamp: str) -> None:
        self._reach = Reach(contract.types)
        self._port = port
        self._timestamp = timestamp
        self._prefixes: dict[str, str] = {}

    def request(self, operation: Operation) -> str:
        """A request for ``operation``, with every header that its binding has.

        Raises:
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        headers = [self._reach.root(part.element) for part in operation.input.headers]
        return self._envelope(self._body(operation, operation.input), headers)

    def response(self, operation: Operation) -> str:
        """A response of ``operation``, without headers.

        Raises:
            UnsupportedError: The message uses something that cannot be generated yet.
        """
        if operation.output is None:
            return ""
        return self._envelope(self._body(operation, operation.output), [])

    def _body(self, operation: Operation, message: Message) -> Body:
        wrapped = self._reach.is_wrapped(operation)
        return self._reach.body(operation, message, wrapped=wrapped)

    def _envelope(self, body: Body, headers: list[Use]) -> str:
        namespaces = {use.element.name.namespace for use in (*headers, *body.uses)}
        for name, uses in self._reach.uses.items():
            namespaces |= {name.namespace, *(use.element.name.namespace for use in uses)}
        main = self._port.binding.port_type.namespace
        if body.wrapper is not None:
            main = body.wrapper.name.namespace
        default = main if "" not in namespaces else ""
        self._prefixes = naming.prefixes(namespaces | {main}, default)
        header = [line for use in headers for line in self._element(use, 4, ())]
        lines = [line for use in body.uses for line in self._element(use, 6, ())]
        if body.wrapper is not None:
            tag = self._name(body.wrapper.name)
            lines = [f"    <{tag}>", *lines, f"    </{tag}>"] if lines else [f"    <{tag}/>"]
        else:
            lines = [line[2:] for line in lines]
        text = "\n".join(
            [
                *(["  <s:Header>", *header, "  </s:Header>"] if header else []),
                *(["  <s:Body>", *lines, "  </s:Body>"] if lines else ["  <s:Body/>"]),
                "</s:Envelope>",
            ]
        )
        used = {
            uri: prefix
            for uri, prefix in self._prefixes.items()
            if not prefix or f"{prefix}:" in text
        }
        declared = [f"xmlns:s={quoteattr(ENVELOPES[self._port.binding.soap_version])}"]
        declared += [f"xmlns:xsi={quoteattr(XSI)}"] if "xsi:" in text else []
        declared += [
            f"xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}"
            for uri, prefix in used.items()
        ]
        margin = "\n            "
        return (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            f"<s:Envelope {margin.join(declared)}>\n{text}\n"
        )

    def _element(self, use: Use, indent: int, within: tuple[QName, ...]) -> list[str]:
        """The element with a sample of its type; ``within`` are the types around it."""
        if use.is_alternative:
            return []
        margin, name = " " * indent, self._name(use.element.name)
        found = self._reach.types.get(use.type)
        if found is None or not isinstance(found, ComplexType | ArrayType | MapType):
            return [f"{margin}<{name}>{escape(self._scalar(use.type))}</{name}>"]
        of_type = self._concrete(use.type)
        if of_type is None or of_type in within:
            # No type can stand here, or the type is within itself, which has to end somewhere.
            optional = use.optional or use.element.occurrence.minimum == 0
            return [] if optional else [f'{margin}<{name} xsi:nil="true"/>']
        attribute = "" if of_type == use.type else f' xsi:type="{self._name(of_type)}"'
        within = (*within, of_type)
        if isinstance(found, MapType):
            entry, inside = self._name(found.entry), " " * (indent + 2)
            pair = [
                line
                for member in self._reach.uses[use.type]
                for line in self._element(member, indent + 4, within)
            ]
            inner = [f"{inside}<{entry}>", *pair, f"{inside}</{entry}>"]
        else:
            inner = [
                line
                for member in self._reach.all_uses(of_type)
                for line in self._element(member, indent + 2, within)
            ]
        if not inner:
            return [f"{margin}<{name}{attribute}/>"]
        return [f"{margin}<{name}{attribute}>", *inner, f"{margin}</{name}>"]

    def _concrete(self, name: QName) -> QName | None:
        """``name`` or, if it is abstract, the first type that may stand for it."""
        for candidate in (name, *reversed(self._reach.descendants(name))):
            found = self._reach.types[candidate]
            if not isinstance(found, ComplexType) or not found.abstract:
                return candidate
        return None

    def _scalar(self, name: QName) -> str:
        found = self._reach.types.get(name)
        if isinstance(found, ListType) and isinstance(found.item, EnumType):
            found = found.item
        if isinstance(found, EnumType):
            return found.values[0].value
        return self._timestamp if name.local == "dateTime" else zero_text(name)

    def _name(self, name: QName) -> str:
        prefix = self._prefixes.get(name.namespace, "")
        return f"{prefix}:{name.local}" if prefix else name.local
