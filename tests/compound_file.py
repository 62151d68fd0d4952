"""Write an OLE compound file, the file system in a file in which Outlook keeps a message."""

import itertools
import struct

SECTOR, MINI, SHORT = 512, 64, 4096
NONE, END, OF_TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
FILE, FOLDER, ROOT = 2, 1, 5


class CompoundFile:
    """Names with bytes, or with names inside them; streams are laid out as they come."""

    def __init__(self, tree):
        self.entries = [self.entry("Root Entry", ROOT)]
        self.small, self.large = [], []  # sectors of short streams, of all others
        self.entries[0]["child"] = self.siblings(tree)

    def entry(self, name, kind, size=0):
        return {
            "name": name,
            "kind": kind,
            "right": NONE,
            "child": NONE,
            "start": END,
            "size": size,
        }

    def siblings(self, inside):
        """Add what is inside a folder; each hangs to the right of the one before."""
        numbers = [
            self.add(n, inside[n]) for n in sorted(inside, key=lambda n: (len(n), n.upper()))
        ]
        for number, following in itertools.pairwise(numbers):
            self.entries[number]["right"] = following
        return numbers[0] if numbers else NONE

    def add(self, name, content):
        number = len(self.entries)
        if isinstance(content, dict):
            self.entries.append(self.entry(name, FOLDER))
            self.entries[number]["child"] = self.siblings(content)
        else:
            self.entries.append(self.entry(name, FILE, len(content)))
            is_short = len(content) < SHORT
            self.entries[number]["start"] = self.take(content, is_short=is_short)
        return number

    def take(self, content, *, is_short=False):
        """Lay a stream out in sectors, and return its first one."""
        sectors, size = (self.small, MINI) if is_short else (self.large, SECTOR)
        parts = [content[i : i + size].ljust(size, b"\0") for i in range(0, len(content), size)]
        start = len(sectors)
        sectors += [(part, i + 1 < len(parts)) for i, part in enumerate(parts)]
        return start if parts else END

    def written(self):
        stream = b"".join(part for part, _ in self.small)
        self.entries[0] |= {"start": self.take(stream), "size": len(stream)}
        minis = filled(chains(self.small))
        mini_start = self.take(minis)
        blank = [self.entry("", 0)] * (-len(self.entries) % 4)
        directory = self.take(b"".join(map(spelled, [*self.entries, *blank])))
        tables = 1
        while tables * SECTOR // 4 < len(self.large) + tables:
            tables += 1
        table = filled(chains(self.large) + struct.pack("<I", OF_TABLE) * tables)
        head = struct.pack(
            "<IIIIIIIII", 0, tables, directory, 0, SHORT, mini_start, len(minis) // SECTOR, END, 0
        )
        places = struct.pack(f"<{tables}I", *range(len(self.large), len(self.large) + tables))
        version = struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
        mark = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
        whole = filled(mark + version + bytes(6) + head + places)
        return whole + b"".join(part for part, _ in self.large) + table


def filled(content):
    return content.ljust(-(-len(content) // SECTOR) * SECTOR, b"\xff")


def chains(sectors):
    """Return for each sector which one follows it."""
    return b"".join(
        struct.pack("<I", i + 1 if more else END) for i, (_, more) in enumerate(sectors)
    )


def spelled(entry):
    name = (entry["name"] + "\0").encode("utf-16-le") if entry["name"] else b""
    numbers = (len(name), entry["kind"], 1, NONE, entry["right"], entry["child"])
    place = struct.pack("<IQ", entry["start"], entry["size"])
    return name.ljust(64, b"\0") + struct.pack("<HBBIII", *numbers) + bytes(36) + place
