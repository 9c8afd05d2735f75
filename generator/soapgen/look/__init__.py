"""Sources → what they hold, for people who look: services, operations, types and elements.

In: documents, contracts and plans. Out: data that JSON can have, and lines of text. Its modules are
imported by themselves: a list needs no plan.
"""
