"""When two names are the same words: one folding for reading, linking and the graph."""

from __future__ import annotations

import re
import unicodedata

_POSSESSIVE = re.compile(r"['’]s\b")
_MARKS = re.compile(r"[^\w&+#]+")


def fold(name: str) -> str:
    """Return a name for comparison: no difference of case, width, marks, white space or article.

    Full stops go without a trace, other marks part words; "&", "+" and "#" stay, since
    "C++" is not "C". A name of marks alone stays as it is.

    >>> fold("The  Russia-Report’s"), fold("U.K."), fold("C++"), fold("***")
    ('russia report', 'uk', 'c++', '***')
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    words = _MARKS.sub(" ", _POSSESSIVE.sub("", plain.replace(".", "")))
    folded = words.strip().removeprefix("the ")
    return folded or " ".join(plain.split())
