"""A lean client: prepared requests over a few connections, timed one by one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests measured; times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    statuses: dict[int, int]

    def to_json(self) -> dict[str, object]:
        """Give the figures, rounded for reading."""
        return {
            "requests": self.requests,
            "per_second": round(self.requests / self.seconds, 1),
            "p50_ms": round(self.p50, 2),
            "p95_ms": round(self.p95, 2),
            "p99_ms": round(self.p99, 2),
            "statuses": {str(status): count for status, count in self.statuses.items()},
        }


def post_request(
    path: str, body: str, *, host: str, headers: Mapping[str, str] | None = None
) -> bytes:
    """Write a post as the bytes that go over the wire; by default of a form."""
    told = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
    return _request("POST", path, host, told, body.encode())


def get_request(path: str, *, host: str, headers: Mapping[str, str]) -> bytes:
    """Write a question for a page as the bytes that go over the wire."""
    return _request("GET", path, host, headers, b"")


def _request(method: str, path: str, host: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


def drive(port: int, requests: Sequence[bytes], *, concurrency: int, slow: int = 0) -> Load:
    """Send all requests to a server on loopback over `concurrency` kept-open connections.

    Args:
        slow: So many more clients hold a connection each, and send a byte of a body a second.
    """
    return asyncio.run(_drive(port, requests, concurrency, slow))


def drive_apart(port: int, sequences: Sequence[Sequence[bytes]]) -> Load:
    """Send each sequence over a connection of its own, one request after another, all at once."""
    return asyncio.run(_drive_apart(port, [iter(each) for each in sequences]))


async def _drive(port: int, requests: Sequence[bytes], concurrency: int, slow: int) -> Load:
    held = [asyncio.create_task(_dawdle(port, requests[0])) for _ in range(slow)]
    measured = await _drive_apart(port, [iter(requests)] * concurrency)
    for each in held:
        each.cancel()
    return measured


async def _drive_apart(port: int, sequences: Sequence[Iterator[bytes]]) -> Load:
    times: list[float] = []
    statuses: dict[int, int] = {}
    start = time.perf_counter()
    await asyncio.gather(*(_worker(port, each, times, statuses) for each in sequences))
    seconds = time.perf_counter() - start
    cuts = quantiles(sorted(times), n=100)
    return Load(len(times), seconds, cuts[49], cuts[94], cuts[98], statuses)


async def _dawdle(port: int, request: bytes) -> None:
    """Send a request as a tablet at the edge of the network does, and never finish it."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    for place in range(len(request) - 1):
        writer.write(request[place : place + 1])
        await writer.drain()
        await asyncio.sleep(1)


async def _worker(
    port: int, waiting: Iterator[bytes], times: list[float], statuses: dict[int, int]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        begun = time.perf_counter()
        writer.write(request)
        status = await _read_response(reader)
        times.append((time.perf_counter() - begun) * 1000)
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()


async def _read_response(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    length = next((int(x.split(b":")[1]) for x in lines if x.startswith(b"content-length:")), 0)
    if length:
        await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])
