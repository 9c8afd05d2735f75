"""The cases as pictures: SVG and PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

from .large import Large
from .measured import Case, shown

mpl.use("Agg")
mpl.rcParams.update({"font.size": 9, "svg.fonttype": "none", "svg.hashsalt": "soapgen"})

_COLOURS = {"lxml": "#b0b0b0", "soapgen": "#2a78b5", "zeep": "#e0a030", "xsdata": "#c65a4e"}


def bars(cases: Sequence[Case], title: str, machine: str, path: Path) -> None:
    """A group of bars for each case, as long as the logarithm of what a tool took."""
    figure, axes = plt.subplots(figsize=(8, 0.8 + 0.85 * len(cases)))
    height = 0.2
    for row, case in enumerate(cases):
        tools = [tool for tool in _COLOURS if tool in case.seconds]
        for place, tool in enumerate(tools):
            milliseconds = case.median(tool) * 1e3
            position = row + (place - (len(tools) - 1) / 2) * height
            axes.barh(
                position, milliseconds, height * 0.9, color=_COLOURS[tool],
                hatch=None if case.did_the_same(tool) else "//",
            )  # fmt: skip
            compared = tool != "soapgen" and case.did_the_same(tool)
            ratio = f"  {_times(case, tool)}" if compared else ""
            axes.text(milliseconds * 1.06, position, shown(case.median(tool)) + ratio, va="center")
    axes.set_yticks(range(len(cases)), [case.name for case in cases])
    axes.margins(y=0.01)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlim(right=axes.get_xlim()[1] * 8)
    axes.set_xlabel("milliseconds, on a logarithmic scale; × is the multiple of what soapgen takes")
    _entitle(axes, title, machine)
    axes.spines[["top", "right"]].set_visible(False)
    shown_tools = [tool for tool in _COLOURS if any(tool in case.seconds for case in cases)]
    handles = [plt.Rectangle((0, 0), 1, 1, color=_COLOURS[tool]) for tool in shown_tools]
    labels = ["lxml alone: the floor" if tool == "lxml" else tool for tool in shown_tools]
    figure.legend(handles, labels, loc="lower center", ncols=4, frameon=False)
    figure.tight_layout(rect=(0, 0.5 / figure.get_figheight(), 1, 1))
    _save(figure, path)


def growth(
    points: Sequence[dict[str, float]], xsdata: float, title: str, machine: str, path: Path
) -> None:
    """The time of a build over how much there is to build."""
    figure, axes = plt.subplots(figsize=(8, 3))
    size = [point["operations"] + point["types"] for point in points]
    seconds = [point["seconds"] for point in points]
    axes.plot(size, seconds, "o-", color=_COLOURS["soapgen"], label="soapgen, one package")
    axes.plot([0, size[-1]], [0, xsdata], ":", color=_COLOURS["xsdata"],
              label=f"xsdata, a package each: {shown(xsdata)} for all")  # fmt: skip
    for x, y, point in zip(size, seconds, points, strict=True):
        axes.annotate(f"{point['services']:.0f}", (x, y), (0, 6), textcoords="offset points")
    axes.set_xlabel("operations and types; the numbers are of services")
    axes.set_ylabel("seconds")
    axes.set_xlim(left=0)
    axes.set_ylim(0, seconds[-1] * 2)
    _entitle(axes, title, machine)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.tight_layout()
    _save(figure, path)


def large(rows: Sequence[Large], machine: str, path: Path) -> None:
    """Processor time and memory of a build over the number of types, made up."""
    figure, both = plt.subplots(1, 2, figsize=(8, 3.4))
    for axes, name in zip(both, ("seconds of the processors", "megabytes"), strict=True):
        for tool in ("soapgen", "xsdata"):
            points = [
                (row.types, taken.processor if name[0] == "s" else taken.megabytes)
                for row in rows
                if row.types and (taken := row.tools[tool]) is not None
            ]
            axes.plot(*zip(*points, strict=True), "o-", color=_COLOURS[tool], label=tool)
            for types, value in points:
                axes.annotate(
                    f"{value:,.0f}", (types, value), (0, 6 if tool == "soapgen" else -14),
                    textcoords="offset points", ha="center", color=_COLOURS[tool],
                )  # fmt: skip
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(60, 17_000)
        least, most = axes.get_ylim()
        axes.set_ylim(least / 2, most * 2)
        axes.set_xlabel("types, both scales logarithmic")
        axes.set_ylabel(name)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, loc="upper left")
    figure.text(0.02, 0.94, "Large contracts", fontsize=11, fontweight="bold")
    figure.text(0.02, 0.89, machine, fontsize=8, color="#606060")
    figure.tight_layout(rect=(0, 0, 1, 0.88))
    _save(figure, path)


def _entitle(axes: Any, title: str, machine: str) -> None:
    axes.set_title(title, loc="left", fontweight="bold", pad=20)
    axes.annotate(
        machine, (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points",
        fontsize=8, color="#606060",
    )  # fmt: skip


def _times(case: Case, tool: str) -> str:
    if case.base != "soapgen":
        return f"{case.median(tool) / case.median('soapgen'):.1f}×"
    return f"{case.ratios(tool)[0]:.1f}×"


def _save(figure: Any, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path.with_suffix(".svg"), metadata={"Date": None, "Creator": None})
    figure.savefig(path.with_suffix(".png"), dpi=110)
    plt.close(figure)
