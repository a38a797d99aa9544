"""Small pictures for tests: real ones, drawn here."""

from __future__ import annotations

from struct import pack
from zlib import compress, crc32

PNG_START = b"\x89PNG\r\n\x1a\n"


def png(width: int = 4, height: int = 3, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """Draw a picture of one colour as a PNG file."""
    row = b"\0" + bytes(colour) * width
    header = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", compress(row * height)), (b"IEND", b""))
    return PNG_START + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))
