"""Sources → a reference that people read in a browser: a static site, which needs no network.

In: the plan of a package, and the samples of its messages. Out: pages as data, then files. All
links in it, and what refers to what, are read off the annotations of the plan.
"""
