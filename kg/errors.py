"""Every error kg raises on purpose.

KgError
    InputError                    something the user gave us can be put right by the user
        UnreadableDocumentError   a file could not be turned into text
            OtherKindError        a file inside another is of a kind that kg does not read
        NoDocumentsError          nothing to read was found
        NotABuildError            a folder is not what `kg build` makes
        UnknownNameError          an entity, format, query or type that is not there
        BadQueryError             SPARQL that does not parse, or would leave the build
            QueryTimeoutError     a query took longer than it may
            FailedQueryError      kg itself failed on a query: our bug
        AddressError              a server cannot listen where it should
        SettingsError             a setting is out of its range
        OutputError               a file or folder cannot be written
        MissingExtraError         an optional package is not installed
        WrongArgumentError        a function was given what it cannot take; a TypeError, too
    InvalidRecordError            a stage built a record that breaks its own rules: our bug

AmbiguousNameWarning              a name fits several things, of which one was taken
"""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path


class KgError(Exception):
    """Base of every error below; catch this one at the edge of a program."""


class InputError(KgError):
    """The user can fix this: a file, a setting, a query."""


class UnreadableDocumentError(InputError):
    """A file in the corpus could not be turned into text."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"Cannot read {path}: {reason}. Repair or remove the file.")


class OtherKindError(UnreadableDocumentError):
    """A file inside another is of a kind that kg does not read, such as a picture in a mail."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "kg does not read files of its kind")


class WrongArgumentError(InputError, TypeError):
    """A function was given something of a kind that it cannot take, such as None."""

    def __init__(self, function: str, wanted: str, value: object, example: str) -> None:
        self.value = value
        super().__init__(f"{function} takes {wanted}, not {value!r:.60}. Pass {example}.")


class NoDocumentsError(InputError):
    """Nothing that kg can read was found in the paths given."""

    def __init__(self, paths: Collection[Path], suffixes: Collection[str]) -> None:
        self.paths = tuple(paths)
        where = ", ".join(str(path) for path in paths)
        super().__init__(f"No documents in {where}. kg reads {', '.join(sorted(suffixes))}.")


class NotABuildError(InputError):
    """A folder that should hold a build does not."""

    def __init__(self, path: Path, missing: str) -> None:
        self.path = path
        super().__init__(
            f"{path} is not a build: {missing} is missing. Make one with `kg build PATH -o {path}`."
        )


class UnknownNameError(InputError):
    """A name was asked for that is not among those known."""

    def __init__(self, what: str, name: str, known: Collection[str]) -> None:
        self.name = name
        close = get_close_matches(
            name.casefold(), {k.casefold(): k for k in known}, n=3, cutoff=0.6
        )
        shown = [k for k in sorted(known) if k.casefold() in close][:3]
        if shown:
            hint = f"Did you mean {' or '.join(repr(k) for k in shown)}?"
        elif len(known) <= 40:
            hint = f"Known: {', '.join(sorted(known))}."
        else:
            hint = f"There are {len(known)} to choose from."
        super().__init__(f"Unknown {what} {name!r}. {hint}")


class BadQueryError(InputError):
    """A query could not be run: it does not parse, writes, or ran too long."""


class QueryTimeoutError(BadQueryError):
    """A query was stopped, because it took longer than it may."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"The query ran longer than {seconds:g} s and was stopped. "
            "Add a LIMIT or name an entity, or allow it more time."
        )


class FailedQueryError(BadQueryError):
    """kg itself failed on a query; ``trace`` is the traceback, for whoever looks into it."""

    def __init__(self, failure: str, trace: str = "") -> None:
        self.trace = trace
        super().__init__(f"kg itself failed on the query ({failure}). --debug shows more.")


class AddressError(InputError):
    """A server cannot listen at an address."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        super().__init__(
            f"Cannot listen at {address}: {reason}. "
            "Choose another with --host or --port (0 takes a free one)."
        )


class SettingsError(InputError):
    """A setting is not usable."""

    def __init__(self, setting: str, value: object, expected: str) -> None:
        self.setting = setting
        super().__init__(f"Setting {setting} cannot be {value!r}: it must be {expected}.")


class OutputError(InputError):
    """A file or folder cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"Cannot write {path}: {reason}. Choose another place with -o.")


class MissingExtraError(InputError):
    """An optional package is needed for what was asked."""

    def __init__(self, package: str, purpose: str, install: str) -> None:
        self.package = package
        super().__init__(f"{purpose} needs {package}, which is not installed. Run: {install}")


class InvalidRecordError(KgError):
    """A stage built a record that breaks the rules in kg/records.py."""


class AmbiguousNameWarning(UserWarning):
    """A name fits several things; the one that people mean most probably was taken."""
