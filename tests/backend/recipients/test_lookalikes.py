"""Which domain another is taken for, and why."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.recipients.known_domains import KnownDomains, bundled
from backend.recipients.lookalikes import Likeness, Lookalikes

L = Likeness
PRIVATE = ["gmail.com", "hotmail.com", "hotmail.se", "outlook.com", "live.se", "icloud.com", "yahoo.se", "proton.me"]
MOTALA = Lookalikes(["motala.se", "granvik.example"], bundled(), PRIVATE)

OWN = [
    ("motala.com", L.TOP_DOMAIN),
    ("motala.nu", L.TOP_DOMAIN),
    ("motala.eu", L.TOP_DOMAIN),
    ("motala.org", L.TOP_DOMAIN),
    ("motala.es", L.TOP_DOMAIN),
    ("motala.de", L.TOP_DOMAIN),
    ("motala.sw", L.TOP_DOMAIN),
    ("motala.see", L.TOP_DOMAIN),
    ("motala.co.uk", L.TOP_DOMAIN),
    ("motala.com.se", L.TOP_DOMAIN),
    ("skola.motala.com", L.TOP_DOMAIN),
    ("motla.se", L.SLIP),
    ("moatla.se", L.SLIP),
    ("motalla.se", L.SLIP),
    ("mottala.se", L.SLIP),
    ("mootala.se", L.SLIP),
    ("nmotala.se", L.SLIP),
    ("notala.se", L.SLIP),
    ("mptala.se", L.SLIP),
    ("motaka.se", L.SLIP),
    ("motala1.se", L.SLIP),
    ("skola.motla.se", L.SLIP),
    ("motla.com", L.SLIP),
    ("mottala.nu", L.SLIP),
    ("mottalla.se", L.SLIP),
    ("mötala.se", L.HOMOGLYPH),
    ("motåla.se", L.HOMOGLYPH),
    ("motála.se", L.HOMOGLYPH),
    ("mоtala.se", L.HOMOGLYPH),  # Cyrillic o
    ("motаla.se", L.HOMOGLYPH),  # Cyrillic a
    ("мotala.se", L.HOMOGLYPH),  # Cyrillic m
    ("mοtala.se", L.HOMOGLYPH),  # Greek o
    ("motaӏa.se", L.HOMOGLYPH),  # Cyrillic palochka
    ("ｍotala.se", L.HOMOGLYPH),  # full width
    ("motala。se", L.HOMOGLYPH),  # ideographic full stop
    ("mоtаlа.se", L.HOMOGLYPH),
    ("mötala.com", L.HOMOGLYPH),
    ("xn--mtala-jua.se", L.HOMOGLYPH),
    ("skola.xn--mtala-jua.se", L.HOMOGLYPH),
    ("rnotala.se", L.HOMOGLYPH),
    ("m0tala.se", L.HOMOGLYPH),
    ("mota1a.se", L.HOMOGLYPH),
    ("m0ta1a.se", L.HOMOGLYPH),
    ("rn0ta1a.se", L.HOMOGLYPH),
    ("m0tala.com", L.HOMOGLYPH),
    ("mo-tala.se", L.SPELLING),
    ("motala-kommun.se", L.ADDED_WORD),
    ("motalakommun.se", L.ADDED_WORD),
    ("kommun-motala.se", L.ADDED_WORD),
    ("kommunmotala.se", L.ADDED_WORD),
    ("motala-kommun.com", L.ADDED_WORD),
    ("motalakommun.nu", L.ADDED_WORD),
    ("motalaskommun.se", L.ADDED_WORD),
    ("wwwmotala.se", L.ADDED_WORD),
    ("motala-se.com", L.ADDED_WORD),
    ("motalase.com", L.ADDED_WORD),
    ("motala-se.nu", L.ADDED_WORD),
    ("motala-login.com", L.ADDED_WORD),
    ("webmail-motala.se", L.ADDED_WORD),
    ("motala-logga-in.se", L.ADDED_WORD),
    ("login-motala.com", L.ADDED_WORD),
    ("motala-stad.se", L.ADDED_WORD),
    ("motala.se.example.com", L.EMBEDDED),
    ("skola.motala.se.example.com", L.EMBEDDED),
    ("motala.se-login.com", L.EMBEDDED),
    ("mail.motala.se.nu", L.EMBEDDED),
]
GRANVIK = [
    ("granvik.se", L.TOP_DOMAIN),
    ("granvik.com", L.TOP_DOMAIN),
    ("granvlk.example", L.SLIP),
    ("gränvik.example", L.HOMOGLYPH),
    ("granvik-kommun.se", L.ADDED_WORD),
    ("granvik.example.evil.example", L.EMBEDDED),
    ("granvvik.example", L.SLIP),
]
OTHERS = [
    ("linkoipng.se", "linkoping.se", L.SLIP),
    ("linköping.se", "linkoping.se", L.SPELLING),
    ("xn--linkping-q4a.se", "linkoping.se", L.SPELLING),
    ("linkoeping.se", "linkoping.se", L.SPELLING),
    ("linkoping.com", "linkoping.se", L.TOP_DOMAIN),
    ("linkoping.nu", "linkoping.se", L.TOP_DOMAIN),
    ("linkopingskommun.se", "linkoping.se", L.ADDED_WORD),
    ("linkopings-kommun.se", "linkoping.se", L.ADDED_WORD),
    ("haerryda.se", "harryda.se", L.SPELLING),
    ("härryda.se", "harryda.se", L.SPELLING),
    ("harryda.org", "harryda.se", L.TOP_DOMAIN),
    ("taeby.se", "taby.se", L.SPELLING),
    ("täby.se", "taby.se", L.SPELLING),
    ("malmoe.se", "malmo.se", L.SPELLING),
    ("malmö.se", "malmo.se", L.SPELLING),
    ("dals-ed.se", "dalsed.se", L.SPELLING),
    ("lilla-edet.se", "lillaedet.se", L.SPELLING),
    ("upplands-vasby.se", "upplandsvasby.se", L.SPELLING),
    ("upplandsbro.se", "upplands-bro.se", L.SPELLING),
    ("malungsalen.se", "malung-salen.se", L.SPELLING),
    ("alekommun.se", "ale.se", L.ADDED_WORD),
    ("kil-kommun.se", "kil.se", L.ADDED_WORD),
    ("kilskommun.se", "kil.se", L.ADDED_WORD),
    ("ale-se.com", "ale.se", L.ADDED_WORD),
    ("ale.sw", "ale.se", L.TOP_DOMAIN),
    ("ki1.se", "kil.se", L.HOMOGLYPH),
    ("аle.se", "ale.se", L.HOMOGLYPH),  # Cyrillic a
    ("0rsa.se", "orsa.se", L.HOMOGLYPH),
    ("kumal.se", "kumla.se", L.SLIP),
    ("kummla.se", "kumla.se", L.SLIP),
    ("kumla.see", "kumla.se", L.TOP_DOMAIN),
    ("stokholm.se", "stockholm.se", L.SLIP),
    ("stockhlom.se", "stockholm.se", L.SLIP),
    ("goteborgg.se", "goteborg.se", L.SLIP),
    ("göteborg.se", "goteborg.se", L.SPELLING),
    ("ornsköldsvik.se", "ornskoldsvik.se", L.HOMOGLYPH),
    ("örnsköldsvik.se", "ornskoldsvik.se", L.SPELLING),
    ("onrskoldsivk.se", "ornskoldsvik.se", L.SLIP),
    ("skateverket.se", "skatteverket.se", L.SLIP),
    ("skattevreket.se", "skatteverket.se", L.SLIP),
    ("skatteverket.com", "skatteverket.se", L.TOP_DOMAIN),
    ("skatteverket-login.com", "skatteverket.se", L.ADDED_WORD),
    ("skatteverket.se.example.net", "skatteverket.se", L.EMBEDDED),
    ("forsakringskasan.se", "forsakringskassan.se", L.SLIP),
    ("forsakringkassan.se", "forsakringskassan.se", L.SLIP),
    ("försäkringskassan.se", "forsakringskassan.se", L.SPELLING),
    ("foersaekringskassan.se", "forsakringskassan.se", L.SPELLING),
    ("forsakringskassan.nu", "forsakringskassan.se", L.TOP_DOMAIN),
    ("arbetsformedlingen.com", "arbetsformedlingen.se", L.TOP_DOMAIN),
    ("migratonsverket.se", "migrationsverket.se", L.SLIP),
    ("polisne.se", "polisen.se", L.SLIP),
    ("po1isen.se", "polisen.se", L.HOMOGLYPH),
    ("kronofodgen.se", "kronofogden.se", L.SLIP),
    ("lantstyrelsen.se", "lansstyrelsen.se", L.SLIP),
    ("lanstyrelsen.se", "lansstyrelsen.se", L.SLIP),
    ("länsstyrelsen.se", "lansstyrelsen.se", L.HOMOGLYPH),
    ("vgregoin.se", "vgregion.se", L.SLIP),
    ("regionstokholm.se", "regionstockholm.se", L.SLIP),
    ("swedbamk.se", "swedbank.se", L.SLIP),
    ("swedbank-login.com", "swedbank.se", L.ADDED_WORD),
    ("domstol.se.example.com", "domstol.se", L.EMBEDDED),
    ("ivo.se.example.com", "ivo.se", L.EMBEDDED),
    ("habokommun.com", "habokommun.se", L.TOP_DOMAIN),
    ("habo-kommun.se", "habokommun.se", L.SPELLING),
    ("morakommmun.se", "morakommun.se", L.SLIP),
    ("gmial.com", "gmail.com", L.SLIP),
    ("gamil.com", "gmail.com", L.SLIP),
    ("gmal.com", "gmail.com", L.SLIP),
    ("gmaill.com", "gmail.com", L.SLIP),
    ("gmail.con", "gmail.com", L.TOP_DOMAIN),
    ("gmail.co", "gmail.com", L.TOP_DOMAIN),
    ("gmail.se", "gmail.com", L.TOP_DOMAIN),
    ("gmai1.com", "gmail.com", L.HOMOGLYPH),
    ("hotmial.com", "hotmail.com", L.SLIP),
    ("hotmal.com", "hotmail.com", L.SLIP),
    ("hotmail.cm", "hotmail.com", L.TOP_DOMAIN),
    ("outlok.com", "outlook.com", L.SLIP),
    ("oulook.com", "outlook.com", L.SLIP),
    ("iclould.com", "icloud.com", L.SLIP),
    ("gmail.com.example.org", "gmail.com", L.EMBEDDED),
]
UNLIKE = [
    *("motala.se", "skola.motala.se", "a.b.motala.se", "MOTALA.SE", "granvik.example", "gmail.com", "hotmail.es"),
    *("habo.se", "habokommun.se", "mala.se", "malmo.se", "ale.se", "mark.se", "mora.se", "morakommun.se", "nora.se"),
    *("linkoping.se", "lidkoping.se", "avesta.se", "alvesta.se", "horby.se", "torsby.se", "norberg.se", "varberg.se"),
    *("mark.com", "vara.com", "ale.com", "kil.nu", "eda.org", "hjo.com", "kumla.nu", "lund.com", "berg.com", "sala.nu"),
    *("skada.se", "water.se", "linda.se", "stad.se", "bostad.se", "märk.se", "läxa.se", "sales.se", "trust.se"),
    *("hallberg.se", "nordberg.se", "sandvik.com", "sandvik.se", "trelleborg.com", "goteborg.com", "gotland.net"),
    *("domstol.no", "domstol.dk", "polisen.fi", "swedbank.ee", "vision.com", "mail.com", "ymail.com", "live.co.uk"),
    *("motalakommun.onmicrosoft.com", "example.com", "example.se", "xn--80ak6aa92e.com", "", ".", "se", "com.se", "-"),
    *("a..b", "xn--", "xn--a", "[192.0.2.1]", "motala", "motala .se", "motala.se.", " ", "\0", "ä", "☃.se", "a" * 400),
]


@pytest.mark.parametrize(("domain", "likeness"), OWN, ids=repr)
def test_likeness_to_the_own_domain(domain: str, likeness: Likeness) -> None:
    found = MOTALA.resembled(domain)
    assert found is not None
    assert (found.domain, found.organisation, found.likeness) == ("motala.se", "Motala kommun", likeness)


@pytest.mark.parametrize(("domain", "likeness"), GRANVIK, ids=repr)
def test_likeness_to_an_own_domain_that_nobody_knows(domain: str, likeness: Likeness) -> None:
    found = MOTALA.resembled(domain)
    assert found is not None
    assert (found.domain, found.organisation, found.likeness) == ("granvik.example", "", likeness)


@pytest.mark.parametrize(("domain", "resembled", "likeness"), OTHERS, ids=repr)
def test_likeness_to_others(domain: str, resembled: str, likeness: Likeness) -> None:
    found = MOTALA.resembled(domain)
    assert found is not None
    assert (found.domain, found.likeness) == (resembled, likeness)
    assert found.organisation == bundled().organisations.get(resembled, "")


@pytest.mark.parametrize("domain", UNLIKE, ids=repr)
def test_real_and_other_domains_are_not_questioned(domain: str) -> None:
    assert MOTALA.resembled(domain) is None


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("motala.se", "Motala kommun"),
        ("Skola.Motala.SE", "Motala kommun"),
        ("ivo.se", "Inspektionen för vård och omsorg"),
        ("a.b.ivo.se", "Inspektionen för vård och omsorg"),
        ("notivo.se", ""),
        ("se", ""),
        ("", ""),
        ("granvik.example", ""),
    ],
)
def test_whose_a_domain_is(domain: str, organisation: str) -> None:
    assert MOTALA.organisation(domain) == organisation


@given(st.one_of(st.text(), st.text(alphabet=string.ascii_lowercase + ".-åäöxn0\u0430\u200d", max_size=40)))
def test_any_text_is_answered(text: str) -> None:
    MOTALA.resembled(text)
    MOTALA.organisation(text)


def test_a_city_with_a_top_domain_of_its_own_does_not_guard_the_words_under_it() -> None:
    stockholm = Lookalikes(["stockholm.se", "start.stockholm", "stad.onmicrosoft.com"], bundled(), PRIVATE)
    domains = ["start.stockholm", "mail.start.stockholm", "start.se", "start.com", "other.onmicrosoft.com"]
    assert [domain for domain in domains if stockholm.resembled(domain)] == []


def test_the_same_letters_in_other_code_points_are_the_same_domain() -> None:
    lookalikes = Lookalikes(["xn--grnvik-cua.example"], KnownDomains({}), [])
    same = ["gränvik.example", "gra\u0308nvik.example", "GRÄNVIK.example", "xn--grnvik-cua.example"]
    assert [domain for domain in same if lookalikes.resembled(domain)] == []


def test_nothing_known_and_nothing_own() -> None:
    assert Lookalikes([], KnownDomains({}), []).resembled("motala.com") is None


def test_repr_shows_no_domain() -> None:
    assert repr(MOTALA.resembled("motala.com")) == "Resemblance(likeness=<Likeness.TOP_DOMAIN: 'top_domain'>)"
