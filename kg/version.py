"""The version of the program; it has a file of its own, so that no stage imports the whole."""

__version__ = "0.4.0"
