"""Take out of a photograph whatever says where, when, by whom and with what it was taken.

The picture itself is never decoded: its file is walked part by part, and only parts that are
needed to show it are kept. What follows its end (a second picture, a film) is left out.

Sources: ITU-T T.81 (JPEG), TIFF 6.0 (the one tag kept), PNG 3rd edition, RFC 9649 (WebP).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

from forms.media import media_type_of

Part = tuple[bytes, bytes]  # what kind it is, and its content


class PhotoBroken(ValueError):
    """The file is no PNG, JPEG or WebP picture, or is not whole."""


def cleaned(content: bytes) -> tuple[str, bytes]:
    """Give a picture's media type and its bytes without metadata.

    Raises:
        PhotoBroken: See there.
    """
    media_type = media_type_of(content) or ""
    clean = _CLEANERS.get(media_type)
    if clean is None:
        raise PhotoBroken
    try:
        return media_type, clean(content)
    except (struct.error, IndexError) as error:
        raise PhotoBroken from error


# JPEG: segments of marker, length, content; after a scan's header its data until the next marker.
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_JFIF, _EXIF, _ADOBE, _COMMENT = 0xE0, 0xE1, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_RESTARTS = range(0xD0, 0xD8)
_EXIF_HEAD = b"Exif\0\0"
_ORIENTATION = 0x0112


def _clean_jpeg(content: bytes) -> bytes:
    kept, position, has_scan = [content[:2]], 2, False
    while True:
        marker, after = _marker_at(content, position)
        if marker == _END:
            if not has_scan:
                raise PhotoBroken
            return b"".join(kept) + b"\xff\xd9"
        (length,) = struct.unpack_from(">H", content, after)
        end = after + length
        if length < 2 or end > len(content):
            raise PhotoBroken
        kept.append(_segment(marker, content[after + 2 : end]))
        if marker == _SCAN:
            has_scan, start = True, end
            end = _scan_end(content, start)
            kept.append(content[start:end])
        position = end


def _marker_at(content: bytes, position: int) -> tuple[int, int]:
    """Read the marker at a position; several 0xFF before it are allowed."""
    if content[position] != 0xFF:
        raise PhotoBroken
    while content[position] == 0xFF:
        position += 1
    return content[position], position + 1


def _segment(marker: int, data: bytes) -> bytes:
    """Give the segment again, or what is kept of it: "" for most that describe the picture."""
    if marker in _APPLICATION or marker == _COMMENT:
        data = _KEPT_OF.get(marker, _nothing)(data)
    if not data:
        return b""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def _nothing(_data: bytes) -> bytes:
    return b""


def _density(data: bytes) -> bytes:
    """Keep of JFIF the size of a dot, without the small picture that may follow."""
    return data[:12] + b"\0\0" if data.startswith(b"JFIF\0") else b""


def _colours(data: bytes) -> bytes:
    """Keep Adobe's note on how the colours are written: without it they are wrong."""
    return data if data.startswith(b"Adobe") and len(data) == 12 else b""


def _scan_end(content: bytes, start: int) -> int:
    """Find the marker that ends a scan; 0xFF00 and restarts are inside it."""
    position = start
    while (position := content.find(b"\xff", position)) >= 0:
        following = content[position + 1]
        if following not in (0x00, 0xFF) and following not in _RESTARTS:
            return position
        position += 1 if following == 0xFF else 2
    raise PhotoBroken


def _upright(data: bytes) -> bytes:
    """Keep of Exif only which side is up: without it, phones' pictures lie on their side."""
    turned = _orientation(data)
    if not 2 <= turned <= 8:
        return b""
    directory = struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return _EXIF_HEAD + b"MM\0*" + struct.pack(">I", 8) + directory


def _orientation(data: bytes) -> int:
    tiff = data[len(_EXIF_HEAD) :]
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if not data.startswith(_EXIF_HEAD) or order is None:
        return 0
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (entries,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(min(entries, 100)):
            place = start + 2 + 12 * entry
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", tiff, place)
            if (tag, kind, count) == (_ORIENTATION, 3, 1):
                return int(value)
    except struct.error:
        pass
    return 0


_KEPT_OF = {_JFIF: _density, _EXIF: _upright, _ADOBE: _colours}


# PNG: chunks of length, type, content and checksum; what is no text, time or profile is kept.
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
)


def _clean_png(content: bytes) -> bytes:
    chunks = list(_png_chunks(content))
    kinds = [kind for kind, _ in chunks]
    if kinds[:1] != [b"IHDR"] or b"IDAT" not in kinds:
        raise PhotoBroken
    kept = (_png_chunk(kind, data) for kind, data in chunks if kind in _PNG_KEPT)
    return _PNG_HEAD + b"".join(kept)


def _png_chunks(content: bytes) -> Iterator[Part]:
    position, kind = len(_PNG_HEAD), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, position)
        end = position + 8 + length
        data = content[position + 8 : end]
        (checksum,) = struct.unpack_from(">I", content, end)
        if checksum != zlib.crc32(kind + data):
            raise PhotoBroken
        yield kind, data
        position = end + 4


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# WebP: a RIFF file; its chunks have even lengths. Moving pictures are not taken.
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_ALPHA = 0x10


def _clean_webp(content: bytes) -> bytes:
    parts = [part for part in _webp_chunks(content) if part[0] in _WEBP_KEPT]
    if not {kind for kind, _ in parts} & {b"VP8 ", b"VP8L"}:
        raise PhotoBroken
    body = b"".join(_webp_chunk(kind, data) for kind, data in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(content: bytes) -> Iterator[Part]:
    (size,) = struct.unpack_from("<I", content, 4)
    end = size + 8
    if end > len(content):
        raise PhotoBroken
    position = 12
    while position < end:
        kind, length = struct.unpack_from("<4sI", content, position)
        data = content[position + 8 : position + 8 + length]
        if len(data) != length or position + 8 + length > end:
            raise PhotoBroken
        yield kind, data
        position += 8 + length + length % 2


def _webp_chunk(kind: bytes, data: bytes) -> bytes:
    if kind == b"VP8X":
        data = bytes((data[0] & _ALPHA,)) + data[1:]  # it says that there are no other parts
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


_CLEANERS: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _clean_jpeg,
    "image/png": _clean_png,
    "image/webp": _clean_webp,
}
