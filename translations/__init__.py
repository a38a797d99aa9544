"""Where the gettext catalogues lie: one for the interface, one per built-in instrument."""

from pathlib import Path

DIRECTORY = Path(__file__).parent
