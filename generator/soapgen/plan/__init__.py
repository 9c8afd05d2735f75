"""Interfaces → a plan, in Python names: what is generated, in which module and order.

In: what ports send and receive. Out: one frozen value that is complete: rendering it looks nothing
up, sorts nothing, invents no name and decides no form.
"""

from .conventions import Conventions
from .descriptions import described
from .failures import has_headers
from .family import plan
from .given_names import fitting
from .json_names import json_members
from .modules import RuntimeModule
from .operations import Message, Operation, members_read
from .packages import Family, Package
from .scalars import annotation_names, constant_sources

__all__ = [
    "Conventions",
    "Family",
    "Message",
    "Operation",
    "Package",
    "RuntimeModule",
    "annotation_names",
    "constant_sources",
    "described",
    "fitting",
    "has_headers",
    "json_members",
    "members_read",
    "plan",
]
