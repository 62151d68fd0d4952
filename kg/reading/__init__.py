"""Document to Reading: what one text names, what it says, who says so and how surely.

Every module here works on one document at a time and forgets it before the next.
``documents`` turns files into text, ``layout`` marks what that text is made of,
``analysis_text`` gives the parser running text and brings its offsets home, and
``store`` keeps finished Readings. Only document offsets leave this package.
"""
