"""``python -m benchmarks``: everything, side by side in one run."""

from __future__ import annotations

import compileall
import datetime
import json
import os
import platform
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from . import beside, calls, charts, commands, encoded, inprocess, large, memory, serving, shapes
from .measured import Case, shown

PROJECT = Path(__file__).resolve().parents[1]
WSDL = PROJECT / "wsdl" / "EMail.wsdl"
FILES = PROJECT / "tests" / "wsdl" / "Files.wsdl"
WORK = PROJECT / ".cache" / "bench" / "work"
PICTURES = PROJECT / "docs" / "benchmarks"


def main(
    rounds: Annotated[int, typer.Option(help="How often each case is measured.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    pictures: Annotated[
        bool, typer.Option("--charts/--no-charts", help="Draw the charts in docs/benchmarks.")
    ] = True,
    stream: Annotated[int, typer.Option(help="The size of the stream, in megabytes.")] = 500,
    calls_only: Annotated[
        bool, typer.Option("--calls-only", help="Measure nothing but calls.")
    ] = False,
    large_only: Annotated[
        bool, typer.Option("--large-only", help="Measure nothing but large contracts, once.")
    ] = False,
) -> None:
    """Measure soapgen beside zeep and xsdata."""
    console = Console(stderr=as_json)
    if not console.is_terminal:
        console.width = 120  # what the names in the tables need

    def told(what: str) -> None:
        console.print(f"[dim]{what} …[/dim]", highlight=False)

    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    corpus = Path(os.environ.get("SOAPGEN_CORPUS", PROJECT.parent / "shared" / "corpus"))
    if large_only:
        rows = list(large.run(WORK, corpus, told))
        imported = large.imports(WORK, corpus, WSDL, rounds, told)
        if pictures:
            charts.large(rows, _machine(), PICTURES / "large")
        _tell_of_large(console, rows, imported, as_json=as_json)
        return
    over_http = list(calls.run(WORK, WSDL, rounds, told))
    if calls_only:
        _tell_of_calls(console, over_http, as_json=as_json)
        return
    _generate(WORK)
    made = inprocess.messages(WSDL)
    small = WORK / "small.xml"
    small.write_bytes(made.answer("GetEMailEnvelopes", 2))
    values = [
        *inprocess.run(WORK, WSDL, rounds, told),
        *shapes.run(WORK, rounds, told),
        *encoded.run(WORK, rounds, told),
    ]
    processes = list(commands.run(WORK, WSDL, rounds, told))
    processes.append(commands.guard(WSDL, rounds, told))
    processes += serving.run(WSDL, rounds, told)
    first = commands.first_call(WORK, small, rounds)
    answers = memory.run(WORK, made, stream, told)
    binaries = beside.run(WORK, FILES, told)
    folder = corpus / "Services86" / "wsdl"
    everything: Case | None = None
    points: list[dict[str, float]] = []
    if folder.is_dir():
        everything, points = commands.all_services(WORK, folder, told)
        processes.append(everything)
    else:
        told(f"Services86 is not at {folder}: left out")
    more, made_up = commands.made_up_types(WORK, told)
    processes += more
    machine = _machine()
    if pictures:
        build = [case for case in processes if case.base == "xsdata" or "start" in case.name]
        charts.bars(values, "Reading and writing", machine, PICTURES / "values")
        charts.bars(build, "Generating and importing", machine, PICTURES / "commands")
        if everything is not None:
            xsdata = everything.median("xsdata")
            charts.growth(points, xsdata, "Services86", machine, PICTURES / "growth")
    data = {
        "machine": machine,
        "calls": [case.as_data() for case in over_http],
        "cases": [case.as_data() for case in (*values, *processes)],
        "first_call_seconds": first,
        "large": answers,
        "beside": binaries,
        "growth": points,
        "made_up_types": made_up,
    }
    if as_json:
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    console.print(f"\n{machine}")
    console.print(_table([*values, *processes]))
    console.print(calls.table(over_http))
    console.print(_facts(data))


def _tell_of_calls(console: Console, over_http: list[calls.Calls], *, as_json: bool) -> None:
    if as_json:
        data = {"machine": _machine(), "calls": [case.as_data() for case in over_http]}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    console.print(f"\n{_machine()}")
    console.print(calls.table(over_http))


def _tell_of_large(
    console: Console, rows: list[large.Large], imported: dict[str, float], *, as_json: bool
) -> None:
    if as_json:
        found = [row.as_data() for row in rows]
        data = {"machine": _machine(), "contracts": found, "imports": imported}
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
        return
    console.print(f"\n{_machine()}")
    console.print(large.table(rows, imported))


def _generate(work: Path) -> None:
    """What each tool makes of the contract, once; soapgen also with both halves."""
    build = [commands.BIN / "soapgen", "build", WSDL, "--quiet", "--out", work, "--name"]
    commands.timed([*build, "bench_client"], work, keep=True)
    commands.timed([*build, "bench_soapgen", "--server"], work, keep=True)
    peer = [commands.BIN / "xsdata", "generate", WSDL, "--package", "bench_xsdata"]
    commands.timed(peer, work, keep=True)
    # As all are that are imported for the second time, soapgen from a checkout among them.
    compileall.compile_dir(work, quiet=1)
    compileall.compile_dir(PROJECT / "generator", quiet=1)


def _machine() -> str:
    tools = ", ".join(f"{name} {version(name)}" for name in ("zeep", "xsdata", "lxml"))
    day = datetime.datetime.now(datetime.UTC).date()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return f"{day}, {cores} cores, {gigabytes:.0f} GB, Python {platform.python_version()}, {tools}"


def _table(cases: list[Case]) -> Table:
    table = Table("case", "tool", "median", "ratio", "from … to", "reach or note")
    for case in cases:
        for tool in case.seconds:
            note = case.notes.get(tool, "")
            ratio = spread = ""
            if case.is_compared(tool):
                middle, least, most = case.ratios(tool)
                ratio, spread = f"{middle:.2f}×", f"{least:.2f} … {most:.2f}"
            is_first = tool == next(iter(case.seconds))
            table.add_row(
                case.name if is_first else "", tool, shown(case.median(tool)), ratio, spread,
                note or (case.goal if is_first else ""), end_section=tool == [*case.seconds][-1],
            )  # fmt: skip
    return table


def _facts(data: dict[str, Any]) -> Table:
    answers, table = data["large"], Table("fact", "measured", "reach")
    table.add_row("the first call, beyond later ones", shown(data["first_call_seconds"]), "5 ms")
    for items in ("5000", "50000"):
        tree, objects = (answers[items][name] for name in ("tree", "objects"))
        both = tree["held"] + objects["held"]
        table.add_row(
            f"{int(items):,} envelopes, {objects['file']:.0f} MB",
            f"{shown(objects['seconds'])}; at the most {objects['most']:.0f} MB, which is "
            f"{objects['most'] / both:.2f}× of tree ({tree['held']:.0f}) and objects "
            f"({objects['held']:.0f})",
            "in proportion; 1.5×",
        )
    stream = answers["stream"]
    table.add_row(
        f"a stream of {stream['file']:.0f} MB, {stream['items']:,} items",
        f"{shown(stream['seconds'])}; at the most {stream['most']:.0f} MB more than before",
        "constant memory",
    )
    for what, found in data["beside"].items():
        table.add_row(
            f"{beside.MEGABYTES} MB beside an envelope, {what}",
            f"{shown(found['seconds'])}; at the most {found['most']:.0f} MB more than before",
            "constant memory",
        )
    for point in data["growth"]:
        size = point["operations"] + point["types"]
        table.add_row(
            f"{point['services']} services: {point['operations']:,} operations, "
            f"{point['types']:,} types",
            f"{shown(point['seconds'])}, {point['seconds'] / size * 1e3:.1f} ms each",
            "in proportion",
        )
    first, *_, last = (point["seconds"] / point["types"] for point in data["made_up_types"])
    for point in data["made_up_types"]:
        types, seconds = point["types"], point["seconds"]
        table.add_row(
            f"{types:,} made-up types", f"{shown(seconds)}, {seconds / types * 1e3:.1f} ms each"
        )
    table.add_row(
        "a type among the most, beside one among the fewest", f"{last / first:.2f}×", "1×"
    )
    return table


if __name__ == "__main__":
    typer.run(main)
