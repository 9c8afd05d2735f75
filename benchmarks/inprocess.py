"""Reading and writing: the tools take turns, each in a process of its own, on the same messages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from soapgen.contract import read_all
from soapgen.sources import find_sources, read_all_documents

from .measured import Case
from .messages import Messages, Way

SEED = 86
PEERS = ("soapgen", "zeep", "xsdata")


@dataclass(frozen=True, slots=True)
class Job:
    """A message to be read or written: of an operation, with so many items."""

    name: str
    operation: str
    way: Way
    items: int
    reads: bool
    goal: str


JOBS = (
    Job("read 5,000 envelopes", "GetEMailEnvelopes", Way.OUTPUT, 5000, True,
        "at most 1.7× lxml alone, zeep at least 12×"),
    Job("read 2 envelopes", "GetEMailEnvelopes", Way.OUTPUT, 2, True, "others at least 10×"),
    Job("read an entity of 60 members", "GetPersonEntitiesFromEmailAddress", Way.OUTPUT, 1, True,
        "others at least 10×"),
    Job("write an entity of 60 members", "GetPersonEntitiesFromEmailAddress", Way.OUTPUT, 1, False,
        "others at least 10×"),
    Job("write 1 account", "SyncEmailAccounts", Way.INPUT, 1, False, "zeep at least 50×"),
    Job("write 1,000 accounts", "SyncEmailAccounts", Way.INPUT, 1000, False,
        "zeep at least 50×, xsdata at least 150×"),
)  # fmt: skip


def messages(wsdl: Path) -> Messages:
    """What makes messages for the contract in ``wsdl``."""
    (contract,) = read_all(read_all_documents(find_sources([wsdl])))
    return Messages(contract, SEED)


def run(work: Path, wsdl: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the cases. What the tools generated is in ``work``."""
    made = messages(wsdl)

    def content(job: Job) -> bytes:
        make = made.request if job.way is Way.INPUT else made.answer
        return make(job.operation, job.items)

    yield from compared(JOBS, content, work, wsdl, rounds, told)


def compared(
    jobs: Iterable[Job],
    content: Callable[[Job], bytes],
    work: Path,
    wsdl: Path,
    rounds: int,
    told: Any,
) -> Iterator[Case]:
    """Run ``jobs``, each on the message that ``content`` makes for it."""
    with _workers(work, wsdl) as workers:
        for job in jobs:
            told(job.name)
            yield _case(job, content(job), work, workers, rounds)


def _case(job: Job, content: bytes, work: Path, workers: dict[str, Any], rounds: int) -> Case:
    file = work / "message.xml"
    file.write_bytes(content)
    case = Case(f"{job.name} ({len(content) / 1e3:,.1f} kB)", job.goal)
    names: tuple[str, ...] = ("lxml", *PEERS) if job.reads else PEERS
    task = {
        "case": job.name,
        "file": str(file),
        "operation": job.operation,
        "way": job.way.value,
        "reads": job.reads,
    }
    found = {name: workers[name]({"do": "prepare", **task}) for name in names}
    # A tool that cannot do it, soapgen never, is not in the case.
    names = tuple(name for name in names if found[name] is not None)
    same, kinds = found["soapgen"]
    for name in set(names) & set(PEERS):
        if found[name][0] != same:
            case.apart.add(name)
            case.notes[name] = "not the same values: not compared"
        elif fewer := {kind for kind in kinds if kind not in found[name][1]}:
            # It did less, and is at an advantage.
            case.notes[name] = f"the same values, but no {' or '.join(sorted(fewer))}"
    repeats = {
        name: max(1, round(0.25 / workers[name]({"do": "run", "repeats": 1, **task})))
        for name in names
    }
    for _ in range(rounds):
        for name in names:
            seconds = workers[name]({"do": "run", "repeats": repeats[name], **task})
            case.seconds.setdefault(name, []).append(seconds)
    return case


@contextmanager
def _workers(work: Path, wsdl: Path) -> Iterator[dict[str, Any]]:
    started: list[subprocess.Popen[str]] = []

    def start(name: str) -> Any:
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker", name, str(work), str(wsdl)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)

        def ask(task: dict[str, Any]) -> Any:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        return ask

    try:
        yield {name: start(name) for name in ("lxml", *PEERS)}
    finally:
        for process in started:
            process.kill()
