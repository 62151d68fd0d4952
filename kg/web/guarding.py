"""What every answer of the server goes through: the host check, safe headers, CORS.

A server on this machine can be reached from any web page that a browser has open. A page
whose name was pointed at 127.0.0.1 (DNS rebinding) betrays itself by the Host header, so
only the names that the server goes by are answered. Other pages' scripts may read data
(GET, HEAD), never our HTML, and may not write.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_HOSTS = frozenset(("localhost", "127.0.0.1", "[::1]"))
EVERY_ADDRESS = frozenset(("0.0.0.0", "::", "[::]"))  # noqa: S104 - recognized, not bound

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
}
TOLD = "X-KG-Cut, X-KG-Timeout, X-KG-Max-Rows, Link, Retry-After"
"""The headers of ours that a script of another origin may read."""
_OURS = ("text/html", "text/css", "text/javascript", "application/javascript", "image/")


class Guard:
    """The outermost layer of the server."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], cors: bool = True) -> None:
        self.app = app
        self.hosts = LOCAL_HOSTS | {bracketed(host).casefold() for host in hosts}
        self.any_address = any(host in EVERY_ADDRESS for host in hosts)
        self.cors = cors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the program answer and add the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(scope, MutableHeaders(scope=message))
            await send(message)

        own = self._own_answer(scope)
        await (own or self.app)(scope, receive, send_guarded)

    def _own_answer(self, scope: Scope) -> Response | None:
        host = Headers(scope=scope).get("host", "")
        if not self._is_ours(host):
            return PlainTextResponse(
                f"This server does not go by the name {host[:200]!r}. "
                "Use localhost, or start it with --allow-host NAME.",
                status_code=421,
            )
        # Whoever asked the file system for it would get a ValueError.
        if "\0" in scope["path"]:
            return PlainTextResponse("No address holds a NUL. Take it out.", status_code=404)
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers={"allow": allowed_methods(scope["path"])})
        return None

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return name in self.hosts or (self.any_address and _is_address(name))

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        for name, value in HEADERS.items():
            # A page of the build, or the editor, comes with a policy of its own.
            headers.setdefault(name, value)
        if scope["path"].startswith("/static/"):
            return
        if "allow" in headers:
            headers["allow"] = allowed_methods(scope["path"])
        # Or a cache would give one client the form that another asked for.
        headers.add_vary_header("Accept")
        headers.add_vary_header("Origin")
        if not self.cors or headers.get("content-type", "").startswith(_OURS):
            return
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            headers["access-control-allow-origin"] = "*"
            headers["access-control-expose-headers"] = TOLD
        if scope["method"] == "OPTIONS":
            headers["access-control-allow-methods"] = "GET, HEAD, OPTIONS"
            headers["access-control-allow-headers"] = "Accept, Content-Type"
            headers["access-control-max-age"] = "86400"


def allowed_methods(path: str) -> str:
    """Return the methods that a path answers to."""
    return "GET, HEAD, OPTIONS, POST" if path.rstrip("/") == "/sparql" else "GET, HEAD, OPTIONS"


def host_name(host: str) -> str:
    """Return the name in a Host header, without the port.

    >>> host_name("LocalHost:8000"), host_name("[::1]:8000"), host_name("evil.example")
    ('localhost', '[::1]', 'evil.example')
    """
    if host.startswith("["):
        return host.partition("]")[0].casefold() + "]"
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).casefold()


def bracketed(host: str) -> str:
    """Return a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_address(name: str) -> bool:
    """Return whether a host is a number, which cannot be pointed elsewhere as a name can."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
