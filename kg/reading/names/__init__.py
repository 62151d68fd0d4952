"""A parse in, the names that it holds out (``doc.spans``), each with its type.

``finder.py`` is the way in: it decides between what the trained model (``model.py``), the
pipeline, the word lists (``proposals.py``) and the user (``users_own.py``) propose.
"""
