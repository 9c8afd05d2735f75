"""One tool in a process of its own, which does what it is told and says how long it took.

Each line of its input is a task in JSON, each line of its output the result.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from .messages import Way
from .tools import Message, Tool, tool
from .values import summary, tree


def main(name: str, folder: str, wsdl: str) -> None:
    """Work until there is nothing more to do."""
    worker = _Worker(tool(name, Path(folder), Path(wsdl)))
    for line in sys.stdin:
        print(json.dumps(worker.done(json.loads(line))), flush=True)


class _Worker:
    def __init__(self, made: Tool) -> None:
        self.tool = made
        self.ready: dict[str, Any] = {}

    def done(self, task: dict[str, Any]) -> Any:
        """The result of ``task``: the seconds that one call took, or what came of it.

        None if the tool cannot do it at all.
        """
        if task["do"] == "prepare":
            try:
                return self._prepared(task)
            except Exception as error:
                print(f"{task['case']}: {error!r}"[:200], file=sys.stderr)
                return None
        run, repeats = self.ready[task["case"]], task["repeats"]
        started = time.process_time()
        for _ in range(repeats):
            run()
        return (time.process_time() - started) / repeats

    def _prepared(self, task: dict[str, Any]) -> Any:
        case = task["case"]
        content = Path(task["file"]).read_bytes()
        message = Message(task["operation"], Way(task["way"]), content)
        if task["reads"]:
            read = self.tool.reader(message)
            self.ready[case] = lambda: read(content)
        else:
            self.ready[case] = self.tool.writer(message)
        value = self.ready[case]()
        if value is None:
            return [None, {}]
        return summary(_body(value)) if task["reads"] else [tree(value), {}]


def _body(value: Any) -> Any:
    """What a message carries in its body: zeep and xsdata show its headers, too."""
    match getattr(value, "body", value):
        case [{**first}, *_] as found if first:
            # Of a choice, zeep makes dictionaries by the names of elements, which are no values.
            return [list(item.values()) for item in found]
        case found:
            return found


if __name__ == "__main__":
    main(*sys.argv[1:])
