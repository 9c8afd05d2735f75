"""The reference that people read: its pages, their links, and that a browser shows them."""
