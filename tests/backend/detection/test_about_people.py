"""Whether a finding is said of somebody: the cases that rule writers met."""

from collections.abc import Callable

import pytest

from backend.domain.detected import Detected
from backend.domain.finding import SAID_OF_NAMED
from backend.domain.label import Category

Detect = Callable[..., Detected]
_COUNTED_BY_ITSELF = {Category.PERSONNUMMER, Category.PHOTO}


def _said(detected: Detected) -> set[str]:
    return {
        finding.rule
        for finding in detected.findings
        if finding.about_person and finding.category not in _COUNTED_BY_ITSELF and "absence_plain" not in finding.traits
    }


SAID = [
    "Hej, Anna har brutit benet och är sjukskriven för sin fraktur.",
    "Hej Anna har ringt, hon är sjukskriven för depression.",
    "Hej!\nAnna har fått diagnosen adhd.",
    "Rehabmöte med KL på torsdag kl. 10, ta med planen.",
    "SIP ang ST, depression och skolfrånvaro.",
    "M.T. har fått diagnosen bipolär sjukdom.",
    "Omhändertagande av A.B. enligt LVU på fredag.",
    "Hon har tagit sin insulin enligt rutinen.",
    "Min medarbetare är sjukskriven för utmattning.",
    "Ang elev 7A: hen är utredd för adhd.",
    "Pojke 3B har fått diagnosen autism.",
    "15-åring placerad enligt LVU i natt.",
    "Flicka född 2015 har diagnosen adhd.",
    "Vår kassör Ewert är sjukskriven för depression.",
    "Vår kassör är sjukskriven för depression.",
    "Hänellä on syöpä, hän on sairaslomalla.",
    "Har migrän, kommer inte i dag.",
    "Hej Sören!\nDu har epilepsi med anfall varje vecka och din ansökan avslås.",
    "Karin berättar om sin depression för hela gruppen, hon mår dåligt.",
    "Eleven berättar om våld hemma och är rädd för pappan.",
    "Elin är kurator på BUP men är nu själv sjukskriven för depression.",
    "Per är förkyld och kommer inte i dag.",
    "Per på gatukontoret har fått stroke.",
    "Bo är gay.",
    "Tor dömdes för rattfylla.",
    "Henriks man hämtar honom.",
    "Vi träffade Karin Ekdahls fru på festen.",
    "Annas flickvän är anhörigkontakt.",
]
NOT_SAID = [
    "Karin Ek föreläser om depression på biblioteket.",
    "Elin är kurator på BUP.",
    "Anna Berg jobbar på HVB-hemmet Linden sedan i våras.",
    "Maria är chef för kvinnojouren.",
    "Föreläsning i aulan: Karin Ek berättar om depression och ångest.",
    "Elever med adhd får stöd enligt riktlinjerna.",
    "Hej Anna!\nKursen om depression är flyttad.",
    "Kursen om depression är flyttad, ta med kaffe, Lena",
    "Kursen om depression är flyttad.\nLena",
    "MÖTE OM DEPRESSION KL 14",
    "Utbildning i anbudssekretess: anbuden ligger lägst i exemplet.",
    "Är depression vanligt?",
    "Har du epilepsi? Läs mer på 1177.",
    "Per person: en broschyr om stroke och en om diabetes.",
    "Bo på hotell? Allergi anges vid bokningen.",
    "Max tio platser på kursen om stroke.",
    "Tor 14/3: föreläsning om depression.",
    "Henriks fru hämtar honom.",
    "Kims man och Robins fru kommer.",
    "Enligt Lars man kan boka själv.",
    "Maria och hennes man kommer.",
]


@pytest.mark.parametrize("text", SAID)
def test_said_of_a_person(detect: Detect, text: str) -> None:
    assert _said(detect(text))


@pytest.mark.parametrize(
    ("text", "outright"),
    [
        ("Ellen Dahl behöver en god man.", True),
        ("Hej! Dennis Wall är polisanmäld för stöld av kopparrör.", True),
        ("Tommy Gran har fått en skriftlig varning.", True),
        ("Anneli Storm gick med i Vision i november.", True),
        ("Per är förkyld och kommer inte i dag.", True),
        ("Tommy Gran: skriftlig varning på onsdag.", False),
        ("Lena Ek, undersköterska, visar hur insulin tas.", False),
        ("Anna har ringt om rummet på andra våningen, eleven har adhd.", False),
        ("Hon har fått en skriftlig varning.", False),
    ],
)
def test_said_outright_of_somebody_named(detect: Detect, text: str, *, outright: bool) -> None:
    assert any(SAID_OF_NAMED in finding.traits for finding in detect(text).findings) == outright


