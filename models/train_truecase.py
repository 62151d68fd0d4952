"""Train models/letter_case: how a word that stands in capitals is written in running text.

    python models/train_truecase.py --data FOLDER

Reads the training parts of the sets in ``SETS`` alone. Four sentences of five are counted
(words.tsv, pairs.tsv); of the fifth, so that no word is judged by its own count, the two
regressions of kg/reading/parsing/case_model.py are fitted (weights.tsv). Which fifth a
sentence is in its hash tells: there is no randomness. Prints how many words of the dev parts
are written as there.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

import numpy as np
from logistic import fit

from kg.reading.parsing.case_model import (
    STOPS,
    WORD,
    Case,
    CaseModel,
    WrittenForms,
    case_of,
    features,
    read_forms,
)

FOLDER = Path(__file__).parent / "letter_case"
SETS = {
    "redocred": "train", "knowledgenet": "train", "gum": "train", "gap": "train",
    "uner_ewt": "train", "conll04": "train", "re3d": "train", "crossner": "train",
    "litbank": "train", "text2kgbench": "wikidata_tekgen_train", "fewrel": "train",
}  # fmt: skip
MEASURED = ("redocred", "gum", "uner_ewt", "knowledgenet", "re3d")
MOST_FITTED = 700
"""Sentences of a set that the regressions see: FewRel would crowd the others out."""
LEAST_WORDS, MOST_TITLED = 4, 0.7
"""A sentence has some words, and most of them have no capital, or it is a heading."""
LEAST_COUNT = 2
PENALTY = 1.0
OPENING = STOPS | set(':"\u201c\u201d\u2018\u2019')
"""After these a capital says nothing."""


def main() -> None:
    """Count, fit, write the three tables, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    counted, fitted = divide(sentences_in(data))
    FOLDER.mkdir(exist_ok=True)
    write_counts(counted)
    forms = read_forms(FOLDER)
    write_weights(fitted, forms)
    model = CaseModel(FOLDER)
    for name in MEASURED:
        print(name, *measure(islice(sentences_of_set(data, name, "dev"), 400), model))


def sentences_in(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each sentence of the training parts once, with the name of its set."""
    seen = set()
    for name, part in SETS.items():
        for words in sentences_of_set(data, name, part):
            if tuple(words) not in seen:
                seen.add(tuple(words))
                yield name, words


def sentences_of_set(data: Path, name: str, part: str) -> Iterator[list[str]]:
    """Yield the words of the sentences in running text that may be trained on."""
    for line in (data / name / f"{part}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        meta = row.get("meta", {})
        if meta.get("free_text") is False or "NC" in meta.get("licence", ""):
            continue
        for start, end in row["sentences"] or [(0, len(row["text"]))]:
            words = WORD.findall(row["text"][start:end])
            written = [word for word in words if word.isalpha()]
            titled = sum(word[0].isupper() for word in written)
            if len(written) >= LEAST_WORDS and titled <= MOST_TITLED * len(written):
                yield words


def divide(
    sentences: Iterable[tuple[str, list[str]]],
) -> tuple[list[list[str]], list[list[str]]]:
    """Return the sentences to count, and those to fit on."""
    counted, fitted, of_set = [], [], Counter[str]()
    for name, words in sentences:
        if sha256(" ".join(words).encode()).digest()[0] % 5 or of_set[name] >= MOST_FITTED:
            counted.append(words)
        else:
            fitted.append(words)
            of_set[name] += 1
    return counted, fitted


def inside(words: Sequence[str]) -> Iterator[bool]:
    """Tell of each word whether a capital says something: nothing opens with it."""
    opens = True
    for word in words:
        yield not opens
        opens = word in OPENING or (opens and not word[0].isalnum())


def write_counts(sentences: Iterable[Sequence[str]]) -> None:
    """Write how often each word, and each pair of neighbours, is written in each way."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for words in sentences:
        told = list(inside(words))
        for word, tells in zip(words, told, strict=True):
            if tells and case_of(word) is not None:
                forms[word.lower()][word] += 1
        for i in range(1, len(words)):
            if words[i - 1].isalnum() and words[i].isalnum():
                before = not told[i - 1] or case_of(words[i - 1])
                pairs[words[i - 1].lower(), words[i].lower()][
                    not (before and case_of(words[i]))
                ] += 1
    lines = (row_of(word, forms[word]) for word in sorted(forms))
    (FOLDER / "words.tsv").write_text("".join(filter(None, lines)), encoding="utf-8")
    (FOLDER / "pairs.tsv").write_text(
        "".join(
            f"{a}\t{b}\t{both}\t{other}\n"
            for (a, b), (both, other) in sorted(pairs.items())
            if both >= LEAST_COUNT
        ),
        encoding="utf-8",
    )


def row_of(word: str, written: Counter[str]) -> str:
    """Return a word's line: how often in each way, and its form if no rule makes it."""
    counts = [0, 0, 0]
    for form, count in written.items():
        counts[case_of(form) or 0] += count
    if sum(counts) < LEAST_COUNT:
        return ""
    titled = [form for form in written if case_of(form) is Case.TITLE and len(form) == len(word)]
    usual = max(sorted(titled), key=written.__getitem__, default="")
    return "\t".join([word, *map(str, counts), "" if usual[1:] == word[1:] else usual]) + "\n"


def write_weights(sentences: Iterable[Sequence[str]], forms: WrittenForms) -> None:
    """Fit both regressions and write a line for each feature: its two weights."""
    tables, cases = [], list[Case]()
    for words in sentences:
        rows = features([word.lower() for word in words], forms)
        told = [
            tells and case_of(w) is not None for w, tells in zip(words, inside(words), strict=True)
        ]
        tables.append(rows[np.array(told)])
        cases += [case_of(word) for word, tells in zip(words, told, strict=True) if tells]
    table, case = np.vstack(tables), np.array(cases)
    print(len(cases), "words to fit")
    penalty = np.full(table.shape[1], PENALTY)
    capital = fit(table, (case > Case.SMALL).astype(float), penalty)
    titled = case > Case.SMALL
    whole = fit(table[titled], (case[titled] == Case.CAPITALS).astype(float), penalty)
    np.savetxt(
        FOLDER / "weights.tsv", np.column_stack([capital, whole]), fmt="%.4f", delimiter="\t"
    )


def measure(sentences: Iterable[Sequence[str]], model: CaseModel) -> tuple[str, ...]:
    """Return the share of words whose case is found, and precision and recall of capitals."""
    right = total = both = found = there = 0
    for words in sentences:
        (guessed,) = model.cases([[word.lower() for word in words]], {})
        for word, guess, tells in zip(words, guessed, inside(words), strict=True):
            case = case_of(word)
            if tells and case is not None:
                total, right = total + 1, right + (case is guess)
                found, there = found + (guess > 0), there + (case > 0)
                both += bool(case) and bool(guess)
    return f"{right / total:.4f}", f"P {both / found:.3f}", f"R {both / there:.3f}"


if __name__ == "__main__":
    main()
