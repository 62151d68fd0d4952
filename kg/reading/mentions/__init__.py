"""Names in, groups out: the mentions of one document that are one thing.

``groups.py`` joins names by what they are, ``coreference.py`` adds the pronouns and nouns that
refer to them, as far as the scores of ``antecedents.py`` are sure.
"""
