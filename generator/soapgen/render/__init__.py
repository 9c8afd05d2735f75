"""A plan → text: the files of a package, formatted."""
