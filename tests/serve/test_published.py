"""The documents of a contract as a server publishes them: each import leads to the right one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

import pytest
from soapgen.serve.published import Published
from soapgen.sources import find_sources, read_all_documents

from tests.support.small import SCHEMA, wsdl
from tests.support.web import Answer, serving

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
IMPORTS = (
    '<xs:import namespace="urn:a" schemaLocation="/a/x.xsd"/>'
    '<xs:import namespace="urn:b" schemaLocation="/b/x.xsd"/>'
    '<xs:import namespace="urn:b" schemaLocation="/moved.xsd"/>'
)
DOCUMENTS = {
    "/s/People.svc?wsdl": wsdl(IMPORTS + SCHEMA),
    "/a/x.xsd": f'<xs:schema {XS} targetNamespace="urn:a"/>',
    "/b/x.xsd": f'<xs:schema {XS} targetNamespace="urn:b"/>',
}


def answer(path: str, headers: Mapping[str, str]) -> Answer | None:
    if path == "/moved.xsd":
        return Answer(status=302, headers={"Location": "/b/x.xsd"})
    return Answer(DOCUMENTS[path].encode()) if path in DOCUMENTS else None


@pytest.mark.slow
def test_two_documents_of_one_name_and_one_that_was_moved() -> None:
    with serving(answer) as web:
        (documents,) = read_all_documents(find_sources([f"{web.url}/s/People.svc?wsdl"]))
    published = Published(documents, "http://localhost/")
    main = (published.document() or b"").decode()
    keys = [
        unquote(key) for key in re.findall(r'schemaLocation="http://localhost/\?file=(.+?)"', main)
    ]
    assert keys == ["/a/x.xsd", "/b/x.xsd", "/b/x.xsd"]
    namespaces = [(published.document(key) or b"").decode() for key in keys]
    assert ["urn:a" in namespaces[0], "urn:b" in namespaces[1]] == [True, True]
