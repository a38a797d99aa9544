"""How wide and high a picture is, by its header: pages keep the room free before it arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from struct import error, unpack_from

Size = tuple[int, int]

# Markers of JPEG that begin a frame, which says its size; C4, C8 and CC mean something else.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def size_of(content: bytes, media_type: str) -> Size | None:
    """Read width and height in pixels; None when the header does not say them.

    Source: the file formats' specifications (PNG, JFIF, GIF89a, WebP container).
    """
    try:
        width, height = _READERS[media_type](content)
    except (error, LookupError, ValueError):
        return None
    return (width, height) if width and height else None


def _png(content: bytes) -> Size:
    width, height = unpack_from(">II", content, 16)
    return width, height


def _gif(content: bytes) -> Size:
    width, height = unpack_from("<HH", content, 6)
    return width, height


def _jpeg(content: bytes) -> Size:
    place = 2
    while True:
        prefix, marker, length = unpack_from(">BBH", content, place)
        if prefix != 0xFF:
            raise ValueError("not a marker of JPEG")
        if marker in _FRAMES:
            height, width = unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length


def _webp(content: bytes) -> Size:
    return _WEBP_READERS[content[12:16]](content)


def _webp_plain(content: bytes) -> Size:
    width, height = unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _webp_lossless(content: bytes) -> Size:
    (bits,) = unpack_from("<I", content, 21)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _webp_extended(content: bytes) -> Size:
    low_width, high_width, low_height, high_height = unpack_from("<HBHB", content, 24)
    return (high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1


_READERS: Mapping[str, Callable[[bytes], Size]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/gif": _gif,
    "image/webp": _webp,
}
_WEBP_READERS: Mapping[bytes, Callable[[bytes], Size]] = {
    b"VP8 ": _webp_plain,
    b"VP8L": _webp_lossless,
    b"VP8X": _webp_extended,
}
