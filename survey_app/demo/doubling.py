"""Let a second coder of the demo code a share of the units, mostly as the first one did."""

from __future__ import annotations

from random import Random

from survey_app.actions import rounds
from survey_app.actions.coding import deciding, doubling, schemes
from survey_app.actions.coding.deciding import Verdict
from survey_app.actions.coding.doubling import Plan
from survey_app.store.coding import Valence
from survey_app.store.doubling import DoubleUnit, UnitKind

SHARE, SEED = 60, 1
MISSED, SEEN_MORE = 0.15, 0.08  # of the first coder's codes, and of the units
HEARD_OTHERWISE = 0.2  # of the valences
DECIDED = 3  # of the places where the two differ; the others are left to whoever tries the demo
REASON = "Läst tillsammans: definitionen passar."


def code_twice(round_name: str, first: str, second: str) -> None:
    """Draw units, code them as the second coder would, and settle a few disagreements."""
    of = rounds.find(round_name)
    plan = Plan(UnitKind.PARAGRAPH, SHARE, second, SEED)
    double = doubling.find(of, doubling.begin(of, plan, first))
    codes = [node.code.id for node in schemes.tree(schemes.needed_by(of)) if node.depth]
    chance, feeling = Random(SEED), Random(SEED)  # noqa: S311 - invented codes, no secrets
    for unit in doubling.units_of(double):
        given = {each for each in unit.codes(of_second=False) if chance.random() > MISSED}
        if chance.random() < SEEN_MORE:
            given.add(chance.choice(codes))
        doubling.give(double, unit.id, given, _heard(unit, feeling))
    doubling.finish(double)
    for each in deciding.disagreements(double)[:DECIDED]:
        verdict = Verdict(each.about.by_first, REASON)
        deciding.decide(double, each.unit.id, each.code.id, verdict, first)


def _heard(unit: DoubleUnit, chance: Random) -> dict[int, Valence]:
    """Hear mostly what the first coder heard."""
    heard = {}
    for code_id, valence in sorted(unit.valences(of_second=False).items()):
        is_other = chance.random() < HEARD_OTHERWISE
        heard[code_id] = Valence.NEUTRAL if is_other else Valence(valence)
    return heard
