"""Readable identifiers: the same name gives the same slug, a real clash a number."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

LONGEST = 80


def slugify(name: str) -> str:
    """Return lower-case words joined by hyphens; letters of any script stay.

    >>> slugify("Bashar al-Assad"), slugify("São Paulo"), slugify("Путин")
    ('bashar-al-assad', 'sao-paulo', 'путин')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    # A name of marks alone, such as "***", needs an id too, the same in every build.
    if not slug:
        return "x" + hashlib.sha256(name.encode()).hexdigest()[:8]
    if len(slug) <= LONGEST:
        return slug
    return f"{slug[:LONGEST].rstrip('-')}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"


def unique_slug(name: str, taken: Container[str]) -> str:
    """Return the slug of a name, with a number if it is taken.

    >>> unique_slug("Georgia", {"georgia"})
    'georgia-2'
    """
    slug = slugify(name)
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
