"""Two contracts → what differs between them, on the wire and in Python.

In: names of sources, packages or revisions. Out: differences, each by a rule with a name, and what
each means for clients, servers and code. docs/compatibility.md explains the rules.
"""

from .compare import Comparison, Difference, compare
from .rules import Grade
from .sides import Side, read_side, read_sides

__all__ = ["Comparison", "Difference", "Grade", "Side", "compare", "read_side", "read_sides"]
