"""A zip file whose bytes depend on its content only, not on the clock."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exports.writers.compressed import CompressedPart


class DatelessArchive(ZipFile):
    """A zip file that dates every member 1 January 1980, the earliest that zip can say."""

    def writestr(  # type: ignore[override]
        self, name: str, data: str | bytes
    ) -> None:
        """Add a member from memory."""
        super().writestr(_member(name), data)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        """Add a member from a file."""
        source = Path(filename)
        member = _member(arcname)
        member.file_size = source.stat().st_size
        with source.open("rb") as content, self.open(member, "w") as target:
            shutil.copyfileobj(content, target)

    def stream(self, name: str) -> IO[bytes]:
        """Open a member to write it piece by piece, of whatever size."""
        return self.open(_member(name), "w", force_zip64=True)

    def add(self, name: str, part: CompressedPart) -> None:
        """Add a member that is compressed already."""
        member = _member(name)
        member.CRC, member.file_size = part.crc, part.size
        member.compress_size = part.compressed_size
        stream = cast(BinaryIO, self.fp)
        stream.seek(self.start_dir)
        member.header_offset = stream.tell()
        stream.write(member.FileHeader())
        part.copy_to(stream)
        # What ZipFile itself notes after it has written a member.
        self.start_dir = stream.tell()
        self.filelist.append(member)
        self.NameToInfo[name] = member
        self._didModify = True


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name)  # dated 1980 unless told otherwise
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
