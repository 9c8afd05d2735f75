"""The tools side by side: how each reads an answer and writes a message, warmed up and ready."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Protocol

from lxml import etree
from soapgen import naming

from .messages import Way

Read = Callable[[bytes], Any]
Write = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of an operation, as every tool is to read or to write it."""

    operation: str
    way: Way
    content: bytes


class Tool(Protocol):
    """What is compared."""

    def reader(self, message: Message) -> Read:
        """What reads messages like ``message``."""

    def writer(self, message: Message) -> Write:
        """What writes ``message``."""


def tool(name: str, folder: Path, wsdl: Path) -> Tool:
    """The tool called ``name``; what it generated is in ``folder``."""
    sys.path.insert(0, str(folder))
    match name:
        case "soapgen":
            return Soapgen("bench_soapgen")
        case "xsdata":
            return Xsdata("bench_xsdata")
        case "zeep":
            return Zeep(wsdl)
        case _:
            return Lxml()


class Lxml:
    """The floor: lxml parses, and each element's tag and text is touched."""

    def reader(self, message: Message) -> Read:
        def read(content: bytes) -> None:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            for element in etree.fromstring(content, parser).iter():
                element.tag, element.text  # noqa: B018

        return read

    def writer(self, message: Message) -> Write:
        raise NotImplementedError


class Soapgen:
    """The package that soapgen wrote, with both halves."""

    def __init__(self, package: str) -> None:
        self.builders: Any = importlib.import_module(f"{package}.builders")
        self.parsers: Any = importlib.import_module(f"{package}.parsers")

    def reader(self, message: Message) -> Read:
        suffix = "_request" if message.way is Way.INPUT else ""
        read: Read = getattr(self.parsers, f"parse_{naming.snake(message.operation)}{suffix}")
        return read

    def writer(self, message: Message) -> Write:
        value = self.reader(message)(message.content)
        way, suffix = ("request", "") if message.way is Way.INPUT else ("response", "_response")
        read_headers = getattr(self.parsers, f"parse_{way}_headers", None)
        headers = {"soap_headers": read_headers(message.content)} if read_headers else {}
        build = getattr(self.builders, f"build_{naming.snake(message.operation)}{suffix}")
        parameter = next(iter(inspect.signature(build).parameters))
        return lambda: build(**{parameter: value}, **headers)


class Zeep:
    """zeep, whose client has read the WSDL already."""

    def __init__(self, wsdl: Path) -> None:
        import zeep
        import zeep.wsdl.utils

        self.to_bytes: Callable[[Any], bytes] = zeep.wsdl.utils.etree_to_string
        self.client = zeep.Client(str(wsdl))
        self.binding: Any = self.client.service._binding

    def reader(self, message: Message) -> Read:
        operation = self.binding.get(message.operation)

        def read(content: bytes) -> Any:
            answer = SimpleNamespace(
                status_code=200,
                content=content,
                encoding="utf-8",
                headers={"Content-Type": "text/xml; charset=utf-8"},
            )
            return self.binding.process_reply(self.client, operation, answer)

        return read

    def writer(self, message: Message) -> Write:
        operation = self.binding.get(message.operation)
        part: Any = getattr(operation, message.way.value)
        root = etree.fromstring(message.content)
        head: list[etree._Element] = [child for item in root.iter("{*}Header") for child in item]
        body = next(iter(root.iter("{*}Body")))
        values = part.body.parse(body[0], self.client.wsdl.types)
        arguments = dict(values.__values__)
        headers = [
            self.client.get_element(child.tag)(
                self.client.get_element(child.tag).parse(child, self.client.wsdl.types)
            )
            for child in head
        ]
        names = [etree.QName(child).localname for child in head]
        soap_headers = dict(zip(names, headers, strict=True))

        def write() -> bytes:
            serialized = part.serialize(**arguments, _soapheaders=soap_headers)
            return self.to_bytes(serialized.content)

        return write


class Xsdata:
    """xsdata, with the classes that it generated and a context that knows them already."""

    def __init__(self, package: str) -> None:
        from xsdata.formats.dataclass.context import XmlContext
        from xsdata.formats.dataclass.parsers import XmlParser
        from xsdata.formats.dataclass.serializers import XmlSerializer

        self.package: ModuleType = importlib.import_module(package)
        context = XmlContext()
        self.parser = XmlParser(context=context)
        self.serializer = XmlSerializer(context=context)

    def _envelope(self, message: Message) -> Any:
        for found in vars(self.package).values():
            if getattr(found, "soap_action", "").endswith(f"/{message.operation}"):
                return getattr(found, message.way.value)
        raise LookupError(message.operation)

    def reader(self, message: Message) -> Read:
        kind = self._envelope(message)
        return lambda content: self.parser.from_bytes(content, kind)

    def writer(self, message: Message) -> Write:
        value = self.reader(message)(message.content)
        return lambda: self.serializer.render(value).encode()
