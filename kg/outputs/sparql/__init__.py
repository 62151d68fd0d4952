"""A build's triples and a question in, rows out.

``store.py`` opens and asks a build; ``worker.py`` does so in a process that can be stopped;
``saved_queries.py`` reads the questions that come with kg.
"""
