"""A verb or noun of a parse in, its status out: how sure it is, and who says so.

``finder.py`` is the way in and ``values.py`` the value that comes out. A clause has the status of
its own words (``own_words.py``, which asks ``negation.py``, ``hedges.py``, ``conditions.py``,
``questions.py``, ``evidentials.py`` and ``frames.py``) within that of its place: under a verb, a
noun, an adjective or a preposition (``under_*.py``), beside another verb (``joined.py``), in a
quotation or statement (``quotations.py``, ``note_sources.py``, ``statements.py``), in somebody's turn
to speak (``turns.py``, from the document's layout).
"""
