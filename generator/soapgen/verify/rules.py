"""What a message may have by SOAP that its values do not tell: it is taken out, and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from ..contract.model import ElementParticle, Operation
from ..namespaces import ENVELOPES


class SoapRules:
    """The rules for services of no vendor that has rules of its own.

    - ``layout``: white space between elements.
    - ``headers that are not declared``: any header may come with a message (SOAP 1.1, section 4.2);
      the values of a message have those that the binding declares.
    - ``empty header``: an envelope may have a header with nothing in it, or none.
    """

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._declared = {
            str(header.element.name)
            for operation in operations
            for message in (operation.input, operation.output)
            if message is not None
            for header in message.headers
        }

    def take_out(
        self, envelope: etree._Element, message: ElementParticle | None
    ) -> tuple[str, ...]:
        """Change ``envelope`` in place, and return the names of the rules that changed it."""
        rules = ["layout"] if _without_layout(envelope) else []
        for header in _headers(envelope):
            others = [item for item in header if item.tag not in self._declared]
            for item in others:
                header.remove(item)
            if others:
                rules.append("headers_that_are_not_declared")
            if not len(header):
                envelope.remove(header)
                rules += [] if others else ["empty_header"]
        return tuple(rules)


def _headers(envelope: etree._Element) -> Iterator[etree._Element]:
    for namespace in ENVELOPES.values():
        yield from envelope.findall(f"{{{namespace}}}Header")


def _without_layout(envelope: etree._Element) -> bool:
    changed = False
    for element in envelope.iter(etree.Element):
        if len(element) and element.text and not element.text.strip():
            element.text, changed = None, True
        if element.tail and not element.tail.strip():
            element.tail, changed = None, True
    return changed
