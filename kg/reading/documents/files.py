"""Find the files of a corpus, and give each document its id.

A Document's id comes from its path in the corpus alone, so that it stays the same
wherever the corpus lies and whatever else is read with it; only where two paths give
one id do both get longer ones.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from kg.errors import InputError, NoDocumentsError
from kg.reading.documents.formats.readers import READERS
from kg.reading.store import READINGS
from kg.slugs import slugify


def find_files(
    paths: Iterable[Path], *, suffixes: Collection[str] = READERS.keys()
) -> list[tuple[Path, str]]:
    """Return the files to read, each with its source: its path in the corpus.

    A folder gives all its files of these suffixes, sorted by path, without hidden ones and
    without READMEs, which tell about the folder; a file named itself is always tried. Files
    that would have one source get as many of the folders around them as tell them apart.
    Raise InputError for a path that is not there and NoDocumentsError if there is nothing to
    read.
    """
    paths = [Path(path) for path in paths]
    found: dict[Path, tuple[Path, str]] = {}
    for path in paths:
        if path.is_dir():
            for file in _files_under(path):
                if file.suffix.lower() not in suffixes:
                    continue
                found.setdefault(_real(file), (file, file.relative_to(path).as_posix()))
        elif os.path.lexists(path):
            found.setdefault(_real(path), (path, path.name))
        else:
            raise InputError(f"There is no file or folder {path}. Check the path.")
    if not found:
        raise NoDocumentsError(paths, suffixes)
    return _told_apart(list(found.values()))


def _told_apart(files: list[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """Return the files, those of one source with the folders around them before it.

    >>> _told_apart([(Path("/x/2019/a.txt"), "a.txt"), (Path("/x/2020/a.txt"), "a.txt")])
    [(PosixPath('/x/2019/a.txt'), '2019/a.txt'), (PosixPath('/x/2020/a.txt'), '2020/a.txt')]
    """
    counts = Counter(source for _, source in files)
    longer = [
        (path, _with_folder(path, source) if counts[source] > 1 else source)
        for path, source in files
    ]
    return longer if longer == files else _told_apart(longer)


def _with_folder(path: Path, source: str) -> str:
    """Return a source with the folder before it in a file's path, if there is one more."""
    parts = Path(os.path.abspath(path)).parts[1:]  # noqa: PTH100 - links stay as they are
    return "/".join(parts[-1 - len(PurePosixPath(source).parts) :])


def other_files(
    paths: Iterable[Path], *, suffixes: Collection[str] = READERS.keys()
) -> dict[str, int]:
    """Return how many files of which other suffixes the folders hold."""
    files = (file for path in paths if path.is_dir() for file in _files_under(path))
    counts = Counter(file.suffix.lower() for file in files)
    return {kind: n for kind, n in sorted(counts.items()) if kind not in suffixes}


def _real(path: Path) -> Path:
    """Return the path without links, so that no file is read twice."""
    return Path(os.path.realpath(path))


def _files_under(folder: Path) -> list[Path]:
    """Return the files in a folder, sorted.

    Hidden ones are not the user's documents, nor is a README or what a build left. Pipes and
    links to nothing are among them: whoever reads them says what they are.
    """
    files = (file for file in _walk(folder) if not _is_aside(file.name))
    return sorted(files, key=lambda file: file.relative_to(folder).parts)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield whatever lies in a folder and those inside it; a loop of links is entered once."""
    seen: set[Path] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        if _real(Path(place)) in seen:
            folders.clear()
            continue
        seen.add(_real(Path(place)))
        folders[:] = sorted(f for f in folders if not _is_hidden_or_build(Path(place, f)))
        yield from (Path(place, name) for name in names)


def _is_hidden_or_build(folder: Path) -> bool:
    return folder.name.startswith(".") or (folder / READINGS).is_file()


def _is_aside(name: str) -> bool:
    return name.startswith(".") or PurePosixPath(name).stem.lower() == "readme"


def document_ids(files: Sequence[tuple[Path, str]]) -> list[str]:
    """Return an id for each (path, source), the same whatever order they come in.

    An id is the slug of the source without its suffix. Those that clash get their
    suffix, and those that still clash six digits of their content's hash.
    """
    ids = [slugify(str(PurePosixPath(source).with_suffix(""))) for _, source in files]
    ids = _longer(ids, lambda i: slugify(files[i][1]))
    ids = _longer(ids, lambda i: f"{ids[i]}-{_short_hash(files[i][0])}")
    return _numbered(ids, [(source, path.as_posix()) for path, source in files])


def member_ids(parent: str, names: Sequence[str]) -> list[str]:
    """Return an id for each document inside another, by its name there.

    Two hyphens part it from the other's id, as they do in no id of a file.

    >>> member_ids("box", ["1", "notes/a.txt", "notes/a.docx"])
    ['box--1', 'box--notes-a-txt', 'box--notes-a-docx']
    """
    ids = [slugify(str(PurePosixPath(name).with_suffix(""))) for name in names]
    ids = _longer(ids, lambda i: slugify(names[i]))
    ids = _numbered(ids, [(name, "") for name in names])
    return [f"{parent}--{id_}" for id_ in ids]


def _longer(ids: Sequence[str], make: Callable[[int], str]) -> list[str]:
    """Return the ids, those that stand there twice made anew."""
    counts = Counter(ids)
    return [make(i) if counts[id_] > 1 else id_ for i, id_ in enumerate(ids)]


def _short_hash(path: Path) -> str:
    if not path.is_file():  # a pipe would wait for ever
        return "000000"
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
