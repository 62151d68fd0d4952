"""A build's triples and a question in, rows out.

``asking.py`` asks a build folder: open it first. ``store.py`` finds where its triples are,
``worker.py`` asks them in a process with limits of time and memory, in which ``answering.py``
answers; ``guard.py`` refuses what would leave the build; ``saved_queries.py`` reads the
questions that come with kg. ``lookup.py`` is the short way of the served pages.
"""
