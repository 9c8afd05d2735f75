"""Large answers: memory and time in proportion, and a stream in constant memory.

Each measure is taken in a process of its own: ``python -m benchmarks.memory MEASURE FOLDER FILE``.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from lxml import etree

from .messages import Messages

_OPERATION = "GetEMailEnvelopes"
_MEGABYTE = 1e6


def run(work: Path, made: Messages, stream_megabytes: int, told: Any) -> dict[str, Any]:
    """Measure answers of 5,000 and of 50,000 envelopes, and a stream of so many megabytes."""
    found: dict[str, Any] = {}
    for items in (5000, 50_000):
        told(f"read {items:,} envelopes")
        file = work / "message.xml"
        file.write_bytes(made.answer(_OPERATION, items))
        found[f"{items}"] = {name: _measured(name, work, file) for name in ("tree", "objects")}
    told(f"stream {stream_megabytes} MB")
    file = work / "stream.xml"
    _write_stream(file, made, stream_megabytes)
    found["stream"] = _measured("stream", work, file)
    file.unlink()
    return found


def _write_stream(file: Path, made: Messages, megabytes: int) -> None:
    """An answer of so many megabytes, of 5,000 envelopes again and again."""
    start, *items, end = made.answer_chunks(_OPERATION, 5000)
    part = b"".join(items)
    with open(file, "wb") as stream:
        stream.write(start)
        for _ in range(max(1, round(megabytes * _MEGABYTE / len(part)))):
            stream.write(part)
        stream.write(end)


def _measured(name: str, work: Path, file: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.memory", name, str(work), str(file)]
    result: dict[str, float] = json.loads(subprocess.check_output(command))
    return result


def _tree(parsers: Any, file: Path) -> Any:
    return etree.fromstring(file.read_bytes(), etree.XMLParser(huge_tree=True))


def _objects(parsers: Any, file: Path) -> Any:
    return parsers.parse_get_email_envelopes(file.read_bytes())


def _stream(parsers: Any, file: Path) -> Any:
    with open(file, "rb") as stream:
        return sum(1 for _ in parsers.iter_get_email_envelopes(stream))


_MEASURES = {"tree": _tree, "objects": _objects, "stream": _stream}


def main(name: str, folder: str, path: str) -> None:
    """Take one measure: what is held at the end, and the most that was held, in megabytes."""
    sys.path.insert(0, folder)
    parsers = importlib.import_module("bench_soapgen.parsers")
    file = Path(path)
    before = status("VmRSS")
    started = time.perf_counter()
    value = _MEASURES[name](parsers, file)
    seconds = time.perf_counter() - started
    # Not ru_maxrss, which counts what the process that started this one held.
    most = status("VmHWM")
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    held = status("VmRSS") - before
    print(
        json.dumps(
            {
                "seconds": seconds,
                "held": held / _MEGABYTE,
                "most": (most - before) / _MEGABYTE,
                "file": file.stat().st_size / _MEGABYTE,
                "items": value if isinstance(value, int) else len(value),
            }
        )
    )


def status(name: str) -> float:
    """What Linux says of this process's memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
