"""A build's Turtle in, what is wrong with it out.

``promises.py`` checks in seconds what kg promises of a graph; ``shapes.ttl`` says the same in
SHACL, and ``shapes.py`` runs it.
"""
