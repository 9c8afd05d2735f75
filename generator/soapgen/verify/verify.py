"""Sources and documented examples → a verdict on how well the generated code agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from ..contract import Chosen, read_all, repairs_of
from ..errors import LeftOut, Repair
from ..plan import Package
from ..progress import Progress, silent
from ..project import Options, temporary_name, temporary_package
from ..project.generate import choose, interfaces_of, plan_interfaces
from ..sources import Sources, read_all_documents
from ..vendors import conventions
from .examples import Example
from .told import BESIDE, EMPTY_BODY, FAULT, first_in_body, sends, told, why_no_message
from .trial import Result, Task, run, unknown


@dataclass(frozen=True, slots=True)
class Verdict:
    """The results for all examples, and the messages that have none.

    Attributes:
        results: One for each example that is tried, in the order of the examples.
        undocumented: How many messages of the operations have no example.
        not_tried: The examples that have no message of an operation, each with what it has.
        repairs: What is mended in the sources.
        left_out: What was asked for and no code is generated for.
    """

    results: tuple[Result, ...]
    undocumented: int
    not_tried: tuple[tuple[Example, str], ...] = ()
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def matches(self) -> int:
        """How many examples match in every respect."""
        return sum(result.matches for result in self.results)

    @property
    def services(self) -> dict[str, list[Result]]:
        """The results by service, those without a service under an empty name."""
        services: dict[str, list[Result]] = {}
        for result in sorted(self.results, key=lambda result: result.service.lower()):
            services.setdefault(result.service, []).append(result)
        return services

    @property
    def rules(self) -> dict[str, int]:
        """How many examples each rule changed."""
        counts = Counter(rule for result in self.results for rule in result.rules)
        return dict(counts.most_common())

    @property
    def reasons(self) -> dict[str, int]:
        """How many examples are not tried, by what they have instead of a message."""
        return dict(Counter(what for _, what in self.not_tried).most_common())

    @property
    def built(self) -> dict[str, bytes]:
        """The messages that the generated code made, by the paths of the examples."""
        return {result.example.path: result.built for result in self.results if result.built}

    def as_data(self) -> dict[str, Any]:
        """The verdict as data for JSON."""
        return {
            "examples": len(self.results),
            "matches": self.matches,
            "undocumented": self.undocumented,
            "repaired": [item.as_data() for item in self.repairs],
            "left_out": [item.as_data() for item in self.left_out],
            "rules": self.rules,
            "not_tried": [
                {"example": example.path, "has": what} for example, what in self.not_tried
            ],
            "services": [
                {
                    "service": service,
                    "examples": len(results),
                    "matches": sum(result.matches for result in results),
                    "results": [_as_data(result) for result in results],
                }
                for service, results in self.services.items()
            ],
        }


def _as_data(result: Result) -> dict[str, Any]:
    return {
        "example": result.example.path,
        "operation": result.example.operation,
        "message": "request" if result.example.is_request else "response",
        "same": result.same,
        "valid": result.valid,
        "lossless": result.lossless,
        "rules": list(result.rules),
        "problems": [f"{place}: {problem}" for place, problem in result.problems],
        "example_is_not_valid": result.invalid,
        **({} if result.read is None else {"read": result.read}),
    }


def verify(
    sources: Sources,
    examples: Sequence[Example],
    services: Iterable[str] = (),
    progress: Progress = silent,
    *,
    workers: int = 1,
) -> Verdict:
    """Compare the messages of the code generated for ``sources`` with ``examples``.

    Args:
        sources: The WSDLs.
        examples: Documented messages.
        services: The services, by name; by default the first of each WSDL.
        progress: Called for each source that is read, and for each service that is verified.
        workers: How many processes may work at the same time; see
            :class:`soapgen.render.Formatter`.

    Raises:
        SourceError: A WSDL cannot be read or is not sound.
        UnsupportedError: It uses something that soapgen cannot generate yet.
    """
    contracts = read_all(read_all_documents(sources), progress)
    name = temporary_name()
    options = Options(name=name, server=True, services=tuple(services), extras=("json",))
    selected = choose(contracts, options)
    possible = interfaces_of(contracts, selected, options)
    chosen = possible.chosen
    family = plan_interfaces(sources, possible, options, conventions())
    tried, not_tried = _tried(chosen, examples)
    assigned, results = _assigned(sources, chosen, tried)
    with temporary_package(family) as folder:
        tasks = [
            Task(
                folder=folder,
                module=f"{name}.{package.name}" if family.nested else name,
                service=package.service,
                source=sources.wsdls[item.position],
                port=(item.service.name, item.port.name),
                operations={operation.xml_name: operation for operation in package.operations},
                examples=tuple(assigned.get(position, ())),
            )
            for position, (item, package) in enumerate(zip(chosen, family.packages, strict=True))
            if position in assigned
        ]
        # The longest first: it should not start when the other processes have nothing left.
        tasks.sort(key=lambda task: -len(task.examples))
        for done, result in enumerate(_run(tasks, workers)):
            progress(f"verifying {tasks[done].service}", done, len(tasks))
            results.update({item.example.path: item for item in result})
    return Verdict(
        tuple(results[example.path] for example in tried),
        _undocumented(family.packages, assigned),
        not_tried,
        repairs_of(contracts, selected),
        possible.left_out,
    )


def _tried(
    chosen: Sequence[Chosen], examples: Sequence[Example]
) -> tuple[list[Example], tuple[tuple[Example, str], ...]]:
    """The examples with their operations, and those that have no message of one."""
    tried: list[Example] = []
    not_tried: list[tuple[Example, str]] = []
    for example in examples:
        first = first_in_body(example)
        is_named = any(_has_message(item, example) for item in chosen)
        if first in (FAULT, BESIDE) or (first == EMPTY_BODY and not is_named):
            not_tried.append((example, str(first)))
        elif first is None or isinstance(first, str):
            tried.append(example)
        else:
            tried.append(told(example, first, chosen))
    return tried, tuple(not_tried)


def _run(tasks: Sequence[Task], workers: int) -> Iterator[list[Result]]:
    if workers < 2 or len(tasks) < 2:
        yield from map(run, tasks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(run, tasks)


def _assigned(
    sources: Sources, chosen: Sequence[Chosen], examples: Sequence[Example]
) -> tuple[dict[int, list[Example]], dict[str, Result]]:
    """The examples of each service, by its position, and a result for each without a service."""
    assigned: dict[int, list[Example]] = {}
    results: dict[str, Result] = {}
    names = [
        {
            item.name.lower(),
            item.service.name.local.lower(),
            sources.wsdls[item.position].stem.lower(),
        }
        for item in chosen
    ]
    for example in examples:
        positions = [
            position for position, item in enumerate(chosen) if _has_message(item, example)
        ]
        # The innermost folder or page with the name of a service decides.
        near = [
            position
            for folder in example.folders
            for position in positions
            if folder.lower() in names[position]
        ]
        if near or len(positions) == 1:
            assigned.setdefault((near or positions)[0], []).append(example)
            continue
        first = first_in_body(example)
        tag = "" if first is None or isinstance(first, str) else str(first.tag)
        alike = [position for position in positions if sends(chosen[position], example, tag)]
        if len({chosen[position].position for position in alike}) == 1:
            # Of the services of one WSDL that have this message, each will do.
            assigned.setdefault(alike[0], []).append(example)
            continue
        no_message = why_no_message(example)
        if no_message and not positions:
            results[example.path] = unknown(example, no_message, invalid=no_message)
            continue
        services = " and ".join(chosen[position].name for position in positions)
        problem = (
            f"{services} have an operation {example.operation}, and no folder says which is meant"
            if positions
            else f"no service has an operation {example.operation} with such a message"
            + (f", nor another one with {tag}" if tag else "")
        )
        results[example.path] = unknown(example, problem)
    return assigned, results


def _has_message(item: Chosen, example: Example) -> bool:
    return any(
        operation.name == example.operation and (example.is_request or operation.output is not None)
        for operation in item.port.binding.operations
    )


def _undocumented(packages: Sequence[Package], assigned: Mapping[int, Sequence[Example]]) -> int:
    missing = 0
    for position, package in enumerate(packages):
        documented = {(item.operation, item.is_request) for item in assigned.get(position, ())}
        for operation in package.operations:
            missing += (operation.xml_name, True) not in documented
            missing += (
                operation.response is not None and (operation.xml_name, False) not in documented
            )
    return missing
