"""A KnowledgeGraph in, text out: lines for a terminal, CSV and graph files.

``terminal.py`` is what `kg why` and `kg show` print, ``tables.py`` what spreadsheets and other
programs read, ``merges.py`` why mentions were taken for one thing.
"""
