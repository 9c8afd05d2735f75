"""A source, an operation and values → one call of it, by the code that is generated for it.

In: sources, and what a person gives. Out: a request that is sent or shown, and the answer as JSON.
"""

from .answer import Answer
from .curl import curl
from .target import Target, target
from .words import Words, names_of_secrets

__all__ = ["Answer", "Target", "Words", "curl", "names_of_secrets", "target"]
