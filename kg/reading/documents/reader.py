"""Find files, and read each into a Document: its text, title, language and layout.

A Document's id comes from its path in the corpus alone, so that it stays the same
wherever the corpus lies and whatever else is read with it; only where two paths give
one id do both get longer ones.
"""

from __future__ import annotations

# ruff: noqa: RUF001 - Russian words are spelled in Russian letters
import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from kg.errors import InputError, NoDocumentsError, UnreadableDocumentError
from kg.reading.documents.dates import find_document_date
from kg.reading.documents.formats import READERS, Extracted, Unreadable
from kg.reading.documents.layout import Layout, mark_layout
from kg.reading.documents.lines import WIKI_PAGE
from kg.reading.store import READINGS
from kg.records import Document, Offsets, Reading
from kg.slugs import slugify

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes; a larger file is no document but a dump, and would not fit a laptop's memory."""
LONGEST_TITLE = 200
LANGUAGE_SAMPLE = 4000
"""Words that the guess of a language looks at."""
STOP_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the of and to in that is was for it with as on be by at from this are which not "
            "a an i he his she her you they we have has had do does so no or but me my will die",
            "de": "der die und das den von zu ist mit sich des auf für nicht ein eine dem im auch als "
            "in an am hat haben dass sie er es wird werden wurde bei einen einem einer nach aus sind "
            "war waren habe sei seien über zum zur durch oder um noch nur vor wie aber sein seine ihre",
            "fr": "le la les et des du un une est que dans pour qui sur pas au par avec ce il plus "
            "en ne se son sa ses aux elle ils sont été cette ont mais ou leur nous vous être fait "
            "qu lui comme était avait deux même",
            "es": "el la los las y de que en un una es por con para del se no su al lo como más "
            "ha fue han sus pero este esta entre son ser también sobre hasta desde muy sin o",
            "it": "il la di che e un una per non con sono del della è nel gli le si da anche più "
            "in i al alla dei delle dal ha lo ma come nella dell ai stato era suo loro hanno se",
            "pt": "o a os as e de que em um uma não para com do da no na por mais se dos ao "
            "foi ele ela como mas pelo pela são seu sua das nos nas à também está ou tem",
            "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als door bij "
            "die hij ze heeft was naar uit maar over dan hebben werd deze wordt nog tot zich of",
            "pl": "i w na z do nie się że to jest o jak po co ale od za przez oraz był przy "
            "dla tym a są jego który która które było ma tego już tylko ich może ze po",
            "sv": "och att det som en på är av för med den till inte om ett han var från kan har "
            "i de hon sig så men vi ska hade eller under efter vid skulle nu sin när",
            "ru": "и в не на что с он как это по но из у за от к так же был его для "
            "а о она они я мы вы то бы все ее их до при после или если были когда во со только",
        }.items()
    }
)
SHORT, LEAST_KINDS = 8, 3
"""Words, and different stop words, below which foreign names ("de Gaulle") weigh too much."""
LAST_LATIN = "\u0250"
"""The first letter that no European language in Latin script is written with."""
WORD = re.compile(r"[^\W\d_]+")
LEAST_STOP_WORDS = 0.12
"""Share of a language's stop words in its running text; English prose has about 0.3."""
LONG = 20
"""Words; what is as long, mostly in small letters and has hardly an English stop word is prose
of a language that is not listed."""
LEAST_ENGLISH = 0.05


