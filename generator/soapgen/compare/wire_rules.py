"""All rules for differences between contracts: what each means on the wire."""

from __future__ import annotations

from .element_rules import ELEMENT_RULES
from .message_rules import MESSAGE_RULES
from .value_rules import VALUE_RULES

WIRE_RULES = {rule.name: rule for rule in (*MESSAGE_RULES, *ELEMENT_RULES, *VALUE_RULES)}
"""The rules, by their names."""
