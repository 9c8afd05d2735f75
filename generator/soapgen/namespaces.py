"""The namespaces of the specifications that soapgen uses."""

from __future__ import annotations

XML = "http://www.w3.org/XML/1998/namespace"
XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
WSDL = "http://schemas.xmlsoap.org/wsdl/"
WSDL_2 = "http://www.w3.org/ns/wsdl"

WSDL_SOAP_11 = "http://schemas.xmlsoap.org/wsdl/soap/"
WSDL_SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/"
WSDL_HTTP = "http://schemas.xmlsoap.org/wsdl/http/"
WSDL_MIME = "http://schemas.xmlsoap.org/wsdl/mime/"

SOAP_11_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12_ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"

ENVELOPES = {"1.1": SOAP_11_ENVELOPE, "1.2": SOAP_12_ENVELOPE}
"""The namespace of the envelope by SOAP version (SOAP 1.1, section 3; SOAP 1.2 part 1, 5.1)."""

SOAP_11_ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
SOAP_12_ENCODING = "http://www.w3.org/2003/05/soap-encoding"

ENCODINGS = (SOAP_11_ENCODING, SOAP_12_ENCODING)
"""SOAP's own encoding (SOAP 1.1, section 5; SOAP 1.2 part 2, section 3)."""

WSI_SWA = "http://ws-i.org/profiles/basic/1.1/xsd"
"""The namespace of swaRef, the address of an attachment (WS-I Attachments Profile 1.0, 4.4)."""

XOP = "http://www.w3.org/2004/08/xop/include"
"""The namespace of what stands in place of a binary beside the envelope (XOP 1.0, 2.1)."""

NET_SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"
"""The namespace of the schema that .NET writes into the WSDL of every data contract."""
