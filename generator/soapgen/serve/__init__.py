"""Sources → a server on this machine that answers for their services.

In: sources. Out: a server that answers every operation with a sample, validates each request by the
schemas, and publishes its own WSDL. Nothing here knows the plan, or that code is generated.
"""

from .exchanges import Recorded, exchanges_in
from .faults import Carried, fault_envelope
from .http import Limits
from .mock import Answer, MockService, Received
from .server import SoapServer

__all__ = [
    "Answer",
    "Carried",
    "Limits",
    "MockService",
    "Received",
    "Recorded",
    "SoapServer",
    "exchanges_in",
    "fault_envelope",
]
