"""Make answers: bytes with their headers, compressed for who asks for it."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.web.negotiation import Form

SMALLEST = 1024
"""Fewer bytes are not worth compressing."""
LEVEL = 1
"""The fastest: of a table's bytes it leaves a tenth, and higher levels little less."""
CHUNK = 1 << 18

_GZIP = re.compile(r"(?:^|,)\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)")


def accepts_gzip(request: Request) -> bool:
    """Return whether the client takes gzip."""
    return bool(_GZIP.search(request.headers.get("accept-encoding", "").casefold()))


def answer(
    request: Request,
    body: bytes,
    content_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return bytes as an answer."""
    own = {**(headers or {}), "content-type": content_type}
    if len(body) >= SMALLEST:
        own["vary"] = "Accept-Encoding"
        if accepts_gzip(request):
            body = gzip.compress(body, LEVEL, mtime=0)
            own["content-encoding"] = "gzip"
    return Response(body, status, own)


def stream_answer(request: Request, chunks: Iterator[bytes], form: Form) -> Response:
    """Return a long answer piece by piece."""
    own = {"content-type": form.content_type, "vary": "Accept-Encoding"}
    if accepts_gzip(request):
        own["content-encoding"] = "gzip"
        chunks = _compressed(chunks)
    return StreamingResponse(chunks, headers=own)


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield what a file holds."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    # 31 asks zlib for gzip's own frame.
    compressor = zlib.compressobj(LEVEL, wbits=31)
    for chunk in chunks:
        if made := compressor.compress(chunk):
            yield made
    yield compressor.flush()
