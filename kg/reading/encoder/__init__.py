"""Words in; sentences, tags, a tree and proposed names out: one encoder, read once.

``component.py`` holds the spaCy components. ``model.py`` runs models/encoder on the windows that
``windows.py`` cuts; ``trees.py`` and ``labels_of_names.py`` make trees and names of its scores.
"""
