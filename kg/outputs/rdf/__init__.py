"""A KnowledgeGraph in, linked data out, and back again.

``model.py`` says which triples a graph is made of, and mints their IRIs; ``forms.py`` writes
them as Turtle and its kin, ``importing.py`` reads them; ``ontology.ttl`` describes the vocabulary.
"""
