"""Fuzzes one target in this process; atheris takes the arguments of libFuzzer."""

from __future__ import annotations

import random
import sys

import atheris

from . import targets
from .mutations import mutated

#: One in this many inputs is changed byte by byte, which tests what comes before XML.
_BYTES = 8


def main(arguments: list[str]) -> None:
    """Fuzz the target that the first of ``arguments`` names; the others are libFuzzer's."""
    name, *options = arguments
    with atheris.instrument_imports(include=["soapgen", "shapes_client", "shop"]):
        run = targets.TARGETS[name]
        run(targets.seeds(name)[0].read_bytes())  # imports everything
    seeds = [path.read_bytes() for path in targets.seeds(name)]

    def mutate(content: bytes, longest: int, seed: int) -> bytes:
        if seed % _BYTES:
            changed = mutated(content or random.Random(seed).choice(seeds), seeds, seed)
            if changed is not None and len(changed) <= longest:
                return changed
        return bytes(atheris.Mutate(content, longest))

    atheris.Setup([sys.argv[0], *options], run, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
