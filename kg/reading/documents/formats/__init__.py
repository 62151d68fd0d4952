"""Bytes of a file in, its text out: one module for a family of kinds of file.

``readers.py`` has the table from a file's suffix to what reads it: open it first;
``extracted.py`` is what they all return. Readers get bytes alone, so that nothing in a
file can make them open another file or the network.
"""
