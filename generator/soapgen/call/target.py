"""A source and an operation → its generated code, in a folder for a while, and calls of it."""

from __future__ import annotations

import importlib
import inspect
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ..contract import read_all, repairs_of
from ..errors import CallError, Repair
from ..given import Failure, Overlay
from ..plan import Operation, Package, has_headers, json_members
from ..project import Options, importable, temporary_name, temporary_package
from ..project.generate import choose, interfaces_of, plan_interfaces
from ..sources import Sources, read_all_documents
from ..vendors import conventions
from .answer import Answer, failed, result
from .request import Parameter, Request
from .words import Words


def _add_headers(http_headers: Mapping[str, str], outgoing: Any) -> None:
    outgoing.http_headers.update(http_headers)


class _Shown(Exception):
    """Ends a call that is only to be shown."""


@dataclass(frozen=True)
class Target:
    """An operation that can be called.

    Attributes:
        package: The plan of its package.
        operation: Its plan.
        name: The name of the package that has the runtime.
        service: The name of the package of the service.
        repairs: What is mended in the sources.
    """

    package: Package
    operation: Operation
    name: str
    service: str
    repairs: tuple[Repair, ...] = ()

    def request(self, words: Words) -> Request:
        """What may be given for the body of the request."""
        build = self._builder()
        hints, signature = typing.get_type_hints(build), inspect.signature(build)
        may_be_nil = {member.name for member in self.operation.request.clearable}
        return Request(
            [
                Parameter(
                    item.key,
                    item.name,
                    hints[item.name],
                    signature.parameters[item.name].default is inspect.Parameter.empty,
                    item.name in may_be_nil,
                )
                for item in json_members(self.operation.request.parameters)
            ],
            self._module("_json_shapes"),
            "--set",
            words,
        )

    def headers(self, words: Words) -> Request:
        """What may be given for the SOAP headers of the request."""
        kind, shapes = self._headers_class(), self._module("_json_shapes")
        found = shapes.shapes_of(kind) if kind is not None else ()
        parameters = [Parameter(item.key, item.name, item.hint, False) for item in found]
        return Request(parameters, shapes, "--soap-header", words)

    def members(self, message: bytes) -> dict[str, Any]:
        """The members of a request, as JSON; the target must be one with what reads requests."""
        parse = getattr(self._of_service("parsers"), f"parse_{self.operation.request_name}")
        value, hints = parse(message), typing.get_type_hints(self._builder())
        named = json_members(self.operation.request.parameters)
        to_json = self._module("json_values").to_json
        if len(named) == 1:
            return {named[0].key: to_json(value, hints[named[0].name])}
        return {item.key: to_json(getattr(value, item.name), hints[item.name]) for item in named}

    def client(
        self, url: str, http_headers: Mapping[str, str], headers: Request, timeout: float | None
    ) -> Any:
        """A client for the address ``url``.

        Raises:
            CallError: The address or a header is none.
        """
        with self._problems():
            made = getattr(self._of_service("client"), self.package.client)(url, timeout=timeout)
            kind = self._headers_class()
            if kind is not None and headers.data:
                given = headers.arguments(self._reader())
                made = made.with_options(soap_headers=kind(**given))
            return made.with_options(
                before=partial(_add_headers, http_headers), secrets=headers.words.also_secret
            )

    def outgoing(self, client: Any, request: Request) -> Any:
        """The request that ``client`` would send.

        Raises:
            CallError: A member of it is none that can be sent.
        """
        found: list[Any] = []

        def show(outgoing: Any) -> None:
            found.append(outgoing)
            raise _Shown

        try:
            self._call(client.with_options(before=show), request)
        except _Shown:
            return found[0]
        raise AssertionError("a client sends something for each call")

    def masked(self, outgoing: Any, words: Words) -> str:
        """The envelope of ``outgoing`` without its secrets and what ``words`` read."""
        names = words.named | words.also_secret
        text: str = self._module("_secrets").Secrets(names, words.secrets).masked(outgoing.envelope)
        return text

    def _known(self, exchange: Any, words: Words) -> Any:
        """``exchange``, in which what ``words`` read is secret, also as it was written."""
        read = self._module("_secrets").Secrets(words.named, words.secrets)
        if words.named:
            read.learn(exchange.sent)
        return replace(exchange, known=exchange.known | read.texts)

    def answer(self, client: Any, request: Request) -> Answer:
        """What the service answers to ``request``, sent by ``client``.

        Raises:
            CallError: A member cannot be sent, or there is no answer that the contract allows.
        """
        exchanges: list[Any] = []
        errors, json_values = self._module("errors"), self._module("json_values")
        try:
            value = self._call(client.with_options(after=exchanges.append), request)
        except (errors.SoapFault, errors.ServerFailure, errors.LoginRefused) as error:
            error.exchange = self._known(error.exchange, request.words)
            return failed(error, json_values.to_json)
        except errors.CallError as error:
            raise CallError(str(error)) from None
        response = self.operation.response
        members = response.members if response is not None else ()
        name = members[0].tag.local if len(members) == 1 else ""
        hint = typing.get_type_hints(getattr(type(client), self.operation.method))
        exchange = self._known(exchanges[-1], request.words)
        return result(value, hint.get("return", Any), name, exchange, json_values.to_json)

    def _call(self, client: Any, request: Request) -> Any:
        with self._problems():
            arguments = request.arguments(self._reader())
            return getattr(client, self.operation.method)(**arguments)

    @contextmanager
    def _problems(self) -> Iterator[None]:
        """What the package refuses is a problem of what was given."""
        try:
            yield
        except self._module("errors").InvalidValue as error:
            raise CallError(str(error)) from None

    def _builder(self) -> Callable[..., bytes]:
        build: Callable[..., bytes] = getattr(
            self._of_service("builders"), f"build_{self.operation.name}"
        )
        return build

    def _headers_class(self) -> Any:
        if self.operation.header_set is None:
            return None
        return getattr(self._of_service("client"), self.package.headers_annotation)

    def _reader(self) -> Any:
        return self._module("_json_read").JsonReader(False)

    def _module(self, name: str) -> Any:
        """A module of the runtime."""
        return importlib.import_module(f"{self.name}.{name}")

    def _of_service(self, name: str) -> Any:
        return importlib.import_module(f"{self.service}.{name}")


