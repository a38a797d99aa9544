"""Invent a city's register: eight districts, 16 schools and teams, pupils on their pathways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from forms.workbook import Workbook, sheet_of
from survey_app.actions.register.periods import FIRST_AUTUMN_MONTH
from survey_app.actions.register.sheets import AREAS, PROFESSIONS

PUPILS = 150
LETTERS = "CDFHJKMNPQRTWXY34679"  # without look-alikes and vowels
# The last two became one district; figures can be shown with the borders of then or of today.
DISTRICTS = (
    ("bromma", "Bromma"), ("farsta", "Farsta"), ("hagersten", "Hägersten-Älvsjö"),
    ("kungsholmen", "Kungsholmen"), ("skarholmen", "Skärholmen"), ("skarpnack", "Skarpnäck"),
    ("sodermalm", "Södermalm"), ("jarva", "Järva"), ("rinkeby", "Rinkeby-Kista"),
    ("spanga", "Spånga-Tensta"),
)  # fmt: skip
MERGED, MERGER = ("rinkeby", "spanga"), date(2023, 7, 1)
SCHOOLS = (
    "Almskolan", "Björkhagens grundskola", "Ekdalsskolan", "Furuskolan", "Granbackaskolan",
    "Hasselskolan", "Lindbergsskolan", "Lönnskolan", "Olvonskolan", "Poppelskolan",
    "Rönnskolan", "Sälgskolan", "Tallmoskolan", "Videskolan",
    "Askens friskola", "Enbackens friskola",
)  # fmt: skip
FIRST_INDEPENDENT = 14  # of the schools above
START = date(2018, 8, 1)
GOALS = {
    "narvaro": ("Kommer till första lektionen", "Är i skolan tre dagar i veckan"),
    "lektion-studiero": ("Är kvar hela lektionen", "Tar paus och kommer tillbaka"),
    "amne-uppgift": ("Lämnar in en uppgift i veckan", "Gör matteuppgiften med stöd"),
    "relation-elev": ("Äter lunch med någon", "Är med i ett grupparbete"),
    "relation-vuxen": ("Hälsar på sin mentor varje dag", "Berättar när något är svårt"),
    "hem-skola": ("Visar schemat hemma varje söndag",),
    "halsa-vardag": ("Lägger sig före elva på skolkvällar",),
    "fritid": ("Går på sin aktivitet en gång i veckan",),
    "annat": ("Använder sin kalender",),
}
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Invented:
    """A pupil's dates, from which the rows follow."""

    code: str
    gender: str
    birth_year: int
    school: int
    enrolled: date
    discharged: date | None


def invented_register(chance: Random, today: date, reporter: str, officer: str) -> Workbook:
    """Invent a register as a workbook, as a coordinator would upload it.

    Args:
        today: The pupils came during the three terms up to this day.
        reporter: The account that holds a post in the first two teams.
        officer: The account that reports the first school's attendance and grades.
    """
    pupils = [_pupil(chance, number, today) for number in range(PUPILS)]
    sheets: dict[str, Sequence[Mapping[str, str]]] = {
        "stadsdelar": list(_districts()),
        "skolor": [_school(n) for n in range(len(SCHOOLS))],
        "team": [_team(n) for n in range(len(SCHOOLS))],
        "teamets_skolor": [
            {"team": _code(n), "skola": _code(n), "gäller_från": START.isoformat()}
            for n in range(len(SCHOOLS))
        ],
        "tjänster": list(_posts(chance, reporter)),
        "skolans_ansvariga": [
            {"skola": _code(0), "konto": officer, "gäller_från": START.isoformat()}
        ],
        "elever": [_registered(each, chance) for each in pupils],
        "placeringar": [_placement(each) for each in pupils],
        "vägen": [step for each in pupils for step in _pathway(each, chance, today)],
        "samtycken": [_consent(each, chance, today) for each in pupils],
        "delmål": [row for each in pupils for row in _milestones(each, chance)],
    }
    return Workbook(tuple(sheet_of(name, rows) for name, rows in sheets.items()))


def _code(number: int) -> str:
    return f"s{number + 1:02}"


def _districts() -> Iterator[Mapping[str, str]]:
    for code, name in DISTRICTS:
        row = {"kod": code, "namn": name}
        if code in MERGED:
            yield row | {"uppgår_i": "jarva", "gäller_från": "2013-08-01",
                         "gäller_till": (MERGER - DAY).isoformat()}  # fmt: skip
        else:
            start = MERGER if code == "jarva" else date(2013, 8, 1)
            yield row | {"gäller_från": start.isoformat()}


