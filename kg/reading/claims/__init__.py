"""A parse, its mentions and statuses in, Claims out.

``finder.py`` is the way in. ``clauses.py`` reads clauses off the parse; the ``from_…`` modules
render claims of verbs, nouns, names and whole clauses; ``unsound.py`` says which not to tell.
"""