@pytest.mark.parametrize("text", NOT_SAID)
def test_not_said_of_a_person(detect: Detect, text: str) -> None:
    assert _said(detect(text)) == set()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Hej Anna! Vi ses i morgon.", 0),
        ("Hej Anna, vi ses i morgon.", 0),
        ("Hej Anna\nVi ses i morgon.", 0),
        ("Hej, Anna!\nVi ses i morgon.", 0),
        ("Hej Anna och Peter!\nVi ses.", 0),
        ("Hej Anna, Peter och Lisa!\nVi ses.", 0),
        ("Hej igen Anna, vi ses.", 0),
        ("Hej Anna jag kommer sent.", 0),
        ("Hej Anna kan du ringa?", 0),
        ("Anna,\nkan du ringa?", 0),
        ("Anna, du frågade om tiden.", 0),
        ("Hej Anna, Peter har ringt.", 1),
        ("Hej, Anna har ringt.", 1),
        ("Hej, Aino skriver: kommer sent.", 1),
        ("Hej Anna har ringt.", 1),
        ("Vi hälsar Anna välkommen till oss.", 1),
        ("Ta med kaffe, Lena", 0),
        ("Ta med kaffe. Lena", 0),
        ("Ta med kaffe\nLena", 0),
        ("Ta med kaffe\n/Lena", 0),
        ("Ta med kaffe\n\nOlle Sundgren, enhetschef", 0),
        ("Ta med kaffe\nMvh Lena Ek", 0),
        ("Borta i dag: Anna, Kalle, Lena", 3),
        ("Borta i dag:\nAnna\nKalle\nLena", 3),
        ("Det gäller Lena", 1),
        ("Per är på plan 3.", 1),
        ("Per från växeln ringer dig.", 1),
        ("Per månad blir det 40 kronor.", 0),
        ("Bo i Motala är billigt.", 0),
        ("Inga är klara i dag.", 0),
    ],
)
def test_reader_and_writer_are_not_spoken_of(detect: Detect, text: str, people: int) -> None:
    assert detect(text).identity.people == people


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Vi pratade med Anna Berg i går.", 1),
        ("Vi pratade med Anna Xhelili i går.", 1),
        ("VI PRATADE MED ANNA BERG I GÅR", 1),
        ("Vi pratade med Ann-Sofie i går.", 0),
        ("Vi pratade med Anna LSS i går.", 0),
        ("Vi pratade med Anna EHT i går.", 0),
        ("Vi pratade med Anna Ekskolan i går.", 0),
        ("Under Maj Kampanjen såldes mer.", 0),
    ],
)
def test_full_name_needs_a_surname(detect: Detect, text: str, full: int) -> None:
    assert detect(text).identity.full_names == full


@pytest.mark.parametrize("subject", ["SIP M.T.", "Rehab KL", "Umgänge A.B", "Vårdplanering Kalle", "Elevhälsomöte ST"])
def test_heading_names_a_person(detect: Detect, subject: str) -> None:
    assert detect("Vi ses.", subject=subject).identity.person_in_case


@pytest.mark.parametrize("subject", ["Möte ang IT", "Uppföljning HR", "SIP KL 14", "Ärende KS", "Möte ang P.S."])
def test_heading_names_no_person(detect: Detect, subject: str) -> None:
    assert not detect("Vi ses.", subject=subject).identity.person_in_case


def test_subject_line_borrows_the_body_s_person(detect: Detect) -> None:
    assert _said(detect("Hon kommer på torsdag.", subject="Uppföljning könskorrigering"))
    assert not _said(detect("Lokalen är bokad.", subject="Uppföljning könskorrigering"))


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("Anna Berg, 19470518-****, har diabetes.", True),
        ("Anna Berg, 470518–XXXX, har diabetes.", True),
        ("Anna Berg, född 1947-05-18, har diabetes.", True),
        ("Anna Berg, Storgatan 4, har diabetes.", True),
        ("Anna Berg på Storgatan har diabetes.", False),
        ("19470518-**** har diabetes.", False),
    ],
)
def test_strong_identifier(detect: Detect, text: str, *, strong: bool) -> None:
    assert detect(text).identity.strong is strong
