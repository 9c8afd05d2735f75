"""A contract whose names are those that generated modules use themselves gives sound code."""

from __future__ import annotations

import ast
import importlib
import inspect
import keyword
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

import httpx
import pytest
from soapgen.plan import Operation
from soapgen.render import templates
from soapgen.render.imports import defined

from tests.support.named import wsdl_named
from tests.support.packages import (
    Built,
    build_package,
    generated,
    make_importable,
    operation_named,
    planned,
    written,
)
from tests.support.paths import SHAPES, SHOP
from tests.support.samples import sample_arguments
from tests.support.store import Store
from tests.support.typing import mypy

# In whatever case a contract writes a name, the Python name of it is one of these.
KEYWORDS = [name for name in (*keyword.kwlist, *keyword.softkwlist) if name.strip("_")]
OTHERS = [
    "__debug__",
    "__class__",
    "__init__",
    "__members__",
    "_missing_",
    "_ignore_",
    "mro",
    "NotImplemented",
    "self",
    "cls",
    "xmlns",
    "_",
    "x_xml",
    "x",
    "email",
    "builders",
    "RequestHeaders",
    "NO_HEADERS",
    "FAULTS",
    "PeopleClient",
    "名前",
    "ΐ",
    "\u03aa\u0301",  # the capital of the former, as another sequence of characters
    "ﬁ",
    "a\u06ddb",  # XML allows this character in a name, and Python does not
    "l\u00b7l",
]


pytestmark = pytest.mark.conformance


@pytest.mark.minutes
def test_a_contract_of_reserved_names(store: Store, tmp_path: Path) -> None:
    names = sorted({*_used(store), *KEYWORDS, *OTHERS})
    assert {"partial", "xs_int", "ignored", "markup", "retries", "super"} <= {*names}
    words = (re.sub("[^a-z]", "", name.lower()) for name in [*names, "tns"])
    namespaces = [f"urn:example:{word}" for word in dict.fromkeys(words) if len(word) > 1]
    _check(wsdl_named([*names, "TNS"], namespaces=namespaces), "reserved_client", tmp_path)


@pytest.mark.parametrize("service", ["Soap_", "AsyncSoap_", "TNS", "partial", "名前"])
def test_a_service_of_a_reserved_name(service: str, tmp_path: Path) -> None:
    name = f"service_{service.lower().strip('_')}_client"
    _check(wsdl_named(["A", service], service=service, headers=False), name, tmp_path)


@pytest.mark.parametrize("name", ["x" * 2000, "名" * 500])
def test_a_very_long_name(name: str, tmp_path: Path) -> None:
    _check(wsdl_named([name]), f"long_{ord(name[0])}_client", tmp_path)


def test_services_of_reserved_names_that_share_types(tmp_path: Path) -> None:
    """Two services with the same types, whose names differ only in case, or are devices."""
    names = ["TNS", "FAULTS", "PARTS", "parsers", "名前", "ΐ", "\u03aa\u0301", "NO_HEADERS", "date"]
    sources: list[Path] = []
    for service in ("aux", "Common", "common", "errors", "straße", "strasse"):
        source = tmp_path / f"{len(sources)}.wsdl"
        text = wsdl_named(names, service=service, namespaces=["urn:example:parts", "urn:x:tns"])
        source.write_text(text, encoding="utf-8")
        sources.append(source)
    made = generated(*sources, name="reserved_family")
    paths = [file.path.casefold() for file in made.files]
    assert len(paths) == len({*paths})
    assert not any(PureWindowsPath(path).is_reserved() for path in paths)
    make_importable(written(made, tmp_path))
    _check_types("reserved_family", tmp_path)
    for path in made.texts:
        if path.endswith(".py"):
            name = path.removesuffix(".py").replace("/", ".").removesuffix("__init__").strip(".")
            importlib.import_module(f"reserved_family.{name}".strip("."))


def _used(store: Store) -> Iterator[str]:
    """The names in generated modules that do not stem from their contracts."""
    cases: list[tuple[Path, dict[str, Any]]] = [
        (SHAPES, {"server": True, "extras": ("addressing", "security")}),
        (SHOP, {}),
    ]
    for source, options in cases:
        package = store.path(source, name="reserved", **options)
        of_contract = set(_sources(planned(source, name="reserved", **options)))
        for path in package.rglob("*.py"):
            if path.relative_to(package).as_posix() in RUNTIME:
                continue
            found = set(_identifiers(ast.parse(path.read_text(encoding="utf-8"))))
            yield from found - of_contract
    for module in RUNTIME:
        text = templates.text(module)
        if module.startswith("_") and module != "_text.py":  # which only the runtime uses
            yield from (name for name in defined(text) if not name.startswith("_"))
        if module in ("transport.py", "_responds.py"):  # whose classes those of clients extend
            yield from set(re.findall(r"(?:    def |self\.)(\w+)", text))


RUNTIME = {f"{name}.py" for name in templates.runtime_modules()}


def _identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for attribute in ("id", "attr", "name", "arg", "asname"):
            name = getattr(node, attribute, None)
            if isinstance(name, str) and name.isidentifier():
                yield name


def _sources(part: Any) -> Iterator[str]:
    """The names that a plan has, among them those of runtime functions."""
    if is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, str) and "Source" in str(field.type):
                yield value
            yield from _sources(value)
    elif isinstance(part, tuple):
        for item in part:
            yield from _sources(item)


def _check(text: str, name: str, folder: Path) -> None:
    """The package ``name`` for a WSDL is well typed, and messages come back as they were."""
    source = folder / "Reserved.wsdl"
    source.write_text(text, encoding="utf-8")
    package = build_package(source, folder, name=name)
    _check_types(name, folder)
    answers: dict[str, bytes] = {}
    received: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        received.append(request.content)
        return httpx.Response(200, content=answers[request.headers["SOAPAction"].strip('"')])

    with httpx.Client(transport=httpx.MockTransport(answer)) as http:
        client = getattr(package.client, package.plan.client)("http://localhost/", http=http)
        for operation in package.plan.operations:
            _check_operation(package, client, operation, answers, received)
    headers = package.plan.request_headers
    if headers:
        made = package.models.RequestHeaders(
            **sample_arguments(package.models.RequestHeaders.__init__)
        )
        name = operation_named("All_", package)
        build = getattr(package.builders, f"build_{name}")
        request = build(**sample_arguments(build, depth=1), soap_headers=made)
        assert package.parsers.parse_request_headers(request) == made


def _check_types(name: str, folder: Path) -> None:
    found = mypy("-p", name, cwd=folder)
    assert found.startswith("Success"), found


def _check_operation(
    package: Built, client: Any, operation: Operation, answers: dict[str, bytes], received: Any
) -> None:
    build = getattr(package.builders, f"build_{operation.name}")
    build_response = getattr(package.builders, f"build_{operation.name}_response")
    given = tuple(sample_arguments(build, depth=1).values())
    request = package.build(operation.name, *given)
    assert package.parse_request(operation.name, request) == given
    sent = tuple(sample_arguments(build_response, depth=1).values())
    answers[operation.action] = package.build_response(operation.name, *sent)
    call = getattr(client, operation.method)
    names = list(inspect.signature(call).parameters)
    result = call(**dict(zip(names, given, strict=True)))
    assert received[-1] == request
    assert package.as_arguments(result, build_response) == sent
