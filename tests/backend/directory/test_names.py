"""Who is easily taken for whom, and who was meant by an address that nobody has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.directory.names import MOST, meant_by, namesakes
from backend.domain.directory import DirectoryEntry, EntryKind


def entry(name: str, address: str = "", kind: EntryKind = EntryKind.PERSON, **fields: object) -> DirectoryEntry:
    address = address or f"{name.lower().replace(' ', '.')}@granvik.example"
    return DirectoryEntry(id=f"{address} {name}", kind=kind, address=address, name=name, **fields)  # type: ignore[arg-type]  # DirectoryEntry's fields


NAMESAKES = [
    ("Anna Berg", "Anna Berg"),
    ("Anna Berg", "ANNA BERG"),
    ("Anna Berg", "Anna Bergh"),
    ("Anna Berg", "Berg, Anna"),
    ("Anna Berg", "Berg Anna"),
    ("Anna Berg", "Anna Berg (Miljö)"),
    ("Anna Berg", "Anna Berg - Socialförvaltningen"),
    ("Anna-Karin Åberg", "Annakarin Aberg"),
    ("Anna-Karin Åberg", "Anna Karin Åberg"),
    ("Anna Karin Åberg", "Anna Åberg"),
    ("Maria Eriksson", "Mariah Ericsson"),
    ("Maria Eriksson", "Maria Erikson"),
    ("Maria Eriksson", "Marie Eriksson"),
    ("Per Svensson", "Per Swensson"),
    ("Lena Karlsson", "Lena Carlsson"),
    ("Kristina Holm", "Christina Holm"),
    ("Katarina Holm", "Catharina Holm"),
    ("Sofia Holm", "Sophia Holm"),
    ("Niklas Lind", "Niclas Lindh"),
    ("Gustav Wik", "Gustaf Vik"),
    ("Mikael Fransson", "Michael Franzon"),
    ("José Martínez", "Jose Martinez"),
    ("Mohammed Ali", "Muhammed Ali"),
    ("Søren Ødegård", "Soren Odegard"),
    ("Jörgen Öberg", "Joergen Oeberg"),
    ("Anna Lindberg", "Anna Lundberg"),
    ("Johan Ek", "Johann Ek"),
    ("Eva Berg Holm", "Eva Holm"),
    ("Eva Berg-Holm", "Eva Berg"),
    ("Martin Thomas", "Thomas Martin"),
    ("Johan Petersson", "Johan Pettersson"),
    ("Andersson Sara", "Sara Anderson"),
]
STRANGERS = [
    ("Anna Berg", "Anders Berg"),
    ("Anna Berg", "Hanna Berg"),
    ("Anna Berg", "Anna Borg"),
    ("Anna Berg", "Anna Holm"),
    ("Anna Berg", "Anna"),
    ("Anna Berg", ""),
    ("Anna-Karin Berg", "Anna Berg"),
    ("Bo Ek", "Bob Ek"),
    ("Bo Ek", "Bo Ekman"),
    ("Lisa Eriksson", "Lena Eriksson"),
    ("Maria Eriksson", "Mats Eriksson"),
    ("Maria Eriksson", "Maria Henriksson"),
    ("Maria Lindberg", "Marie Lundberg"),
    ("Eva Berg-Holm", "Eva Berg-Falk"),
    ("Johan Ek", "Jan Ek"),
    ("Anders Lind", "Andreas Lind"),
    ("Ida Li", "Ada Li"),
    ("Per Nilsson", "Per Nordström"),
    ("Eva Ahlberg", "Eva Dahlberg"),
    ("Marina Holm", "Carina Holm"),
]


@pytest.mark.parametrize(("one", "other"), NAMESAKES)
def test_easily_taken_for_one_another(one: str, other: str) -> None:
    first, second = entry(one, "x1@granvik.example"), entry(other, "x2@granvik.example")
    assert namesakes(first, [second]) == (second,)
    assert namesakes(second, [first]) == (first,)


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_told_apart(one: str, other: str) -> None:
    first, second = entry(one, "x1@granvik.example"), entry(other, "x2@granvik.example")
    assert namesakes(first, [second]) == ()
    assert namesakes(second, [first]) == ()


def test_one_is_no_namesake_of_oneself_and_only_people_have_any() -> None:
    anna = entry("Anna Berg")
    group, away = entry("Anna Berg", "g@x.example", EntryKind.GROUP), entry("Anna Berg", "a@x.example", enabled=False)
    assert namesakes(anna, [anna, group, away]) == ()
    assert namesakes(group, [anna]) == ()


def test_likeliest_first_and_five_at_most() -> None:
    near = [entry("Maria Eriksson", f"m{number}@granvik.example") for number in range(3)]
    farther = [entry("Marja Eriksson", "x@granvik.example"), entry("Maria Ericsson", "y@granvik.example")]
    found = namesakes(entry("Maria Eriksson"), [*farther, *near, entry("Maja Eriksson")])
    assert found[:3] == tuple(near)
    assert found[3] == farther[1]
    assert len(found) == MOST


def test_given_name_and_surname_of_their_own_go_before_the_display_name() -> None:
    first = entry("berann02", "berann02@granvik.example", given_name="Anna", surname="Berg")
    assert namesakes(entry("Anna Berg"), [first]) == (first,)


ANNA = entry("Anna Berg")
PEOPLE = [
    ANNA,
    entry("Anna-Karin Öström", "anna-karin.ostrom@granvik.example"),
    entry("Johan Ek"),
    entry("Jörgen Wåhlberg", "jorgen.wahlberg@skola.granvik.example"),
    entry("Sara Holm", "sara.lindqvist@granvik.example"),
    entry("Bo Ek"),
    entry("Hilda Dahl"),
    entry("Kim Falk", "kimfa02@granvik.example"),
    entry("Receptionen", "reception@granvik.example", EntryKind.SHARED_MAILBOX),
    entry("Alla på Björkskolan", "bjorkskolan.alla@granvik.example", EntryKind.GROUP),
    entry("Anna Borg", enabled=False),
]
MEANT = [
    ("anna.bergh", "Anna Berg"),
    ("annaberg", "Anna Berg"),
    ("anaberg", "Anna Berg"),
    ("a.berg", "Anna Berg"),
    ("aberg", "Anna Berg"),
    ("berg.anna", "Anna Berg"),
    ("berg.a", "Anna Berg"),
    ("berganna", "Anna Berg"),
    ("anna_berg", "Anna Berg"),
    ("anna.berg2", "Anna Berg"),
    ("anna.breg", "Anna Berg"),
    ("anan.berg", "Anna Berg"),
    ("ann.aberg", "Anna Berg"),
    ("annab.erg", "Anna Berg"),
    ("nna.berg", "Anna Berg"),
    ("anna.ber", "Anna Berg"),
    ("anna.berg@granvik.exampel", "Anna Berg"),
    ("annakarin.ostrom", "Anna-Karin Öström"),
    ("anna.karin.ostrom", "Anna-Karin Öström"),
    ("annakarin.oestroem", "Anna-Karin Öström"),
    ("anna-karin.öström", "Anna-Karin Öström"),
    ("jorgen.wahlberg", "Jörgen Wåhlberg"),
    ("joergen.waahlberg", "Jörgen Wåhlberg"),
    ("jorgen.valberg", "Jörgen Wåhlberg"),
    ("j.wahlberg", "Jörgen Wåhlberg"),
    ("johann.ek", "Johan Ek"),
    ("h.dahl", "Hilda Dahl"),
    ("jhoan.ek", "Johan Ek"),
    ("johanek", "Johan Ek"),
    ("sara.holm", "Sara Holm"),
    ("sara.lindkvist", "Sara Holm"),
    ("kimfa", "Kim Falk"),
    ("kim.falk", "Kim Falk"),
    ("receptionen", ""),
    ("recepton", "Receptionen"),
    ("bjorkskolan-alla", "Alla på Björkskolan"),
    ("bjorkskolanalla", "Alla på Björkskolan"),
    ("anders.berg", ""),
    ("anna.holm", ""),
    ("anna.borg", "Anna Berg"),
    ("berg", ""),
    ("bob.ek", ""),
    ("b.ek", ""),
    ("x", ""),
    ("", ""),
    ("@granvik.example", ""),
    ("123", ""),
    ("...", ""),
]


@pytest.mark.parametrize(("typed", "name"), MEANT)
def test_who_was_meant(typed: str, name: str) -> None:
    found = meant_by(typed, PEOPLE)
    assert [one.name for one in found[:1]] == [name] * bool(name)


@given(st.text(), st.text())
def test_no_name_and_no_address_is_too_odd(name: str, address: str) -> None:
    one, other = entry(name, "one@example.se"), entry(name, "other@example.se")
    assert set(namesakes(one, [other])) <= {other}
    assert set(meant_by(address, [one, other, entry(name, address or "a")])) <= {
        one,
        other,
        entry(name, address or "a"),
    }
