"""Whole processes: generating, checking, importing; the tools take turns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from soapgen.contract import read_all
from soapgen.project import Options
from soapgen.project.generate import choose, generate, plan_package
from soapgen.render import guarded
from soapgen.render.environment import environment
from soapgen.render.guard import harmless
from soapgen.sources import find_sources, read_all_documents
from soapgen.vendors import conventions

from .measured import Case
from .schemas import many_types

BIN = Path(sys.executable).parent

# What the generated client imports beside httpx, which it loads when a client is made.
_STANDARD = (
    "import asyncio, base64, copy, dataclasses, datetime, decimal, email.utils, enum, functools, "
    "math, re, time, types, typing, uuid; from lxml import etree"
)

_FIRST_CALLS = """
import json, time, sys
sys.path.insert(0, sys.argv[1])
content = open(sys.argv[2], "rb").read()
from bench_client import builders, parsers
from bench_client.models import SyncUserAccount
seconds = []
for _ in range(5):
    started = time.perf_counter()
    builders.build_sync_email_accounts([SyncUserAccount(account_id=1, associate_name="A")])
    parsers.parse_get_email_envelopes(content)
    seconds.append(time.perf_counter() - started)
print(json.dumps(seconds))
"""


def run(work: Path, wsdl: Path, rounds: int, told: Any) -> Iterator[Case]:
    """Run the cases; ``work`` holds what the tools generated."""
    package = work / "again"
    build = [BIN / "soapgen", "build", wsdl, "--quiet", "--name", "client", "--out"]
    peer = [BIN / "xsdata", "generate", wsdl, "--package", "peer"]
    check = [BIN / "soapgen", "check", package, "--quiet"]
    told("build")
    yield _interleaved(
        Case("build EMail, cold", "at most 1.0× xsdata", base="xsdata"),
        {
            "xsdata": lambda: timed(peer, work / "x"),
            "soapgen": lambda: timed([*build, "out"], work / "s"),
        },
        rounds,
    )
    told("build again, check, help")
    timed([*build, package], work, keep=True)
    yield _interleaved(
        Case("commands", "build again and check at most 0.5 s, help at most 0.15 s"),
        {
            "soapgen": lambda: timed([*build, package], work, keep=True),
            "check": lambda: timed(check, work, keep=True),
            "help": lambda: timed([BIN / "soapgen", "--help"], work, keep=True),
        },
        rounds,
    )
    told("import")
    python = [sys.executable, "-c"]
    there = f"import sys; sys.path.insert(0, {str(work)!r}); {_STANDARD}"
    clients = {
        "bare": [*python, there],
        "soapgen": [*python, f"{there}; from bench_client import EMailClient"],
        "xsdata": [*python, f"{there}; import bench_xsdata"],
        "zeep": [*python, f"{there}; import zeep; zeep.Client({str(wsdl)!r})"],
    }
    case = _interleaved(
        Case("start: import the client", "at most 50 ms beyond Python, lxml, standard modules"),
        {name: partial(timed, command, work, keep=True) for name, command in clients.items()},
        rounds,
    )
    bare = case.seconds.pop("bare")
    for seconds in case.seconds.values():
        seconds[:] = [whole - part for whole, part in zip(seconds, bare, strict=True)]
    yield case


def guard(wsdl: Path, rounds: int, told: Any) -> Case:
    """How long the guard takes, beside a whole build in one process.

    It makes a harmless plan, renders the templates once more, and compares the formatted modules.
    """
    told("guard")
    case = Case("guard of EMail", "at most 0.15× of the build")
    sources, options = find_sources([wsdl]), Options(name="client")
    modules = ("builders", "parsers", "client", "models", "__init__")
    for _ in range(rounds):
        started = time.perf_counter()
        made = generate(sources, options, conventions())
        case.seconds.setdefault("soapgen", []).append(time.perf_counter() - started)
        started = time.perf_counter()
        (package,) = harmless(made.plan).packages
        for module in modules:
            environment().get_template(f"{module}.py.jinja").render(package=package, exports=[])
        for file in made.files:
            guarded(file)
        case.seconds.setdefault("guard", []).append(time.perf_counter() - started)
    return case


def first_call(work: Path, answer: Path, rounds: int) -> float:
    """How much longer the first build and parse take than the later ones, in seconds."""
    command = [sys.executable, "-c", _FIRST_CALLS, str(work), str(answer)]
    found: list[list[float]] = [json.loads(subprocess.check_output(command)) for _ in range(rounds)]
    return median(first - min(later) for first, *later in found)


def all_services(work: Path, folder: Path, told: Any) -> tuple[Case, list[dict[str, float]]]:
    """Build all services of ``folder`` as one package, against xsdata for each of them.

    Returns:
        The case, and how long a part of the services takes, by operations and types.
    """
    wsdls = sorted(folder.glob("*.wsdl"))
    case = Case(f"build {len(wsdls)} services", "at most 0.5× xsdata", base="xsdata")
    told(f"build {len(wsdls)} services")
    case.seconds["xsdata"] = [
        sum(
            timed([BIN / "xsdata", "generate", wsdl, "--package", "peer"], work / "x")
            for wsdl in wsdls
        )
    ]
    points = []
    for count in (1, 7, 14, 28, 42, len(wsdls)):
        told(f"build {count} of them")
        part = wsdls[:count]
        command = [BIN / "soapgen", "build", *part, "--quiet", "--name", "all", "--out", "out"]
        points.append({**_size(part), "services": count, "seconds": timed(command, work / "s")})
    case.seconds["soapgen"] = [points[-1]["seconds"]]
    return case, points


def made_up_types(work: Path, told: Any) -> tuple[list[Case], list[dict[str, float]]]:
    """Build made-up contracts of more and more types, against xsdata.

    Returns:
        The cases, and how long soapgen takes by the number of types.
    """
    cases, points = [], []
    for count in (1250, 2500, 5000):
        told(f"build {count:,} made-up types")
        wsdl = work / f"types{count}.wsdl"
        wsdl.write_text(many_types(count), encoding="utf-8")
        peer = [BIN / "xsdata", "generate", wsdl, "--package", "peer"]
        build = [BIN / "soapgen", "build", wsdl, "--quiet", "--name", "made_up", "--out", "out"]
        case = Case(f"build {count:,} types", "in proportion", base="xsdata")
        case.seconds["xsdata"] = [timed(peer, work / "x")]
        case.seconds["soapgen"] = [timed(build, work / "s")]
        cases.append(case)
        points.append({"types": count, "seconds": case.median("soapgen")})
    return cases, points


def _size(wsdls: list[Path]) -> dict[str, float]:
    """How many operations and types there are in ``wsdls`` together."""
    sources, options = find_sources(wsdls), Options(name="all")
    contracts = read_all(read_all_documents(sources))
    plan = plan_package(sources, contracts, choose(contracts, options), options, conventions())
    return {"operations": plan.operations, "types": plan.types}


def _interleaved(case: Case, commands: dict[str, Callable[[], float]], rounds: int) -> Case:
    for command in commands.values():
        command()
    for _ in range(rounds):
        for name, command in commands.items():
            case.seconds.setdefault(name, []).append(command())
    return case


def timed(command: list[Any], folder: Path, *, keep: bool = False) -> float:
    """The seconds that a process takes; unless told to ``keep`` it, its folder is empty before."""
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    # xsdata finds ruff on the path.
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    started = time.perf_counter()
    subprocess.run(
        [str(word) for word in command],
        cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    return time.perf_counter() - started
