"""What the demo's pupils say, and how it is coded: all of it made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview.

    Attributes:
        coded: Question, words, codes and valence of each coded passage.
        is_coded: All of it is read.
    """

    gender: str
    year_group: str
    district: str
    notes: Mapping[str, str]
    coded: Sequence[tuple[str, str, str, str]] = ()
    is_coded: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


AREAS = {
    "fore": "Före",
    "rel": "Relation",
    "mal": "Mål",
    "sam": "Samverkan",
    "eff": "Förändring",
    "krit": "Kritik",
}
CODES = {
    "fore_franvaro": ("Frånvaro", "Eleven var borta från lektioner eller hela dagar."),
    "fore_kamrat": ("Orsak: kamrater", "Bråk, ensamhet eller utanförskap gjorde skolan svår."),
    "fore_skola": ("Orsak: skolan", "Lektioner, stök eller uppgifter gjorde skolan svår."),
    "rel_tillit": ("Tillit", "Eleven litar på den vuxna, vågar berätta, blir trodd."),
    "rel_tillganglig": ("Tillgänglig", "Den vuxna finns där och svarar när det behövs."),
    "rel_byte": ("Byte", "Den vuxna slutade eller byttes ut."),
    "mal_egna": ("Egna", "Eleven har själv valt målet."),
    "mal_vuxnas": ("De vuxnas", "Målet var bestämt av andra."),
    "sam_larare": ("Lärare", "Teamets kontakt med lärare."),
    "sam_formycket": ("För mycket", "Eleven vill inte att alla ska veta allt."),
    "eff_narvaro": ("Närvaro", "Mer eller mindre i skolan än förut."),
    "eff_maende": ("Mående", "Mår bättre eller sämre."),
    "krit_moten": ("Möten", "För många eller för långa möten."),
}
TALKS = (
    Talk(
        "flicka", "7-9", "farsta",
        {
            "fore_text": "Jag gick inte dit på måndagar. Det var mest bråk på rasterna och ingen "
            "såg det.\nHemma sa jag att jag hade ont i magen.",
            "rel_text": "Hon står alltid vid dörren på morgonen. Jag kan skriva till henne och hon "
            "svarar samma dag.\nDet är skönt att någon tror på det man säger.",
            "mal_text": "Vi bestämde tillsammans. Att komma till första lektionen var min idé.",
            "eff_text": "Nu är jag där nästan varje dag. Förra veckan missade jag bara idrotten.",
            "krit_text": "Ibland är det för många möten. Alla vuxna sitter och tittar på en.",
        },
        (
            ("fore_text", "Jag gick inte dit på måndagar.", "fore_franvaro", "-1"),
            ("fore_text", "Det var mest bråk på rasterna och ingen såg det.", "fore_kamrat", "-1"),
            ("rel_text", "Jag kan skriva till henne och hon svarar samma dag.",
             "rel_tillganglig", "1"),
            ("rel_text", "Det är skönt att någon tror på det man säger.", "rel_tillit", "1"),
            ("mal_text", "Att komma till första lektionen var min idé.", "mal_egna", "1"),
            ("eff_text", "Nu är jag där nästan varje dag.", "eff_narvaro", "1"),
            ("krit_text", "Ibland är det för många möten.", "krit_moten", "-1"),
        ),
        is_coded=True,
    ),
    Talk(
        "pojke", "7-9", "farsta",
        {
            "fore_text": "Det gick för fort på matten och sen orkade jag inte gå alls. Jag var "
            "hemma två veckor i rad.",
            "rel_text": "Han är lugn. Fast han som var först slutade, och då fick jag börja om.",
            "mal_text": "Det var mentorn som hade skrivit målen redan.",
            "sam_text": "Han pratar med mattelärarna så att jag får uppgifterna innan.",
            "eff_text": "Jag är där oftare. Men jag är fortfarande trött på kvällarna.",
        },
        (
            ("fore_text", "Det gick för fort på matten", "fore_skola", "-1"),
            ("fore_text", "Jag var hemma två veckor i rad.", "fore_franvaro", "-1"),
            ("rel_text", "Fast han som var först slutade, och då fick jag börja om.", "rel_byte",
             "-1"),
            ("mal_text", "Det var mentorn som hade skrivit målen redan.", "mal_vuxnas", "0"),
            ("sam_text", "Han pratar med mattelärarna så att jag får uppgifterna innan.",
             "sam_larare", "1"),
            ("eff_text", "Jag är där oftare.", "eff_narvaro", "1"),
            ("eff_text", "Men jag är fortfarande trött på kvällarna.", "eff_maende", "mixed"),
        ),
        is_coded=True,
    ),
    Talk(
        "flicka", "7-9", "bromma",
        {
            "fore_text": "Jag hade ingen att vara med. Då stannade jag hemma.",
            "rel_text": "Hon lyssnar. Jag har berättat saker som jag inte har sagt till någon.",
            "sam_text": "Jag vill inte att alla lärare ska veta allt om mig.",
            "eff_text": "Jag har en kompis nu. Jag mår bättre.",
            "krit_text": "Inget, tror jag.",
        },
        (
            ("fore_text", "Jag hade ingen att vara med.", "fore_kamrat", "-1"),
            ("fore_text", "Då stannade jag hemma.", "fore_franvaro", "-1"),
            ("rel_text", "Hon lyssnar. Jag har berättat saker som jag inte har sagt till någon.",
             "rel_tillit", "1"),
            ("sam_text", "Jag vill inte att alla lärare ska veta allt om mig.",
             "sam_formycket sam_larare", "-1"),
            ("eff_text", "Jag har en kompis nu. Jag mår bättre.", "eff_maende", "1"),
        ),
        is_coded=True,
    ),
    Talk(
        "flicka", "4-6", "jarva",
        {
            "fore_text": "Jag grät på morgonen. Mamma fick följa med in.",
            "rel_text": "Vi spelar kort och pratar. Hon kommer fast jag inte säger något.",
            "eff_text": "Jag går själv nu.",
        },
        (
            ("rel_text", "Hon kommer fast jag inte säger något.", "rel_tillganglig", "1"),
        ),
    ),
    Talk(
        "pojke", "4-6", "skarholmen",
        {
            "fore_text": "Det var stökigt i klassrummet. Jag hörde inte vad jag skulle göra.",
            "rel_text": "Han hälsar på alla. Han vet vad min katt heter.",
            "mal_text": "Jag fick välja mellan tre saker. Jag valde att räcka upp handen.",
            "eff_text": "Det är lugnare. Jag har ett bord längst fram.",
        },
    ),
    Talk(
        "flicka", "7-9", "skarholmen",
        {
            "fore_text": "Jag kom till skolan men gick inte in. Jag satt på biblioteket.",
            "rel_text": "Hon hittade mig där. Hon blev inte arg.",
            "krit_text": "Att man måste berätta samma sak för alla.",
        },
    ),
)  # fmt: skip
