"""Large contracts: what building them takes of time and memory, soapgen beside xsdata, each once.

Time is that of the processors, of all processes of a build together: with others at work on the
machine, it says more than a clock. Memory is the most that these processes hold at one time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from .commands import BIN
from .measured import shown
from .schemas import many_members, many_types

LIMIT = 900
"""The seconds after which a build is ended, and counts as one that did not come to its end."""

MADE_UP = (100, 1000, 10_000)
"""How many types the made-up contracts have, or how many members their only type has."""

_CORPUS = {
    "rb-economic, 1,511 operations": ("rb-economic/economic.wsdl", "EconomicWebClient"),
    "wasabi-workday, the largest WSDL": ("wasabi-workday/workday.wsdl", ""),
}

_IMPORT = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
import asyncio, base64, copy, dataclasses, datetime, decimal, email.utils, enum, functools
import math, re, types, typing, uuid
from lxml import etree
started = time.process_time()
from {package} import {client}
print(json.dumps(time.process_time() - started))
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a build took.

    Attributes:
        processor: The seconds of the processors.
        clock: The seconds of a clock.
        megabytes: The most memory that its processes held at one time; what they share counts once.
    """

    processor: float
    clock: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Large:
    """A large contract.

    Attributes:
        name: What it is.
        types: How many types it has, if it is made up; else 0.
        tools: What each tool took; None where it did not come to its end.
    """

    name: str
    types: int
    tools: dict[str, Taken | None] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """The contract for JSON."""
        return asdict(self)


def run(work: Path, corpus: Path, told: Any) -> Iterator[Large]:
    """Build the made-up contracts, and those of ``corpus`` if it is there."""
    for count in MADE_UP:
        wsdl = work / f"made_up{count}.wsdl"
        wsdl.write_text(many_types(count), encoding="utf-8")
        yield _built(work, wsdl, f"{count:,} made-up types", count, told)
        wsdl = work / f"made_up_members{count}.wsdl"
        wsdl.write_text(many_members(count), encoding="utf-8")
        yield _built(work, wsdl, f"a made-up type of {count:,} members", 0, told)
    for name, (path, _) in _CORPUS.items():
        if (corpus / "wild" / path).is_file():
            yield _built(work, corpus / "wild" / path, name, 0, told)
        else:
            told(f"{path} is not in {corpus / 'wild'}: left out")


def imports(work: Path, corpus: Path, small: Path, rounds: int, told: Any) -> dict[str, float]:
    """The processor time of importing a client of 80 operations, and one of 1,511, in seconds.

    Args:
        work: A folder to build in.
        corpus: Where the large contract is.
        small: The WSDL of the 80 operations.
        rounds: How often each is imported; the median counts.
        told: What is told of what is measured.
    """
    path, client = _CORPUS["rb-economic, 1,511 operations"]
    clients = {small: "EMailClient", corpus / "wild" / path: client}
    found: dict[str, list[float]] = {}
    for wsdl, name in clients.items():
        if wsdl.is_file():
            package = f"import_{wsdl.stem.lower()}"
            build = [BIN / "soapgen", "build", wsdl, "--quiet", "--name", package, "--out", work]
            told(f"build {wsdl.name}, to import it")
            subprocess.run(list(map(str, build)), check=True, capture_output=True)
            subprocess.run([sys.executable, "-m", "compileall", "-q", work / package], check=True)
            found[name] = []
    for _ in range(rounds):
        for wsdl, name in clients.items():
            if name in found:
                code = _IMPORT.format(package=f"import_{wsdl.stem.lower()}", client=name)
                output = subprocess.check_output([sys.executable, "-c", code, str(work)])
                found[name].append(json.loads(output))
    return {name: median(seconds) for name, seconds in found.items()}


def _built(work: Path, wsdl: Path, name: str, types: int, told: Any) -> Large:
    row = Large(name, types)
    commands: dict[str, list[Any]] = {
        "soapgen": [BIN / "soapgen", "build", wsdl, "--quiet", "--name", "large", "--out", "out"],
        "xsdata": [BIN / "xsdata", "generate", wsdl, "--package", "large"],
    }
    for tool, command in commands.items():
        told(f"build {name}: {tool}")
        folder = work / f"large_{tool}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        row.tools[tool] = _taken(command, folder)
    return row


def _taken(command: list[Any], folder: Path) -> Taken | None:
    """What ``command`` takes; None if it fails, or does not end within the limit."""
    # xsdata finds ruff on the path.
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    most, is_late = 0, False
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        if time.perf_counter() - started > LIMIT and not is_late:
            is_late = True
            os.killpg(process.pid, 9)
        most = max(most, _held(process.pid))
        time.sleep(0.1)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    clock = time.perf_counter() - started
    return Taken(used.ru_utime + used.ru_stime, clock, most / 1e6)


def _held(group: int) -> int:
    """The memory that the processes of ``group`` hold, in bytes, as Linux says it."""
    most = 0
    for process in filter(str.isdecimal, os.listdir("/proc")):
        try:
            if os.getpgid(int(process)) == group:
                lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
                most += sum(int(line.split()[1]) * 1024 for line in lines if line[:4] == "Pss:")
        except OSError:
            pass  # it has just ended
    return most


def table(rows: list[Large], imported: dict[str, float]) -> Table:
    """The contracts for people, and the imports."""
    found = Table("contract", "tool", "processor time", "for each type", "memory at the most")
    for row in rows:
        for tool, taken in row.tools.items():
            if taken is None:
                found.add_row(row.name, tool, f"failed, or not within {LIMIT} s")
                continue
            each = shown(taken.processor / row.types) if row.types else ""
            found.add_row(
                row.name, tool, shown(taken.processor), each, f"{taken.megabytes:,.0f} MB"
            )
    for client, seconds in imported.items():
        found.add_row(f"import {client}", "soapgen", shown(seconds))
    return found