def find_files(paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return the files to read, each with its source: its path in the corpus.

    A folder gives all its files that kg reads, sorted by path, without hidden ones and
    without READMEs, which tell about the folder; a file named itself is always tried. Raise InputError for a path that is not
    there and NoDocumentsError if there is nothing to read.
    """
    paths = [Path(path) for path in paths]
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if path.is_dir():
            for file in filter(_is_known, _files_under(path)):
                found.setdefault(_real(file), (file, file.relative_to(path).as_posix()))
        elif path.exists():
            found.setdefault(_real(path), (path, path.name))
        else:
            raise InputError(f"There is no file or folder {path}. Check the path.")
    if not found:
        raise NoDocumentsError(paths, READERS)
    return list(found.values())


def other_files(paths: Iterable[Path]) -> dict[str, int]:
    """Return how many files of which suffix the folders hold that kg does not read."""
    files = (file for path in paths if path.is_dir() for file in _files_under(path))
    counts = Counter(file.suffix.lower() for file in files if not _is_known(file))
    return dict(sorted(counts.items()))


def _real(path: Path) -> Path:
    """Return the path without links, so that no file is read twice."""
    return Path(os.path.realpath(path))


def _files_under(folder: Path) -> list[Path]:
    """Return the files in a folder, sorted; a loop of links is entered once.

    Hidden ones are not the user's documents, nor is a README or what a build left.
    """
    seen: set[Path] = set()
    files = []
    for place, folders, names in os.walk(folder, followlinks=True):
        if _real(Path(place)) in seen:
            folders.clear()
            continue
        seen.add(_real(Path(place)))
        folders[:] = sorted(f for f in folders if not _is_hidden_or_build(Path(place, f)))
        files += [Path(place, name) for name in names if not _is_aside(name)]
    return sorted((f for f in files if f.is_file()), key=lambda f: f.relative_to(folder).parts)


def _is_hidden_or_build(folder: Path) -> bool:
    return folder.name.startswith(".") or (folder / READINGS).is_file()


def _is_aside(name: str) -> bool:
    return name.startswith(".") or PurePosixPath(name).stem.lower() == "readme"


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in READERS


def document_ids(files: Sequence[tuple[Path, str]]) -> list[str]:
    """Return an id for each (path, source), the same whatever order they come in.

    An id is the slug of the source without its suffix. Those that clash get their
    suffix, and those that still clash six digits of their content's hash.
    """
    ids = [slugify(str(PurePosixPath(source).with_suffix(""))) for _, source in files]
    ids = _longer(ids, lambda i: slugify(files[i][1]))
    ids = _longer(ids, lambda i: f"{ids[i]}-{_short_hash(files[i][0])}")
    return _numbered(ids, [(source, path.as_posix()) for path, source in files])


def _longer(ids: Sequence[str], make: Callable[[int], str]) -> list[str]:
    """Return the ids, those that stand there twice made anew."""
    counts = Counter(ids)
    return [make(i) if counts[id_] > 1 else id_ for i, id_ in enumerate(ids)]


def _short_hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:6]
    except OSError:
        return "000000"


def _numbered(ids: Sequence[str], keys: Sequence[tuple[str, str]]) -> list[str]:
    """Return the ids, copies of one file numbered in the order of their paths."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, id_ in enumerate(ids):
        places[id_].append(index)
    result = list(ids)
    taken = set(ids)
    for id_, indices in sorted(places.items()):
        number = 2
        for index in sorted(indices, key=keys.__getitem__)[1:]:
            while f"{id_}-{number}" in taken:
                number += 1
            result[index] = f"{id_}-{number}"
            taken.add(result[index])
    return result


def read_document(path: Path, source: str, document_id: str) -> Document:
    """Read one file; raise UnreadableDocumentError, with the reason, if that cannot be."""
    content = _content(path)
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableDocumentError(
            path, f"kg does not know {suffix or 'a file without suffix'} (it reads {known})"
        )
    try:
        extracted = reader(content)
    except Unreadable as error:
        raise UnreadableDocumentError(path, str(error)) from error
    if not extracted.text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise UnreadableDocumentError(path, "it holds no text")
    sha256 = hashlib.sha256(content).hexdigest()
    return _document(extracted, document_id=document_id, source=source, sha256=sha256)


def _content(path: Path) -> bytes:
    """Return a file's bytes, if there are some, and not too many."""
    try:
        if path.is_dir():
            raise UnreadableDocumentError(path, "it is a folder")
        if path.exists() and not path.is_file():
            raise UnreadableDocumentError(path, "it is a pipe or a device, not a file")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableDocumentError(
                path,
                f"it is too large ({size // 2**20} MB; the limit is {LARGEST_FILE // 2**20} MB)",
            )
        content = path.read_bytes()
    except PermissionError as error:
        raise UnreadableDocumentError(path, "you have no permission to read it") from error
    except FileNotFoundError as error:
        raise UnreadableDocumentError(path, "it is not there") from error
    except OSError as error:
        raise UnreadableDocumentError(path, error.strerror or "the disk gave an error") from error
    if not content:
        raise UnreadableDocumentError(path, "it is empty")
    return content


def document_from_text(
    text: str, *, document_id: str, title: str = "", source: str = ""
) -> Document:
    """Return a Document of a text that is already in memory."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    extracted = Extracted(text, title)
    return _document(extracted, document_id=document_id, source=source, sha256=sha256)


def lines_as_documents(text: str, source: str) -> Iterator[Document]:
    """Yield each line as a document of its own: the n-th is ``line-n``, also when blank."""
    lines = re.split(r"\r\n|\n|\r", text)
    if lines[-1] == "":
        lines.pop()
    for number, line in enumerate(lines, start=1):
        yield document_from_text(
            line, document_id=f"line-{number}", title=f"line {number}", source=source
        )


def _document(extracted: Extracted, *, document_id: str, source: str, sha256: str) -> Document:
    text = extracted.text
    layout = mark_layout(text, page_breaks=extracted.page_breaks)
    return Document(
        id=document_id,
        title=extracted.title[:LONGEST_TITLE] or _title(text, layout, source),
        text=text,
        source=source,
        language=guess_language(text),
        sha256=sha256,
        pages=layout.pages,
        paragraphs=layout.paragraphs,
        footnotes=layout.footnotes,
        furniture=layout.furniture,
        redactions=layout.redactions,
        date=find_document_date(text, source, extracted.declared_date),
    )


def _title(text: str, layout: Layout, source: str) -> str:
    """Return what a text calls itself: its wiki page, its first heading, or its file's name."""
    header = WIKI_PAGE.search(text, 0, 1000)
    if header:
        return PurePosixPath(header[1].strip()).stem
    name = PurePosixPath(source).stem.replace("_", " ")
    if layout.paragraphs and layout.paragraphs[0].heading:
        first = layout.paragraphs[0]
        return " ".join(text[first.start : first.end].split())[:LONGEST_TITLE] or name
    return name


def is_foreign(document: Document, language: str = "en") -> bool:
    """Tell a document in another language than the one that the parser knows.

    Its sentences would be parsed into nonsense, a denial into a fact. What no language
    can be told of (a list, a table) is none, unless it is written in other letters.
    """
    if document.language == language:
        return False
    sample = document.text[: LANGUAGE_SAMPLE * 8]
    words = WORD.findall(sample)
    prose = len(words) >= LONG and 2 * sum(word.islower() for word in words) > len(words)
    return document.language != "und" or not _is_latin(sample) or prose


def is_untold(reading: Reading) -> bool:
    """Tell a Reading without a name or a claim, because its document is foreign."""
    return not (reading.groups or reading.claims) and is_foreign(reading.document)


def foreign_paragraphs(document: Document, language: str = "en") -> tuple[Offsets, ...]:
    """Return where a document that is not foreign holds a paragraph of another language."""
    return tuple(
        (p.start, p.end)
        for p in document.paragraphs
        if guess_language(document.text[p.start : p.end]) not in {language, "en", "und"}
    )


def _is_latin(text: str) -> bool:
    """Tell whether most letters of a text are Latin ones."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < LAST_LATIN for c in letters) >= len(letters)


def guess_language(text: str) -> str:
    """Return the code of the language whose stop words the text uses most; "und" if none.

    A text too short to tell is taken for English, the language that kg reads.
    """
    words = [w.casefold() for w in WORD.findall(text[: LANGUAGE_SAMPLE * 8])[:LANGUAGE_SAMPLE]]
    if not words:
        return "und"
    english = STOP_WORDS["en"]
    telling = {
        language: [word for word in words if word in stop_words - english]
        for language, stop_words in STOP_WORDS.items()
    }
    best, short = max(telling, key=lambda code: len(telling[code])), len(words) < SHORT
    own = sum(word in english for word in words)
    rival = sum(word in english - STOP_WORDS[best] for word in words)
    enough = len(telling[best]) >= max(LEAST_STOP_WORDS * len(words), rival + len(words) / 50)
    if not short and enough and len(set(telling[best])) >= LEAST_KINDS:
        return best
    if own >= LEAST_ENGLISH * len(words) or short:
        return "en" if _is_latin("".join(words)) else "und"
    return "und"
