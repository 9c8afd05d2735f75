"""What a shell completes: names in the sources that its line has so far.

Nothing is printed, whatever is wrong with the line, and no address is read: a key that is pressed
does not wait for a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..errors import SoapgenError
from .reading import read_options

if TYPE_CHECKING:
    from ..sources import Documents


def services(context: typer.Context) -> list[str]:
    """The services in the sources."""
    from ..look import names

    return names.services(_documents(context))


def operations(context: typer.Context) -> list[str]:
    """The operations in the sources."""
    from ..look import names

    return names.operations(_documents(context))


def all_names(context: typer.Context) -> list[str]:
    """The operations, types and elements in the sources."""
    from ..look import names

    documents = _documents(context)
    return sorted({*names.operations(documents), *names.definitions(documents)})


def _documents(context: typer.Context) -> list[Documents]:
    """The documents of the sources on the line; none where they cannot be read at once."""
    from ..sources import find_sources, is_address, read_all_documents

    given = context.params
    # Behind an option that has no value yet, the arguments are not sorted into parameters.
    sources = given.get("sources") or given.get("source") or context.args
    named = [sources] if isinstance(sources, str) else list(sources)
    if "source" in given:
        named = named[:1]  # what follows is something else
    if not named or any(map(is_address, named)):
        return []
    try:
        # Without --allow-host, nothing leads to a network.
        reading = read_options(given.get("imports"), given.get("catalog"), (), no_repair=False)
        return list(read_all_documents(find_sources(named, options=reading)))
    except (SoapgenError, typer.BadParameter):
        return []
