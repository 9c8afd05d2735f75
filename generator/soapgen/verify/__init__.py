"""Sources and documented messages → how well the generated code agrees with them.

In: WSDLs, and documented messages from files or pages. Out: a result for each of them, and in
``report`` a table of all.
"""

from .examples import Example, examples_in
from .verify import Verdict, verify

__all__ = ["Example", "Verdict", "examples_in", "verify"]
