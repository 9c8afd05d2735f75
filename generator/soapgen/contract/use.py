"""Parts in a binding → are they literal, or in the encoding of SOAP (WSDL 1.1, 3.5)?"""

from __future__ import annotations

from lxml import etree

from .. import namespaces
from ..errors import Place, UnsupportedError
from . import lexical


def is_encoded(element: etree._Element) -> bool:
    """Whether ``soap:body``, ``soap:header`` or ``soap:fault`` says that parts are encoded.

    Raises:
        UnsupportedError: The encoding is not SOAP's own.
    """
    use = element.get("use", "literal")
    if use == "literal":
        return False
    style = element.get("encodingStyle", namespaces.SOAP_11_ENCODING)
    if use != "encoded" or not set(style.split()) & {*namespaces.ENCODINGS}:
        raise UnsupportedError(
            f"a message with use={use!r} in the encoding {style!r} is not supported",
            place=Place.of(element),
            hint="use literal messages, or SOAP's own encoding (SOAP 1.1, section 5)",
        )
    return True


def require_use(element: etree._Element, body: etree._Element) -> None:
    """Refuse a header that is encoded where the body is not, or the other way round."""
    if is_encoded(element) is not is_encoded(body):
        raise UnsupportedError(
            f"the {lexical.local(element)} is {element.get('use', 'literal')} and the body is not",
            place=Place.of(element),
            hint="give both the same use",
        )
