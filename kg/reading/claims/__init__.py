"""A parse, its mentions and statuses in, Claims out.

``finder.py`` is the way in. ``clauses.py`` reads clauses off the parse: their verbs
(``verb_groups.py``), subjects (``subjects.py``), ``arguments.py`` and phrases
(``noun_phrases.py``). The ``from_…`` modules render claims of verbs, nouns, names and whole
clauses as ``raw_claims.py``; ``no_sentences.py`` and ``unsound.py`` say which not to tell.
``phrase_records.py`` and ``parsed_text.py`` lead from tokens back to the document's own words.
"""
