"""What names a person is found in free text; only invented and published test numbers here.

PN-1 A right check digit is refused.      PN-2 A wrong one is warned of.
PN-3 What is no date is no personnummer.  PN-4 Telephone numbers and e-mail are refused.
"""

from __future__ import annotations

import pytest

from forms.personal import Kind, find_personal, has_valid_check_digit

NUMBERS = ["640823-3234", "811218-9876", "850709-9805"]
COORDINATION = "701063-2391"


def found(text: str) -> list[tuple[Kind, str, bool]]:
    """Give kind, text and certainty of each piece."""
    return [(f.kind, text[f.start : f.end], f.is_certain) for f in find_personal(text)]


@pytest.mark.parametrize("number", [*NUMBERS, COORDINATION])
def test_a_number_with_its_check_digit_is_certain(number) -> None:
    """PN-1: also a samordningsnummer, whose day is 60 higher."""
    assert found(f"Jag är {number}, hej.") == [(Kind.NUMBER, number, True)]


@pytest.mark.parametrize(
    "written",
    [
        "6408233234",
        "640823 3234",
        "640823+3234",
        "640823–3234",
        "19640823-3234",
        "196408233234",
        "19640823 3234",
        "640823 - 3234",
        "640823‑3234",
    ],
)
def test_a_number_is_known_however_it_is_written(written) -> None:
    """PN-1: with or without century and separator; + from the age of 100."""
    assert found(written) == [(Kind.NUMBER, written, True)]


def test_a_wrong_check_digit_is_only_likely() -> None:
    """PN-2: a slip of the pen still names somebody."""
    assert found("640823-3233") == [(Kind.NUMBER, "640823-3233", False)]


@pytest.mark.parametrize(
    "text",
    [
        "641323-3234",
        "640832-3234",
        "640823-0004",
        "640893-3234",
        "123456-7890",
        "18640231-3234",
        "2026-01-31",
        "1 234 567",
        "Jag fick 12345 poäng.",
        "999-888",
        "6408233234567",
        "x@y",
        "Kapitel 7.1 och 7.2",
        "kl 08-15",
        "100 000 000 kr",
        "åk 7-9",
    ],
)
def test_other_numbers_are_left_alone(text) -> None:
    """PN-3: points, years and amounts may be written."""
    assert found(text) == []


@pytest.mark.parametrize("born", ["000229-1234", "920229-1234"])
def test_a_leap_day_of_either_century_is_a_date(born) -> None:
    """PN-3: 29 February 2000 and 1992 were; 040229-1234 is a telephone in Malmö first."""
    assert [kind for kind, _, _ in found(born)] == [Kind.NUMBER]


@pytest.mark.parametrize(
    "phone",
    [
        "070-123 45 67",
        "0701234567",
        "070 123 45 67",
        "+46 70 123 45 67",
        "+46701234567",
        "08-508 27 000",
        "0046 8 123 45 67",
        "+46 (0)70-123 45 67",
        "031-12 34 56",
    ],
)
def test_telephone_numbers_are_certain(phone) -> None:
    """PN-4: 070-123 45 67 looks like 7 January 2023, and is refused all the same."""
    assert found(f"Ring {phone}!") == [(Kind.PHONE, phone, True)]


@pytest.mark.parametrize(
    "address", ["anna@skola.example", "a.b-c+d@x.y.example", "anna (at) skola.example"]
)
def test_addresses_are_certain(address) -> None:
    """PN-4: however coyly the @ is written."""
    assert [(kind, sure) for kind, _, sure in found(f"Skriv till {address}")] == [
        (Kind.EMAIL, True)
    ]


def test_all_pieces_are_found_in_their_order() -> None:
    """The one who answers sees each of them marked."""
    text = f"{NUMBERS[0]} eller anna@skola.example eller 070-123 45 67"
    assert [kind for kind, _, _ in found(text)] == [Kind.NUMBER, Kind.EMAIL, Kind.PHONE]


@pytest.mark.parametrize("number", [*NUMBERS, COORDINATION])
def test_only_one_check_digit_of_ten_is_right(number) -> None:
    """Luhn: weights 2, 1, 2 … over the nine digits before it."""
    nine = number.replace("-", "")[:9]
    right = [digit for digit in range(10) if has_valid_check_digit(f"{nine}{digit}")]
    assert right == [int(number[-1])]


def test_long_texts_are_searched_in_no_time() -> None:
    """A text that is all digits and blanks must not keep the server busy."""
    assert found("0 " * 5_000) == []
    assert len(found("a" * 10_000 + "@")) == 0
    assert found("1" * 10_000) == []
