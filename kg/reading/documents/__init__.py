"""Files in, Documents out: text with its pages, paragraphs, notes and furniture marked.

Nothing is deleted from a text, so that every offset stays true; what is no part of the
running text is marked. ``files.py`` finds the files and ``reader.py`` reads one: open it
first; ``formats/`` takes the text out of each kind of file, ``layout.py`` marks what that
text is made of, ``voices/`` whose words they are, ``languages.py`` tells what is not English.
"""
