"""A contract → sample messages; the comparison of two messages, and those that were recorded.

In: services and types, in XML names. Out: the text of envelopes. Nothing here knows the plan, or
that code is generated at all.
"""

from .canonical import Difference, canonical, differences
from .recorded import MASK, RecordedExchange, RecordedMessage, recorded_in, recorded_name
from .samples import Adapt, MakeStyle, MessageStyle, Samples, on_the_wire, read_samples
from .values import sample_text
from .wire import WireStyle

__all__ = [
    "MASK",
    "Adapt",
    "Difference",
    "MakeStyle",
    "MessageStyle",
    "RecordedExchange",
    "RecordedMessage",
    "Samples",
    "WireStyle",
    "canonical",
    "differences",
    "on_the_wire",
    "read_samples",
    "recorded_in",
    "recorded_name",
    "sample_text",
]