def _school(number: int) -> Mapping[str, str]:
    """Two schools to each of today's districts; the last two of Järva were in the merged ones."""
    district = DISTRICTS[number // 2][0]
    owner = "fristaende" if number >= FIRST_INDEPENDENT else "kommunal"
    return {"kod": _code(number), "namn": SCHOOLS[number], "huvudman": owner,
            "stadsdel": MERGED[number - 14] if district == "jarva" else district,
            "gäller_från": START.isoformat()}  # fmt: skip


def _team(number: int) -> Mapping[str, str]:
    kind = "mobilt" if number % 5 == 4 else "stationerat"
    name = f"Team {SCHOOLS[number].split()[0].removesuffix('skolan').removesuffix('s')}"
    return {"kod": _code(number), "namn": name, "typ": kind, "gäller_från": START.isoformat()}


def _posts(chance: Random, reporter: str) -> Iterator[Mapping[str, str]]:
    for number in range(len(SCHOOLS)):
        for place in range(chance.randint(2, 4)):
            row = {"team": _code(number), "tjänst": f"tjänst {place + 1}",
                   "gäller_från": START.isoformat(), "yrke": PROFESSIONS[place],
                   "andel": chance.choice(["1", "0,75", "0,5"])}  # fmt: skip
            yield row | ({"konto": reporter} if number < 2 and place == 0 else {})


def _pupil(chance: Random, number: int, today: date) -> Invented:
    """Enrol somebody during the last three terms; half of those who have been long have left."""
    code = "".join(chance.choice(LETTERS) for _ in range(4)) + f"{number:03}"
    days_ago = chance.randint(10, 470)
    enrolled = _school_day(today - timedelta(days=days_ago))
    stay = chance.randint(150, 420)
    left = enrolled + timedelta(days=stay)
    school_year = today.year - (today.month < FIRST_AUTUMN_MONTH)
    return Invented(
        code=code,
        gender="flicka" if chance.random() < 0.45 else "pojke",
        birth_year=school_year - 6 - chance.choice([4, 5, 6, 7, 7, 8, 8, 9]),
        school=number % len(SCHOOLS),
        enrolled=enrolled,
        discharged=_school_day(left) if left < today else None,
    )


def _school_day(day: date) -> date:
    """Move a day of July into August."""
    return day.replace(month=FIRST_AUTUMN_MONTH) if day.month == FIRST_AUTUMN_MONTH - 1 else day


def _registered(of: Invented, chance: Random) -> Mapping[str, str]:
    lives_near = chance.random() < 0.8
    district = DISTRICTS[of.school // 2 if lives_near else chance.randrange(8)][0]
    return {"elev": of.code, "kön": of.gender, "födelseår": str(of.birth_year),
            "bostadsstadsdel": district}  # fmt: skip


def _placement(of: Invented) -> Mapping[str, str]:
    start = of.enrolled - timedelta(days=40)
    return {"elev": of.code, "gäller_från": start.isoformat(), "skola": _code(of.school),
            "team": _code(of.school)}  # fmt: skip


def _pathway(of: Invented, chance: Random, today: date) -> Iterator[Mapping[str, str]]:
    later = (("kartlaggning", 21), ("handlingsplan", 35), ("genomforande", 42), ("uppfoljning", 98))
    days = [("aktualiserad", -30), ("erbjuden", -20), ("samtycke", -5), ("inskriven", 0)]
    end = of.discharged or today
    steps = [(phase, of.enrolled + timedelta(days=day)) for phase, day in days]
    for phase, day in later:
        when = of.enrolled + timedelta(days=day + chance.randint(0, 7))
        if when < end:
            steps.append((phase, when))
    if of.discharged:
        steps.append(("utskriven", of.discharged))
    for number, (phase, when) in enumerate(steps, start=1):
        row = {"elev": of.code, "nummer": str(number), "steg": phase, "dag": when.isoformat()}
        yield row | ({"skäl": "Målen är nådda"} if phase == "utskriven" else {})


def _consent(of: Invented, chance: Random, today: date) -> Mapping[str, str]:
    signed = of.enrolled - timedelta(days=5)
    row = {"elev": of.code, "undertecknat": signed.isoformat(), "blankett": "2019",
           "parter": "skola socialtjanst", "uppgifter": "narvaro betyg delmal insatser",
           "undertecknare": "elev vardnadshavare-1"}  # fmt: skip
    withdrawn = of.enrolled + timedelta(days=120)
    if chance.random() < 0.02 and withdrawn < (of.discharged or today):
        return row | {"återkallat": withdrawn.isoformat()}
    return row


def _milestones(of: Invented, chance: Random) -> Iterator[Mapping[str, str]]:
    areas: Sequence[str] = chance.sample(AREAS, chance.choice([1, 2, 2, 3]))
    for number, area in enumerate(areas, start=1):
        start = of.enrolled + timedelta(days=7 * number)
        if of.discharged and start > of.discharged:
            return
        yield {"elev": of.code, "nummer": str(number), "område": area,
               "delmål": chance.choice(GOALS[area]), "med_elev": "ja",
               "med_vårdnadshavare": chance.choice(["ja", "nej"]), "start": start.isoformat(),
               "vikt": str(chance.randint(1, 3)), "svårighet": str(chance.randint(1, 3)),
               "läge": "aktivt"}  # fmt: skip