@contextmanager
def target(
    sources: Sources,
    operation: str,
    services: tuple[str, ...] = (),
    *,
    server: bool = False,
    failure: Failure | None = None,
) -> Iterator[Target]:
    """The operation that ``operation`` names, as long as the context lasts.

    Args:
        sources: The WSDLs.
        operation: Its name in the contract, also as ``SERVICE.OPERATION``.
        services: The services to look for it in; empty for all.
        server: Whether there also is what reads its requests.
        failure: How a user says that response headers report failure; not all operations have them.

    Raises:
        SourceError: A WSDL cannot be read, or has no such operation, or several services have it.
        UnsupportedError: The operation cannot be generated.
    """
    contracts = read_all(read_all_documents(sources))
    name = temporary_name()
    options = Options(
        name=name, server=server, services=services, operations=(operation,), extras=("json",)
    )
    chosen = choose(contracts, options)
    possible = interfaces_of(contracts, chosen, options)
    if failure and all(has_headers(failure, item) for item in possible.interfaces):
        options = replace(options, overlay=Overlay(failure=failure))
    family = plan_interfaces(sources, possible, options, conventions())
    ((package, item),) = (
        (package, item) for package in family.packages for item in package.operations
    )
    with temporary_package(family) as folder, importable(folder):
        try:
            service = f"{name}.{package.name}" if family.nested else name
            yield Target(package, item, name, service, repairs_of(contracts, chosen))
        finally:
            for module in [module for module in sys.modules if module.partition(".")[0] == name]:
                del sys.modules[module]
