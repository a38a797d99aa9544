"""Photographs are kept, and what they tell of place, time, device and person is not."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.photos import PhotoBroken, cleaned

GPS = b"GPS 59.3293 18.0686 Anna's phone"


def segment(marker: int, data: bytes) -> bytes:
    """Write a segment of a JPEG file."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def exif(orientation: int, order: str = ">") -> bytes:
    """Write Exif data as a telephone does: a maker, which side is up, and a place."""
    entries = struct.pack(f"{order}HHII", 0x010F, 2, 4, 0x41424300)
    entries += struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    head = b"MM\0*" if order == ">" else b"II*\0"
    start = struct.pack(f"{order}IH", 8, 2)
    return b"Exif\0\0" + head + start + entries + struct.pack(f"{order}I", 0) + GPS


JFIF = b"JFIF\0\1\1\0\0\1\0\1"
FRAME = segment(0xDB, b"\0" * 65) + segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0")
SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
END = b"\xff\xd9"
ADOBE = b"Adobe\0d\0\0\0\0\1"
JPEG = b"\xff\xd8" + FRAME + SCAN + END


def jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    """Write a JPEG file that begins with these segments."""
    return b"\xff\xd8" + b"".join(segments) + FRAME + SCAN + END + after


def chunk(kind: bytes, data: bytes) -> bytes:
    """Write a chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG_HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PNG_BODY = chunk(b"IDAT", zlib.compress(b"\0\7")) + chunk(b"IEND", b"")
PNG = PNG_HEAD + PNG_BODY


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """Write a WebP file of these chunks."""
    parts = (
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for kind, data in chunks
    )
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


FLAGS = b"\x2c\0\0\0" + b"\0" * 6  # a profile, Exif and XMP
NO_FLAGS = b"\0" * 10
PICTURE = (b"VP8L", b"\x2f\0\0\0\0")
WEBP = webp(PICTURE)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (jpeg(segment(0xE1, exif(1))), JPEG),
        (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + GPS)), JPEG),
        (jpeg(segment(0xE2, b"ICC_PROFILE\0" + GPS)), JPEG),
        (jpeg(segment(0xED, b"Photoshop 3.0\0" + GPS)), JPEG),
        (jpeg(segment(0xFE, GPS)), JPEG),
        (jpeg(segment(0xE0, b"JFXX\0" + GPS)), JPEG),
        (jpeg(segment(0xEE, b"Adobe" + GPS)), JPEG),
        (jpeg(after=JPEG + GPS), JPEG),
        (jpeg(segment(0xE0, JFIF + b"\2\2" + GPS[:12])), jpeg(segment(0xE0, JFIF + b"\0\0"))),
        (jpeg(segment(0xEE, ADOBE)), jpeg(segment(0xEE, ADOBE))),
        (PNG_HEAD + chunk(b"tEXt", b"Comment\0" + GPS) + PNG_BODY, PNG),
        (PNG_HEAD + chunk(b"zTXt", GPS) + chunk(b"iTXt", GPS) + PNG_BODY, PNG),
        (PNG_HEAD + chunk(b"eXIf", GPS) + chunk(b"tIME", b"\0" * 7) + PNG_BODY, PNG),
        (PNG_HEAD + chunk(b"prVt", GPS) + PNG_BODY, PNG),
        (PNG + GPS, PNG),
        (PNG_HEAD + chunk(b"tRNS", b"\0\0") + PNG_BODY,) * 2,
        (webp(PICTURE, (b"EXIF", GPS)), WEBP),
        (
            webp((b"VP8X", FLAGS), (b"ICCP", GPS), PICTURE, (b"EXIF", GPS), (b"XMP ", GPS)),
            webp((b"VP8X", NO_FLAGS), PICTURE),
        ),
        (WEBP + GPS, WEBP),
    ],
)
def test_the_picture_stays_and_what_it_tells_goes(dirty: bytes, clean: bytes) -> None:
    """A home cannot be found by a photograph taken in it."""
    assert cleaned(dirty)[1] == clean
    assert GPS not in cleaned(dirty)[1]
    assert cleaned(clean)[1] == clean


def test_comments_between_the_scans_go_too() -> None:
    """A progressive picture has several scans, with segments between them."""
    dirty = b"\xff\xd8" + FRAME + SCAN + segment(0xFE, GPS) + SCAN + END
    assert cleaned(dirty)[1] == b"\xff\xd8" + FRAME + SCAN + SCAN + END


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_picture_stays_upright(orientation: int, order: str) -> None:
    """Telephones store pictures lying and say in Exif how they stand."""
    kind, content = cleaned(jpeg(segment(0xE1, exif(orientation, order))))
    assert kind == "image/jpeg"
    assert GPS not in content
    assert b"ABC" not in content
    assert len(content) < len(JPEG) + 50
    place = content.index(b"Exif\0\0MM\0*") + 6
    assert struct.unpack_from(">IHHHIH", content, place + 4) == (8, 1, 0x0112, 3, 1, orientation)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        GPS,
        b"GIF89a" + b"\0" * 20,
        b"%PDF-1.7",
        b"<svg/>",
        JPEG[:-2],
        JPEG[:20],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + segment(0xDB, b"\0") + END,
        b"\xff\xd8\xff\xfe\0\0" + JPEG,
        PNG[:-8],
        PNG[:20],
        PNG.replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n" + PNG_BODY,
        WEBP[:-4],
        webp((b"VP8X", FLAGS), (b"ANIM", b"\0" * 6), (b"ANMF", GPS)),
        webp(),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    """What cannot be cleaned is not kept."""
    with pytest.raises(PhotoBroken):
        cleaned(content)


@given(st.sampled_from([JPEG, jpeg(segment(0xE1, exif(6))), PNG, WEBP]), st.data())
def test_any_damage_is_refused_or_cleaned(content: bytes, data: st.DataObject) -> None:
    """No other error leaves, whatever a device sends."""
    place = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:place] + data.draw(st.binary(max_size=4)) + content[place + 1 :]
    with suppress(PhotoBroken):
        cleaned(damaged)
