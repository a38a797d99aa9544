"""A questionnaire as an author writes it in a spreadsheet, and what is posted to it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import openpyxl

Table = dict[str, list[dict[str, str]]]

SV, EN = "label::Svenska (sv)", "label::English (en)"
SAID_SV, SAID_EN = "constraint_message::Svenska (sv)", "constraint_message::English (en)"
SHEETS: Table = {
    "survey": [
        {"type": "note", "name": "hello", SV: "Välkommen.", EN: "Welcome."},
        {"type": "text", "name": "about", SV: "Vad tänker du på?", EN: "What is on your mind?"},
        {"type": "integer", "name": "age", SV: "Hur gammal är du?", EN: "How old are you?",
         "required": "yes", "constraint": ". >= 6 and . <= 20",
         SAID_SV: "Här svarar den som är 6 till 20 år.", SAID_EN: "This is for ages 6 to 20."},
        {"type": "decimal", "name": "hours", SV: "Hur många timmar är du ute?", EN: "How many hours outside?"},
        {"type": "date", "name": "day", SV: "Vilken dag?", EN: "Which day?",
         "constraint": ". >= date('2020-01-01')"},
        {"type": "select_one yesno", "name": "pets", SV: "Har du husdjur?", EN: "Do you have pets?"},
        {"type": "begin_group", "name": "animals", SV: "Dina djur", EN: "Your animals",
         "relevant": "${pets} = '1'"},
        {"type": "integer", "name": "cats", SV: "Hur många katter?", EN: "How many cats?"},
        {"type": "text", "name": "cat_name", SV: "Vad heter katten?", EN: "What is the cat called?"},
        {"type": "select_multiple care", "name": "care", SV: "Vad gör du?", EN: "What do you do?"},
        {"type": "end_group"},
        {"type": "calculate", "name": "paws", "calculation": "4 * ${cats}"},
        {"type": "calculate", "name": "greeting", "calculation": "concat('=', ${age}, '+1')"},
        {"type": "calculate", "name": "band", "calculation": "if(${age} >= 13, 'teen', 'NA')"},
        {"type": "select_one agree", "name": "calm1", SV: "Jag är lugn.", EN: "I am calm.",
         "sa_dimension": "lugn"},
        {"type": "select_one agree", "name": "calm2", SV: "Jag är orolig.", EN: "I am worried.",
         "sa_dimension": "lugn", "sa_reverse": "yes"},
        {"type": "select_one agree", "name": "calm3", SV: "Jag sover gott.", EN: "I sleep well.",
         "sa_dimension": "lugn"},
        {"type": "select_one post", "name": "post", SV: "Vilken port?", EN: "Which entrance?"},
        {"type": "integer", "name": "lessons", SV: "Hur många lektioner?", EN: "How many lessons?",
         "default": "5"},
        {"type": "hidden", "name": "source", "default": "form7"},
    ],
    "choices": [
        {"list_name": "yesno", "name": "1", SV: "Ja", EN: "Yes"},
        {"list_name": "yesno", "name": "0", SV: "Nej", EN: "No"},
        {"list_name": "yesno", "name": "REF", SV: "Vill inte svara", EN: "Rather not say", "sa_missing": "yes"},
        {"list_name": "care", "name": "food", SV: "Ger mat", EN: "Feed it"},
        {"list_name": "care", "name": "play", SV: "Leker", EN: "Play"},
        {"list_name": "care", "name": "vet", SV: "Går till veterinären", EN: "See the vet"},
        {"list_name": "care", "name": "DK", SV: "Vet ej", EN: "Don't know", "sa_missing": "yes"},
        {"list_name": "agree", "name": "5", SV: "Alltid", EN: "Always"},
        {"list_name": "agree", "name": "4", SV: "Ofta", EN: "Often"},
        {"list_name": "agree", "name": "3", SV: "Ibland", EN: "Sometimes"},
        {"list_name": "agree", "name": "2", SV: "Sällan", EN: "Seldom"},
        {"list_name": "agree", "name": "1", SV: "Aldrig", EN: "Never"},
        {"list_name": "agree", "name": "DK", SV: "Vet ej", EN: "Don't know", "sa_missing": "yes"},
        {"list_name": "post", "name": "01", SV: "Port 1", EN: "Entrance 1"},
        {"list_name": "post", "name": "02", SV: "Port 2", EN: "Entrance 2"},
    ],
    "settings": [
        {"form_id": "own-pets", "form_title": "Djuren", "version": "v2", "default_language": "Svenska (sv)"},
    ],
}  # fmt: skip

Post = dict[str, str | list[str]]
POSTS: dict[str, Post] = {
    "all": {
        "about": "=1+1", "age": "12", "hours": "1,50", "day": "2026-01-05", "pets": "1", "cats": "2",
        "cat_name": "+46 70", "care": ["vet", "food"], "calm1": "5", "calm2": "1", "calm3": "4",
        "post": "01", "lessons": "4", "paws": "99", "greeting": "Hej", "source": "forged",
    },
    "bare": {
        "about": "-5", "age": "013", "hours": "−0,5", "day": "2020-01-01", "pets": "1", "cats": "0",
        "cat_name": "-", "care": "DK", "calm1": "1", "calm2": "5", "calm3": "DK", "post": "02",
        "lessons": "-3",
    },
    "unasked": {
        "about": "@SUM(A1)", "age": "6", "hours": "0.0", "pets": "0", "cats": "3",
        "cat_name": "Sigge", "care": ["play"], "calm2": "3",
    },
    # What is not asked is dropped whatever it is: nobody could mend it.
    "refused": {
        "about": "", "age": "20", "hours": "1 000 000", "pets": "REF", "cats": "många",
        "care": "dragon", "calm1": "3", "calm2": "3", "lessons": "5",
    },
    "empty": {"age": "10", "pets": "1"},
}  # fmt: skip

# What is typed -> the cell in Excel, the field in CSV.
TEXTS = {
    "=1+1": ("=1+1", "'=1+1"),
    "=cmd|' /C calc'!A0": ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    "+46 70": ("+46 70", "'+46 70"),
    "-5": ("-5", "'-5"),
    "@SUM(A1)": ("@SUM(A1)", "'@SUM(A1)"),
    "\t=1+1": ("=1+1", "'=1+1"),  # blanks around an answer are not kept
    "a\t=1": ("a\t=1", "a\t=1"),
    "＝1+1": ("＝1+1", "'＝1+1"),
    "'citat": ("'citat", "''citat"),
    "å ä ö Å Ä Ö é": ("å ä ö Å Ä Ö é", "å ä ö Å Ä Ö é"),
    "e\u0301": ("é", "é"),
    "😀 👩‍👧 🇸🇪": ("😀 👩‍👧 🇸🇪", "😀 👩‍👧 🇸🇪"),
    "سلام": ("سلام", "سلام"),
    "rad ett\r\nrad två": ("rad ett\nrad två", "rad ett\nrad två"),
    "NA": ('"NA"', '"NA"'),
    "DK": ('"DK"', '"DK"'),
    '"NA"': ('""NA""', '""NA""'),
    "na": ("na", "na"),
    "#N/A": ("#N/A", "#N/A"),
    "_x0041_": ("_x0041_", "_x0041_"),
    " 01 ": ("01", "01"),
    "1e5": ("1e5", "1e5"),
    "TRUE": ("TRUE", "TRUE"),
    "2026-01-05": ("2026-01-05", "2026-01-05"),
    'a,b;"c"': ('a,b;"c"', 'a,b;"c"'),
    "<b>&amp;</b>": ("<b>&amp;</b>", "<b>&amp;</b>"),
}

REFUSED: dict[str, tuple[Post, int, str]] = {
    "no age": ({"about": "Hej"}, 422, ""),
    "too old": ({"age": "21"}, 422, "This is for ages 6 to 20."),
    "no number": ({"age": "nio"}, 422, ""),
    "an old day": ({"age": "9", "day": "2019-12-31"}, 422, ""),
    "no day": ({"age": "9", "day": "2026-02-30"}, 422, ""),
    "no such choice": ({"age": "9", "calm1": "6"}, 422, ""),
    "no such pet": ({"age": "9", "pets": "1", "care": ["food", "dragon"]}, 422, ""),
    "no such question": ({"age": "9", "name": "Kim"}, 400, ""),
}

# Each breaks one cell: sheet, Excel's row, column, what the author wrote there -> what is reported.
BROKEN = {
    "TYPE_UNKNOWN": ("survey", 4, "type", "integre"),
    "EXPRESSION": ("survey", 6, "constraint", ". >= (6"),
    "LIST_MISSING": ("survey", 7, "type", "select_one jano"),
    "REFERENCE_UNKNOWN": ("survey", 13, "calculation", "4 * ${kats}"),
    "CHOICE_TWICE": ("choices", 3, "name", "1"),
}


def write_author_workbook(sheets: Table, file: Path) -> Path:
    """Save the sheets as another program would."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        page.append(headers)
        for row in rows:
            page.append([row.get(header) for header in headers])
    book.save(file)
    return file


def broken(*codes: str) -> Table:
    """Give the questionnaire with these mistakes in it; row 1 of a sheet is its header."""
    sheets = deepcopy(SHEETS)
    for sheet, row, column, text in map(BROKEN.__getitem__, codes):
        sheets[sheet][row - 2][column] = text
    return sheets
