"""Sources and options → what lies on disk."""
