"""Files that mean harm, or are broken, of every kind that kg reads: each a name and its bytes."""

import io
import zipfile

from tests.compound_file import FOLDER, CompoundFile
from tests.printed_files import Put, printed
from tests.written_files import (
    WORD,
    archive,
    csv_file,
    docx,
    eml,
    epub,
    msg,
    odt,
    pptx,
    rtf,
    word_paragraph,
    xlsx,
)

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
LAUGHS = f"<!DOCTYPE a [{ENTITIES}]>"
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
FETCHED = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'
DEEP = 100_000


def in_zip(inner, depth):
    for level in range(depth):
        inner = archive({f"{level}.zip": inner})
    return inner


def nested_mail(depth):
    opened = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return f"Subject: a\nMIME-Version: 1.0\n{opened}\nHello.".encode()


def forwarded_mail(depth):
    return b"Subject: a\nContent-Type: message/rfc822\n\n" * depth + b"Subject: b\n\nHello."


def locked_zip(name="a.txt"):
    """Return an archive whose member says that it is encrypted."""
    content = bytearray(archive({name: "Rome fell."}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying_zip():
    """Return an archive whose member unpacks to more than it says."""
    content = archive({"a.txt": "Rome fell. " * 100_000})
    size = len("Rome fell. " * 100_000).to_bytes(4, "little")
    return content.replace(size, (100).to_bytes(4, "little"))


def bomb(name, size=200_000_000):
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open(name, "w") as out,
    ):
        for _ in range(size // 1_000_000):
            out.write(b" " * 1_000_000)
    return buffer.getvalue()


def word_xml(prolog, body):
    return archive({"word/document.xml": f"{prolog}<w:document {WORD}>{body}</w:document>"})


def spreadsheet(sheet, prolog=""):
    """Return a spreadsheet with a sheet of this XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    xml = f"{prolog}<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(xlsx(A=[["text"]]))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    return archive(parts | {"xl/worksheets/sheet1.xml": xml})


def cell(text):
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def nested_msg(depth):
    """Return a message of Outlook with a folder in a folder in a folder."""
    file = CompoundFile({})
    for _ in range(depth):
        file.entries[-1]["child"] = len(file.entries)
        file.entries.append(file.entry("b", FOLDER))
    return file.written()


def refused():
    """Yield files that must be refused, with a part of the reason."""
    yield "laughs.xml", f"{LAUGHS}<a>&e11;</a>".encode(), "holds no text|no sound XML"
    yield "deep.xml", b"<a>" * DEEP + b"x" + b"</a>" * DEEP, "no sound XML"
    yield "deep.docx", word_xml("", "<w:p>" * DEEP), "no sound XML"
    yield "deep.odt", odt("<text:p>" * DEEP), "no sound XML"
    yield "deep.rtf", rtf("{" * DEEP), "nest too deeply"
    yield "formatting.rtf", rtf("\\b" * 2_100_000), "too much formatting"
    yield "deep.zip", in_zip(archive({"a.txt": "Rome."}), 12), "deep in others"
    yield "deep.eml", nested_mail(3000), "no sound mail|no text"
    yield "bomb.docx", bomb("word/document.xml"), "ZIP bomb"
    yield "bomb.odt", bomb("content.xml"), "ZIP bomb"
    yield "bomb.zip", bomb("a.txt"), "ZIP bomb"
    yield "lying.zip", lying_zip(), "ZIP bomb|broken"
    yield "locked.zip", locked_zip(), "encrypted"
    yield "locked.docx", locked_zip("word/document.xml"), "encrypted"
    yield "old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "encrypted"
    yield "locked.odt", archive({"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted"
    yield "locked.epub", epub("x").replace(b"c0.xhtml", b"c1.xhtml"), "broken|no text|encrypted"
    yield "other.docx", archive({"a.txt": "x"}), "word/document.xml is missing"
    yield "other.epub", archive({"META-INF/container.xml": "<a/>"}), "names no book"
    yield "other.zip", archive({"a.png": "x"}), "no file of a kind"
    yield "other.rtf", b"Rome fell.", "not in Rich Text"
    yield "other.mbox", b"Rome fell.", "no message begins"
    yield "other.srt", b"Rome fell.", "no cue"
    yield "empty.docx", docx(""), "no text"
    yield "empty.pptx", pptx([("body", [""])]), "no text"
    yield "not.docx", b"<html>", "no sound ZIP"
    yield from refused_messages_and_tables()


def refused_messages_and_tables():
    """Yield messages of Outlook and tables that must be refused, with a part of the reason."""
    yield "not.msg", b"<html>", "no sound message"
    yield "deep.msg", nested_msg(5000), "no sound message"
    yield "other.csv", csv_file(["id", "words"], ["1", "x"]), "no column of it is called 'text'"
    yield "binary.csv", b"text\n\x89PNG\x00\x01\x02\x00\x00\xff" * 9, "binary"
    yield "rows.csv", b"text\n" + b"Rome fell.\n" * 100_001, "more than 100000 rows"
    yield "columns.csv", b"text" + b"," * 20_000, "more than 16384 columns"
    yield "quote.csv", b'text\n"' + b"Rome fell. " * 800_000, "no sound table"
    yield "bomb.xlsx", bomb("xl/worksheets/sheet1.xml"), "ZIP bomb"
    yield "locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "encrypted"
    yield "other.xlsx", archive({"a.txt": "x"}), "no sound spreadsheet"
    yield "cells.xlsx", spreadsheet(f"<row>{cell('text') * 60_000}</row>"), "too many cells"
    yield (
        "rows.xlsx",
        spreadsheet(f"<row>{cell('text')}</row>" * 100_002),
        "more than 100000 rows|ZIP bomb",
    )


def endured():
    """Yield files that may give something or nothing, but must end soon and open no other file."""
    yield "outside.xml", f"{OUTSIDE}<a><b>Rome &x; fell.</b></a>".encode()
    yield "fetched.xml", f"{FETCHED}<a>Rome fell.</a>".encode()
    yield "laughs.docx", word_xml(LAUGHS, "<w:p><w:r><w:t>&e11;Rome fell.</w:t></w:r></w:p>")
    yield "laughs.xhtml", f"{LAUGHS}<html><body><p>&e11; Rome fell.</p></body></html>".encode()
    yield "outside.docx", word_xml(OUTSIDE, "<w:p><w:r><w:t>A &x; b.</w:t></w:r></w:p>")
    yield "quotes.md", b"> " * DEEP + b"Rome fell."
    yield "brackets.md", b"[" * (DEEP // 10) + b"Rome fell."
    yield "stars.md", b"*a **b " * (DEEP // 20)
    yield "lists.md", b"".join(b" " * (2 * n) + b"- a\n" for n in range(500))
    yield "items.html", b"<ol>" + b"<li>Rome fell." * (DEEP // 10)
    yield "links.html", b"<p>" + b"<a href=x>Rome</a> fell. " * (DEEP // 10)
    yield "blocks.html", b"<div><p>Rome fell.</p></div>" * (DEEP // 10)
    yield "boxes.html", (b"<div>" * 240 + b"<p>Rome fell.</p>" + b"</div>" * 240) * 100
    yield "forwarded.eml", forwarded_mail(2000)
    yield "headers.eml", b"Subject: a\n" * (DEEP // 10) + b"\nRome fell."
    yield "names.eml", eml("Rome.", ("../../etc/passwd.txt", b"Rome fell."))
    yield "messages.mbox", b"From a\nSubject: a\n\nRome fell.\n\n" * 500
    yield "bin.rtf", rtf("\\bin99999999999 Rome fell.")
    yield "codes.rtf", rtf("\\ansicpg99999 Rome\\'e9 \\u-1?\\u99999? fell.\\uc9 \\u8212abcdefghi")
    yield "times.vtt", b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\n<v " * 2_000
    yield "many.zip", archive({f"{n}.txt": "Rome fell." for n in range(300)})
    yield from endured_messages_and_tables()
    yield (
        "loop.pptx",
        archive({"ppt/presentation.xml": "<a/>", "ppt/_rels/presentation.xml.rels": "<a/>"}),
    )
    yield "pages.pdf", printed(*[[]] * 2000, [Put(60, 60, "Rome fell.")])
    yield "page.pdf", printed([Put(n % 500, n % 800, "Rome fell. " * 9, 4) for n in range(3000)])
    yield (
        "raised.pdf",
        printed([Put(60 + n / 20, 99, "1a"[n % 2], 5 + n % 2 * 5) for n in range(6000)]),
    )
    yield "sizes.pdf", printed([Put(n * 0.7, n * 7 % 800, "Rome", n % 30 + 1) for n in range(800)])
    yield "long.docx", docx(word_paragraph("Rome fell. " * 20_000))


def endured_messages_and_tables():
    """Yield messages of Outlook and tables that may give something or nothing."""
    yield (
        "loop.msg",
        msg("Rome fell. " * 1000).replace(b"\x02\0\0\0\x03\0\0\0", b"\x02\0\0\0\x01\0\0\0"),
    )
    yield "names.msg", msg("Rome.", ("../../etc/passwd.txt", b"Rome fell."))
    yield "headers.msg", msg("Rome fell.", subject="a\r\nBcc: b\r\n\r\nIt rose." * 100)
    yield "large.msg", msg("Rome fell. " * 100_000)
    yield "laughs.xlsx", spreadsheet(f"<row>{cell('text')}</row><row>{cell('&e11;')}</row>", LAUGHS)
    yield "outside.xlsx", spreadsheet(f"<row>{cell('text')}</row><row>{cell('&x;')}</row>", OUTSIDE)
    yield (
        "far.xlsx",
        spreadsheet(
            f'<row r="1">{cell("text")}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    )
    yield "run.csv", csv_file(["text", "title"], ["=cmd|' /C calc'!A0", "=HYPERLINK(1)"])
