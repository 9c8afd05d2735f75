"""Sources and documented messages → how well the generated code agrees with them.

In: WSDLs, and examples from files or pages. Out: a verdict for each example, and in
``report`` a table of all.
"""

from .examples import Example, examples_in
from .verify import Verdict, verify

__all__ = ["Example", "Verdict", "examples_in", "verify"]
