"""Which terms and months are compared, in which order."""

from __future__ import annotations

from survey_app.actions.results.returned import in_time, pairs_of


def test_periods_stand_in_the_order_of_time() -> None:
    """Spring comes before autumn of the same year."""
    periods = ["ht-2026", "vt-2026", "ht-2025", "2026-09", "2026-10", "2025-12"]
    assert sorted(periods[:3], key=in_time) == ["ht-2025", "vt-2026", "ht-2026"]
    assert sorted(periods[3:], key=in_time) == ["2025-12", "2026-09", "2026-10"]


def test_the_same_season_is_compared_first() -> None:
    """Spring grades tend to be higher, so autumn stands beside autumn."""
    assert pairs_of(["ht-2024", "vt-2025", "ht-2025", "vt-2026"]) == [
        ("vt-2025", "vt-2026"),
        ("ht-2024", "ht-2025"),
        ("ht-2025", "vt-2026"),
    ]
    assert pairs_of(["ht-2025", "vt-2026"]) == [("ht-2025", "vt-2026")]
    assert pairs_of(["ht-2025"]) == []
