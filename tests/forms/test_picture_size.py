"""The size of a picture, by its header alone."""

from __future__ import annotations

from struct import pack

import pytest

from forms.picture_size import size_of
from tests.pictures import png

EXIF = b"\xff\xe1" + pack(">H", 10) + b"Exif\0\0II"
TABLE = b"\xff\xc4" + pack(">H", 4) + b"\0\0"


def frame(marker: int) -> bytes:
    """Begin a JPEG frame of 640 by 480."""
    return bytes((0xFF, marker)) + pack(">HBHH", 17, 8, 480, 640) + b"\3" * 10


def webp(kind: bytes, content: bytes) -> bytes:
    """Put a chunk into a WebP file."""
    return b"RIFF\0\0\0\0WEBP" + kind + pack("<I", len(content)) + content


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", png(640, 480)),
        ("image/gif", b"GIF89a" + pack("<HH", 640, 480)),
        ("image/jpeg", b"\xff\xd8" + frame(0xC0)),
        ("image/jpeg", b"\xff\xd8" + EXIF + TABLE + frame(0xC2)),
        ("image/webp", webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + pack("<HH", 640 | 0x4000, 480))),
        ("image/webp", webp(b"VP8L", b"\x2f" + pack("<I", 639 | 479 << 14))),
        ("image/webp", webp(b"VP8X", b"\0\0\0\0" + pack("<HBHB", 639, 0, 479, 0))),
    ],
)
def test_width_and_height_are_read(media_type, content) -> None:
    """Nothing jumps on the page when a picture arrives."""
    assert size_of(content, media_type) == (640, 480)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", b"\x89PNG\r\n\x1a\n"),
        ("image/gif", b"GIF89a" + pack("<HH", 0, 480)),
        ("image/jpeg", b"\xff\xd8"),
        ("image/jpeg", b"\xff\xd8" + b"\xff\xe1\0\0" * 9),
        ("image/jpeg", b"\xff\xd8\0\0\0\2" + frame(0xC0)),
        ("image/webp", webp(b"JUNK", b"\0" * 20)),
        ("image/svg+xml", b"<svg/>"),
    ],
)
def test_a_header_that_says_nothing_is_no_size(media_type, content) -> None:
    """A damaged file is no crash and no endless search."""
    assert size_of(content, media_type) is None
