"""Sources → what they hold, for people who look: services, operations, types and elements.

In: documents, contracts and plans. Out: data that JSON can have, and lines of text.
"""

from .listing import listing, listing_rows
from .showing import Shown, show

__all__ = ["Shown", "listing", "listing_rows", "show"]
