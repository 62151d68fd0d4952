"""Text from documents made safe to show: nothing in it reorders, hides or breaks other text."""

from __future__ import annotations

import re

_UNSAFE = {
    **dict.fromkeys(
        # All control characters but tab, line feed and carriage return.
        [*range(9), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0)],
        "\ufffd",
    ),
    # Those that turn the direction of the text round them.
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "\ufffd"),
    # Surrogates, which no file in UTF-8 can hold.
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
TRUSTED_LINK = re.compile(r"https?://(?:www\.wikidata\.org|(?:sws|www)\.geonames\.org)/[\w/#.:-]+")
"""Addresses elsewhere that a page may link to."""


def displayable(text: str) -> str:
    """Return the text with nothing in it that could reorder, hide or break what is shown.

    >>> displayable("Ann\u202eB")
    'Ann\ufffdB'
    """
    return text.translate(_UNSAFE)
