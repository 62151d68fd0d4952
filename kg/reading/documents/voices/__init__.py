"""Whose words each stretch of a text is, by its layout: turns, mails, letters, quotations.

``turns.py`` asks the others in order; each returns what it found as ``spoken.Spoken``.
"""
