"""Fuzzing: hostile contracts for the generator, hostile answers for generated parsers.

``python -m fuzz`` needs the library atheris, which looks for inputs that reach new code. The
targets themselves do not: the tests run them over the corpus, and over mutations of it.
"""
