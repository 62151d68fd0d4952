"""Files of every kind that kg reads, written by hand from the same paragraphs."""

import io
import struct
import zipfile
from email.message import EmailMessage
from html import escape

from tests.compound_file import CompoundFile

OFFICE = "http://schemas.openxmlformats.org"
WORD = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
DRAWN = (
    f'xmlns:a="{OFFICE}/drawingml/2006/main" xmlns:p="{OFFICE}/presentationml/2006/main" '
    f'xmlns:r="{OFFICE}/officeDocument/2006/relationships"'
)
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(
    f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "style", "table", "fo")
)


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def docx(body, **parts):
    files = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    return archive(files | {name.replace("__", "/") + ".xml": xml for name, xml in parts.items()})


def word_paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def odt(body, styles="", **parts):
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return archive({"content.xml": content} | {f"{n}.xml": xml for n, xml in parts.items()})


def pptx(*slides, properties=""):
    """Return a presentation; each slide is a list of shapes, (placeholder, paragraphs)."""
    entries, relations, files = [], [], {}
    if properties:
        files["docProps/core.xml"] = properties
    for number, shapes in enumerate(slides, 1):
        entries.append(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>')
        relations.append(f'<Relationship Id="rId{number}" Target="slides/slide{number}.xml"/>')
        files[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {DRAWN}><p:cSld><p:spTree>{''.join(_shape(*s) for s in shapes)}"
            "</p:spTree></p:cSld></p:sld>"
        )
    deck = f"<p:presentation {DRAWN}><p:sldIdLst>{''.join(entries)}</p:sldIdLst></p:presentation>"
    related = f"<Relationships>{''.join(relations)}</Relationships>"
    return archive(
        {"ppt/presentation.xml": deck, "ppt/_rels/presentation.xml.rels": related} | files
    )


def _shape(place, paragraphs):
    words = "".join(f"<a:p><a:r><a:t>{escape(p)}</a:t></a:r></a:p>" for p in paragraphs)
    kind = f'<p:ph type="{place}"/>'
    return f"<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{words}</p:txBody></p:sp>"


def epub(*chapters, title="A book", date="2019-05-03", author=""):
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"<dc:date>{date}</dc:date><dc:creator>{author}</dc:creator></metadata>"
        f"<manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OPS/a.opf"/></rootfiles></container>'
    files = {f"OPS/c{n}.xhtml": xhtml(chapter) for n, chapter in enumerate(chapters)}
    return archive({"META-INF/container.xml": container, "OPS/a.opf": package} | files)


def xhtml(body):
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title></title></head><body>{body}</body></html>"
    ).encode()


def rtf(body):
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}}"
        "{\\info{\\author Somebody}}" + body + "}"
    ).encode("ascii")


def eml(text, *attachments, subject="Harbour", date="Tue, 14 Jul 2020 09:12:00 +0200"):
    """Return a mail; each attachment is (file name, bytes)."""
    message = EmailMessage()
    message["From"] = "Ada Okoro <ada@example.org>"
    message["To"] = "Ivo Brandt <ivo@example.org>"
    message["Date"] = date
    message["Subject"] = subject
    message.set_content(text)
    for name, content in attachments:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()


def mbox(*messages):
    return b"\n".join(b"From x@example.org Tue Jul 14 09:12:00 2020\n" + m for m in messages)


def srt(*cues):
    return "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},500\n{cue}" for n, cue in enumerate(cues, 1)
    ).encode()


def vtt(*cues):
    shown = (
        f"00:{n:02}.000 --> 00:{n + 1:02}.500 align:start\n{cue}" for n, cue in enumerate(cues)
    )
    return "\n\n".join(["WEBVTT - A talk", "NOTE a remark", *shown]).encode()


def xlsx(**sheets):
    """Return a spreadsheet; each sheet is a list of rows."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_file(*rows, separator=","):
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode()


def msg(text, *attachments, subject="Harbour", date="Tue, 14 Jul 2020 09:12:00 +0200"):
    """Return a message as Outlook keeps it; each attachment is (file name, bytes)."""
    headers = f"From: Ada Okoro <ada@example.org>\nTo: Ivo Brandt <ivo@example.org>\nDate: {date}\n"
    streams = _properties({0x0037: subject, 0x1000: text, 0x007D: headers}, header=32)
    storages = {
        f"__attach_version1.0_#{n:08X}": _properties({0x3707: name, 0x3701: content}, header=8)
        for n, (name, content) in enumerate(attachments)
    }
    return CompoundFile(streams | storages).written()


def _properties(values, *, header):
    """Return the streams of what a message or an attachment says of itself."""
    streams, table = {}, bytes(header)
    for number, value in values.items():
        kind = 0x0102 if isinstance(value, bytes) else 0x001F
        content = value if isinstance(value, bytes) else value.encode("utf-16-le")
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = content
        table += struct.pack("<HHIII", kind, number, 6, len(content), 0)
    return streams | {"__properties_version1.0": table}
