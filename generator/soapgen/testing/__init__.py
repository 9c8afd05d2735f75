"""A server to test against, told what to answer in the types of a generated package.

In: methods of a generated client, and values of its types. Out: answers of ``soapgen.serve``, and
what was received, in the same types. What writes answers and reads requests is generated for it.
"""

from .contracts import Contracts
from .halves import Halves
from .servers import SoapServers
from .told import Call, Told

__all__ = ["Call", "Contracts", "Halves", "SoapServers", "Told"]
