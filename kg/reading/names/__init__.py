"""A parse in, the names that it holds out (``doc.spans``), each with its type.

``finder.py`` is the way in: it gathers what the encoder, or the pipeline in its place,
proposes, what word lists (``listed.py``, ``towns.py``), the shape of words (``shapes.py``) and
the user (``users_own.py``) know, and lets ``settling.py`` and ``agreement.py`` decide.
"""
