"""The README and the pages in docs/: what they show is run, and what is made is fresh."""
