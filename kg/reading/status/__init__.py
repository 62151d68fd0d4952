"""A verb or noun of a parse in, its status out: how sure it is, and who says so.

``finder.py`` is the way in. A clause has the status of its own words (``own_words.py``) within
that of its place: under a verb, under a noun, in a quotation, in somebody's turn to speak.
"""
