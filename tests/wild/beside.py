"""Sample messages with what is beside them: attachments that a binding or an address asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree
from soapgen.contract import elements
from soapgen.contract.model import SWA_REF, ComplexType, QName, Type, TypeReference
from soapgen.contract.services import Message

from tests.support.packages import Built

_TYPE = 'multipart/related; type="text/xml"; start="<root>"; boundary="b"'
_CONTENT = b"what is beside the envelope"


class Beside:
    """Gives sample messages what is beside them.

    Args:
        types: The types of the contract.
    """

    def __init__(self, types: Mapping[QName, Type]) -> None:
        self._references = {name for type_ in types.values() for name in _references_in(type_)}

    def again(
        self,
        built: Built,
        message: Message | None,
        envelope: etree._Element,
        carried: Callable[[bytes], bytes],
    ) -> bytes:
        """What ``carried`` makes of ``envelope`` in a package.

        Where something belongs beside it, it has a sample of that, which must come back.
        """
        names = [f"{item.name}=1@sample" for item in message.attachments] if message else []
        for part in message.parts if message else ():
            if part.element is not None:
                self._references.update(_references_in(part.element.type))
        references = [node for node in envelope.iter() if node.tag in self._references]
        for number, node in enumerate(references):
            names.append(f"{number}@sample")
            node.text = f"cid:{names[-1]}"
        if not names:
            return carried(etree.tostring(envelope, encoding="utf-8"))
        binary = built.module("_binary")
        sent = [
            ("root", etree.tostring(envelope, encoding="utf-8")),
            *((name, _CONTENT) for name in names),
        ]
        parts = [b"--b\r\nContent-ID: <%b>\r\n\r\n%b\r\n" % (n.encode(), c) for n, c in sent]
        content = binary.unpacked(b"".join(parts) + b"--b--", _TYPE)
        made: Any = binary.unpacked(*binary.packed(lambda: carried(content)))
        assert [item for _, item in made.in_order] == [_CONTENT] * len(names)
        # Each message has identifiers of its own.
        root = etree.fromstring(made)
        for tree in (envelope, root):
            for node in tree.iter():
                if node.tag in self._references:
                    node.text = "cid:"
        return etree.tostring(root, encoding="utf-8")


def _references_in(type_: TypeReference) -> Iterator[str]:
    """The elements in a type that are the address of an attachment."""
    if isinstance(type_, ComplexType):
        for element in elements(type_.content):
            if element.type == SWA_REF:
                yield str(element.name)
            yield from _references_in(element.type)
