"""A Document in, its parse out (``Annotated``), paragraph by paragraph.

``annotation.py`` is the way in. spaCy reads the text that ``analysis_text.py`` makes of a
document (furniture cut, lines joined), and each token is found again in the document.
"""
