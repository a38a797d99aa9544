"""A zip file whose bytes depend on its content only, not on the clock."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


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


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name)  # dated 1980 unless told otherwise
    member.compress_type = ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
