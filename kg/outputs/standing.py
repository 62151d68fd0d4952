"""How a claim stands, in words that people see beside it: fact, denied, said by X."""

from __future__ import annotations

from collections.abc import Sequence

_MODALITIES = {
    "possible": "possible",
    "intended": "planned",
    "required": "required",
    "conditional": "conditional",
    "questioned": "questioned",
}


def status_labels(
    polarity: str, modality: str, speakers: Sequence[str], *, denies: bool = False
) -> list[tuple[str, str]]:
    """Return the kinds and labels of a claim's status.

    ``speakers`` are the names of those who say so, outermost first; ``denies`` is
    whether the first of them denies it.

    >>> status_labels("positive", "asserted", [])
    [('fact', 'fact')]
    >>> status_labels("negative", "possible", ["Ann", "Bo"])
    [('negated', 'negated'), ('attributed', 'according to Ann'), ('attributed', 'quoting Bo'), ('possible', 'possible')]
    """
    if polarity == "positive" and modality == "asserted" and not speakers:
        return [("fact", "fact")]
    labels: list[tuple[str, str]] = []
    if polarity == "negative" and not denies:
        labels.append(("denied", "denied") if modality == "asserted" else ("negated", "negated"))
    for number, name in enumerate(speakers):
        if number == 0 and denies:
            labels.append(("denied", f"denied by {name}"))
        else:
            labels.append(("attributed", f"{'quoting' if number else 'according to'} {name}"))
    if modality in _MODALITIES:
        labels.append((_MODALITIES[modality],) * 2)
    return labels
