"""A bad network between the browser and our server: it drops, delays, lies and changes on demand."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PORTAL = (
    b"<!doctype html><title>Wi-Fi</title><h1>Welcome to the guests' Wi-Fi</h1><p>Accept our terms."
)
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


class Weather(StrEnum):
    """What the network does to each request."""

    FINE = "fine"
    DOWN = "down"  # the connection is closed without a word
    LOST = "lost"  # the server hears it, and its answer is lost
    PORTAL = "portal"  # somebody else answers 200 with a page of their own
    FORBIDDEN = "forbidden"  # somebody else answers 403
    ELSEWHERE = "elsewhere"  # somebody else redirects to their own page
    ERROR = "error"  # 500 from in between
    BUSY = "busy"  # 503 with Retry-After


@dataclass
class BadNetwork:
    """A running proxy.

    Attributes:
        port: Where browsers reach it.
        target: Our server's port; change it when the server comes back elsewhere.
        weather: What happens to the next requests.
        choose: Decides for each request by method and path, when given.
        edit: Changes what is answered, by path.
        delay: Seconds before each answer.
        requests: (method, path) of every request so far, oldest first.
    """

    port: int
    target: int
    weather: Weather = Weather.FINE
    choose: Callable[[str, str], Weather] | None = None
    edit: Callable[[str, bytes], bytes] | None = None
    delay: float = 0.0
    requests: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Give the address that browsers ask."""
        return f"http://127.0.0.1:{self.port}"

    def posts(self) -> int:
        """Count the requests that carried answers."""
        return sum(method == "POST" for method, _ in self.requests)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    network: BadNetwork

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its shape
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        network = self.network
        network.requests.append((self.command, self.path))
        weather = network.choose(self.command, self.path) if network.choose else network.weather
        time.sleep(network.delay)
        try:
            getattr(self, f"_{weather}")(body)
        except (OSError, http.client.HTTPException):
            self.close_connection = True

    do_GET = do_POST = do_HEAD = _serve  # noqa: N815 - the names that http.server calls

    def _fine(self, body: bytes) -> None:
        status, headers, content = self._ask(body)
        if self.network.edit:
            content = self.network.edit(self.path, content)
        self._answer(status, headers, content)

    def _down(self, _body: bytes) -> None:
        self.close_connection = True

    def _lost(self, body: bytes) -> None:
        self._ask(body)
        self.close_connection = True

    def _portal(self, _body: bytes) -> None:
        self._answer(200, [("Content-Type", "text/html")], PORTAL)

    def _forbidden(self, _body: bytes) -> None:
        self._answer(403, [("Content-Type", "text/html")], PORTAL)

    def _elsewhere(self, body: bytes) -> None:
        if self.path.startswith("/login-to-wifi"):
            self._portal(body)
        else:
            self._answer(302, [("Location", "/login-to-wifi/thanks")], b"")

    def _error(self, _body: bytes) -> None:
        self._answer(500, [("Content-Type", "text/html")], b"<h1>500</h1>")

    def _busy(self, _body: bytes) -> None:
        self._answer(503, [("Retry-After", "1")], b"busy")

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.network.target, timeout=30)
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in {"accept-encoding", "connection"}
        }
        try:
            connection.request(self.command, self.path, body or None, kept)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def bad_network(target: int) -> Iterator[BadNetwork]:
    """Run a proxy in front of a port for the length of the block."""
    network = BadNetwork(0, target)
    handler = type("Handler", (_Handler,), {"network": network})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    network.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield network
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
