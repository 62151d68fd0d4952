"""Open a ZIP file without trusting it: sizes, counts and ratios have limits.

Nothing is written to the disk, so that a member's path cannot lead anywhere.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from kg.reading.documents.formats.extracted import Extracted, Member, Unreadable

LARGEST_MEMBER = 64 * 1024 * 1024
"""Bytes that a member may unpack to: a text of as many characters is no document."""
MOST_MEMBERS = 20_000
MOST_TIMES_PACKED, LEAST_BOMB = 250, 4 * 1024 * 1024
"""A member that unpacks to more than so many times its size, and is larger than that, is a bomb."""
ENTRY = b"PK\x01\x02"
"""What begins each entry in the list of members, which is counted before it is loaded."""
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What begins a file of old Word and Excel, and a new one with a password."""
ENCRYPTED = 1


class Archive:
    """The members of a ZIP file; each is read only when it is asked for."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLD_OFFICE):
            raise Unreadable("it is encrypted, or of an old kind; save it anew without a password")
        if content.count(ENTRY) > MOST_MEMBERS:
            raise Unreadable(f"it holds more than {MOST_MEMBERS} files; unpack it")
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("it is broken: no sound ZIP archive") from error
        self._members = {info.filename: info for info in self._file.infolist()}

    @property
    def names(self) -> list[str]:
        """The paths of the members that are files, as the archive spells them, in order."""
        return [name for name, info in self._members.items() if not info.is_dir()]

    def size(self, name: str) -> int:
        """Return the bytes that a member unpacks to; raise Unreadable if it should not be."""
        return self._trusted(name).file_size

    def read(self, name: str) -> bytes:
        """Return a member's bytes; raise Unreadable if that cannot or should not be."""
        return self._unpacked(self._trusted(name))

    def _trusted(self, name: str) -> zipfile.ZipInfo:
        """Return what the archive says of a member that may be unpacked."""
        info = self._members.get(name)
        if info is None:
            raise Unreadable(f"it is broken: {name} is missing in it")
        if info.flag_bits & ENCRYPTED:
            raise Unreadable("it is encrypted; save it without a password")
        if info.file_size > max(LEAST_BOMB, MOST_TIMES_PACKED * info.compress_size):
            raise Unreadable("it unpacks to far more than it holds (a ZIP bomb)")
        if info.file_size > LARGEST_MEMBER:
            raise Unreadable(
                f"it is too large unpacked ({info.file_size // 2**20} MB; "
                f"the limit is {LARGEST_MEMBER // 2**20} MB)"
            )
        return info

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a member that says it is not too large; it may lie."""
        try:
            with self._file.open(info) as member:
                content = member.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as e:
            raise Unreadable("it is broken: a part of it cannot be unpacked") from e
        if len(content) > info.file_size:
            raise Unreadable("it unpacks to far more than it holds (a ZIP bomb)")
        return content


def read_zip(content: bytes) -> Extracted:
    """Return the files in an archive as documents inside it."""
    archive = Archive(content)
    members = (
        Member(path.as_posix(), path.suffix.lower(), partial(archive.read, name))
        for name, path in _documents(archive)
    )
    return Extracted("", members=tuple(members))


def _documents(archive: Archive) -> Iterator[tuple[str, PurePosixPath]]:
    """Yield the members that may be documents, with their path as one that leads nowhere else."""
    for name in archive.names:
        parts = [part for part in name.replace("\\", "/").split("/") if part.strip(".")]
        hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
        if parts and not hidden:
            yield name, PurePosixPath(*parts)
