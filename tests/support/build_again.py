"""``python -m tests.support.build_again FOLDER PICKLE``: builds what was generated before.

It does what ``soapgen build`` does, in one process and in a fraction of the time.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from soapgen.errors import OutputError
from soapgen.progress import silent
from soapgen.project import Options, build
from soapgen.sources import find_sources


def main(folder: Path, generated: Path) -> int:
    """Build the package; 0 if it was done, 2 if it was refused."""
    made = pickle.loads(generated.read_bytes())
    building: Any = import_module("soapgen.project.build")
    building.generate_with = lambda *arguments, **options: made
    sources = find_sources([folder / "People.wsdl"])
    options, out = Options(name="people"), folder / "generated"
    try:
        build(sources, options, out, tuple, lambda: nullcontext(silent))
    except OutputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
