"""Make the font that pictures are painted with as PNG: Noto Sans with the letters of Europe's west.

Usage: ``python -m scripts.chart_font``, with Debian's package ``fonts-noto-core``. A server may
have no fonts at all, and a picture without letters says nothing.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset

NOTO = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")
TARGET = Path(__file__).resolve().parent.parent / "exports" / "charts" / "NotoSans.ttf"
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))
SIGNS = (*range(0x2010, 0x2027), *map(ord, "\u202f‰−≤≥€←→"))


def main() -> None:
    """Write the file, and say how large it is."""
    options = subset.Options(hinting=False, layout_features=["kern", "liga", "mark"])
    font = subset.load_font(NOTO, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*LATIN, *SIGNS])
    subsetter.subset(font)
    subset.save_font(font, TARGET, options)
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
