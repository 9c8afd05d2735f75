"""A configuration file → the packages that a repository commits: what to build, from what, where.

In: a folder. Out: the builds that the nearest ``soapgen.toml``, or ``pyproject.toml`` with a table
``[tool.soapgen]``, asks for. What such a file has and soapgen does not know is an error.
"""

from .find import find_configuration
from .read import Configuration, read_configuration
from .start import runtime_requirements, started, with_requirements

__all__ = [
    "Configuration",
    "find_configuration",
    "read_configuration",
    "runtime_requirements",
    "started",
    "with_requirements",
]
