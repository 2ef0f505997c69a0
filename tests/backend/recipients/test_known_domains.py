"""The list of known domains is whole, valid and without doubles."""

from collections import Counter
from itertools import chain
from typing import Any

import pytest

from backend.recipients import domain_names
from backend.recipients.known_domains import HERE, bundled, read_table

KNOWN = bundled()
SECTIONS: dict[str, dict[str, Any]] = {
    **read_table("municipalities.toml"),
    **{name: rows for name, rows in read_table("known_domains.toml").items() if name != "mailboxes"},
}


def test_all_municipalities_and_regions_are_there() -> None:
    assert len(SECTIONS["municipalities"]) == 290
    assert len(SECTIONS["regions"]) == 20  # Gotland is both and stands among the municipalities
    assert "Region Gotland" in SECTIONS["municipalities"]
    assert len(SECTIONS["authorities"]) + len(SECTIONS["others"]) >= 120


def test_municipalities_are_called_what_they_are_called() -> None:
    kinds = Counter(name.split()[-1].lower() for name in SECTIONS["municipalities"])
    assert kinds == {"kommun": 275, "stad": 14, "gotland": 1}


def test_every_domain_stands_once() -> None:
    domains = chain.from_iterable(chain.from_iterable(rows.values()) for rows in SECTIONS.values())
    assert [domain for domain, count in Counter(domains).items() if count > 1] == []


def test_every_row_has_a_domain() -> None:
    assert [name for rows in SECTIONS.values() for name, domains in rows.items() if not domains] == []


@pytest.mark.parametrize("domain", sorted([*KNOWN.organisations, *KNOWN.ordinary]))
def test_every_domain_is_a_registered_name(domain: str) -> None:
    name = domain_names.read(domain)
    assert name is not None
    assert (name.ascii, name.registrable) == (domain, domain)
    assert domain_names.is_top_domain(name.suffix)


def test_nothing_is_both_known_and_ordinary() -> None:
    assert KNOWN.organisations.keys() & KNOWN.ordinary == set()


def test_words_are_plain_labels() -> None:
    assert [word for word in KNOWN.words if not (word.isascii() and word.isalpha() and word.islower())] == []


def test_rows_stand_where_they_are_read() -> None:
    assert {path.name for path in HERE.glob("*domains.toml")} == {"known_domains.toml", "ordinary_domains.toml"}


@pytest.mark.parametrize(
    ("domain", "organisation"),
    [
        ("habo.se", "Håbo kommun"),
        ("habokommun.se", "Habo kommun"),
        ("engelholm.se", "Ängelholms kommun"),
        ("herjedalen.se", "Härjedalens kommun"),
        ("hellefors.se", "Hällefors kommun"),
        ("falun.se", "Falu kommun"),
        ("mora.se", "Mora kommun"),
        ("dalsed.se", "Dals-Eds kommun"),
        ("lillaedet.se", "Lilla Edets kommun"),
        ("upplands-bro.se", "Upplands-Bro kommun"),
        ("upplandsvasby.se", "Upplands Väsby kommun"),
        ("malung-salen.se", "Malung-Sälens kommun"),
        ("gotland.se", "Region Gotland"),
        ("vgregion.se", "Västra Götalandsregionen"),
        ("rjl.se", "Region Jönköpings län"),
        ("lansstyrelsen.se", "Länsstyrelserna"),
        ("stat-inst.se", "Statens institutionsstyrelse"),
    ],
)
def test_domains_that_differ_from_the_name(domain: str, organisation: str) -> None:
    assert KNOWN.organisations[domain] == organisation
