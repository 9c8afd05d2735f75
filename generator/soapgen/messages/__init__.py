"""A contract → sample messages, and the comparison of two messages.

In: services and types, in XML names. Out: the text of envelopes. Nothing here knows the plan, or
that code is generated at all.
"""

from .canonical import Difference, canonical, differences
from .samples import MakeStyle, MessageStyle, Samples, on_the_wire, read_samples
from .wire import WireStyle

__all__ = [
    "Difference",
    "MakeStyle",
    "MessageStyle",
    "Samples",
    "WireStyle",
    "canonical",
    "differences",
    "on_the_wire",
    "read_samples",
]
