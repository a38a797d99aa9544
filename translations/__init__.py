"""Where the gettext catalogues lie: `messages` for staff, `respond` for pupils, the instruments."""

from pathlib import Path

DIRECTORY = Path(__file__).parent
