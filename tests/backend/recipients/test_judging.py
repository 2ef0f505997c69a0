"""Who a recipient turns out to be: one row for each kind of address that somebody may write to."""

import pytest

from backend.domain.draft import Mailbox, Recipient, RecipientRole
from backend.domain.recipient import Concern, RecipientVerdict
from tests.backend.recipients.judging_desk import DIRECTORY, SARA, judged, to

V, C = RecipientVerdict, Concern
OMAR = Mailbox("omar.haddad@granvik.example", "Omar Haddad")
CHRISTER = Mailbox("christer.palm@granvik.example", "Christer Palm")
JOUR = Mailbox("socialjouren@granvik.example", "Socialjouren")
STRANGER = Mailbox("nobody@granvik.example")
OWN, NEAR = "@granvik.example", "@granvlk.example"

FROM_SARA = [
    # The same branch of activity.
    ("kerstin.aberg@granvik.example", V.VERIFIED, set()),
    ("KERSTIN.ABERG@GRANVIK.EXAMPLE", V.VERIFIED, set()),
    ("  kerstin.aberg@granvik.example ", V.VERIFIED, set()),
    ("orosanmalan.chef@granvik.example", V.VERIFIED, set()),
    ("amina.warsame@granvik.example", V.VERIFIED, set()),
    ("jonas.hedlund@granvik.example", V.VERIFIED, set()),
    ("eva-lena.moberg@granvik.example", V.VERIFIED, set()),
    ("bengt.stahl@granvik.example", V.VERIFIED, set()),
    ("sara.lindqvist@granvik.example", V.VERIFIED, set()),
    # Namesakes.
    ("anna.berg@granvik.example", V.VERIFIED, {C.NAMESAKE}),
    ("anna.berg2@granvik.example", V.OTHER_UNIT, {C.NAMESAKE}),
    ("maria.eriksson@granvik.example", V.VERIFIED, {C.NAMESAKE}),
    ("maria.larsson@granvik.example", V.VERIFIED, {C.NAMESAKE}),
    ("mariah.ericsson@skola.granvik.example", V.OTHER_UNIT, {C.NAMESAKE}),
    # Mail tips.
    ("david.sjogren@granvik.example", V.VERIFIED, {C.AUTOMATIC_REPLY}),
    ("stefan.krook@granvik.example", V.OTHER_UNIT, {C.MAILBOX_FULL}),
    # Another committee, or another branch under the same one.
    ("omar.haddad@granvik.example", V.OTHER_UNIT, set()),
    ("linda.forsberg@skola.granvik.example", V.OTHER_UNIT, set()),
    ("birgitta.lundin@skola.granvik.example", V.OTHER_UNIT, set()),
    ("johan.ek@granvik.example", V.OTHER_UNIT, set()),
    ("mira.nystrom@granvik.example", V.OTHER_UNIT, set()),
    ("gunnel.oberg@granvik.example", V.OTHER_UNIT, set()),
    ("pelle.grahn@granvik.example", V.OTHER_UNIT, set()),
    ("ulla.sandstrom@granvik.example", V.OTHER_UNIT, set()),
    ("rolf.axelsson@granvik.example", V.OTHER_UNIT, set()),
    ("zara.blom@granvik.example", V.OTHER_UNIT, set()),
    ("agneta.ros@granvik.example", V.OTHER_UNIT, set()),
    ("simon.kvist@granvik.example", V.OTHER_UNIT, set()),
    ("malin.brandt@granvik.example", V.OTHER_UNIT, set()),
    ("christer.palm@granvik.example", V.OTHER_UNIT, set()),
    ("ingrid.norberg@granvik.example", V.OTHER_UNIT, set()),
    # Mailboxes that are nobody's own, and rooms: they have a department or none.
    ("socialjouren@granvik.example", V.VERIFIED, set()),
    ("reception@granvik.example", V.OTHER_UNIT, set()),
    ("info@granvik.example", V.OTHER_UNIT, set()),
    ("registrator@granvik.example", V.OTHER_UNIT, set()),
    ("kommun@granvik.example", V.OTHER_UNIT, set()),
    ("bjorkskolan@skola.granvik.example", V.OTHER_UNIT, set()),
    ("rum.eken@granvik.example", V.VERIFIED, set()),
    ("rum.samtal@granvik.example", V.VERIFIED, set()),
    # Groups.
    ("barnochfamilj@granvik.example", V.GROUP, set()),
    ("ledningsgruppen@granvik.example", V.GROUP, {C.OTHER_UNITS_IN_GROUP}),
    ("personal.bjorkskolan@skola.granvik.example", V.GROUP, {C.OTHER_UNITS_IN_GROUP}),
    ("projekt.samverkan@granvik.example", V.GROUP, {C.EXTERNAL_MEMBERS, C.OTHER_UNITS_IN_GROUP}),
    ("chefer@granvik.example", V.GROUP, {C.MEMBERS_UNKNOWN}),
    # Closed accounts, guests, contacts.
    ("lars.holm@granvik.example", V.DISABLED, set()),
    ("petra.falk@konsult.example", V.EXTERNAL, set()),
    ("bup.granvik@region.example", V.EXTERNAL, set()),
    ("vardcentralen.lunden@region.example", V.EXTERNAL, set()),
    ("elsa.modin@advokat.example", V.EXTERNAL, set()),
    # Own domains, and nobody there.
    ("nobody@granvik.example", V.UNKNOWN, set()),
    ("anna.bergh@granvik.example", V.UNKNOWN, set()),
    ("kerstin.aberg@skola.granvik.example", V.UNKNOWN, set()),
    ("kerstin.aberg@politiker.granvik.example", V.UNKNOWN, set()),
    ("аnna.berg@granvik.example", V.UNKNOWN, set()),
    # Others outside.
    ("bo.lind@example.se", V.EXTERNAL, set()),
    ("bo.lind@xn--brby-noa.example", V.EXTERNAL, set()),
    ("handlaggare@forsakringskassan.se", V.EXTERNAL, set()),
    ("x@motala.se", V.EXTERNAL, set()),
    ("x@edu.motala.se", V.EXTERNAL, set()),
    ("x@ronneby.se", V.EXTERNAL, set()),
    ("x@skane.se", V.EXTERNAL, set()),
    ("x@1177.se", V.EXTERNAL, set()),
    ("x@[192.0.2.1]", V.EXTERNAL, set()),
    ('"anna berg"@example.se', V.EXTERNAL, set()),
    ("o'neil@example.se", V.EXTERNAL, set()),
    # Private mailboxes.
    ("bo@gmail.com", V.PRIVATE, set()),
    ("BO@GMAIL.COM", V.PRIVATE, set()),
    ("bo.lind@hotmail.se", V.PRIVATE, set()),
    ("bo.lind@telia.com", V.PRIVATE, set()),
    ("bo@icloud.com", V.PRIVATE, set()),
    ("lindqvist@gmail.com", V.PRIVATE, set()),
    ("sara@gmail.com", V.PRIVATE, set()),
    ("sara.lindqvist@gmail.com", V.PRIVATE, {C.OWN_PRIVATE_ADDRESS}),
    ("sara_lindqvist.74@hotmail.com", V.PRIVATE, {C.OWN_PRIVATE_ADDRESS}),
    ("lindqvistsara@live.se", V.PRIVATE, {C.OWN_PRIVATE_ADDRESS}),
    ("slindqvist@hotmail.com", V.PRIVATE, {C.OWN_PRIVATE_ADDRESS}),
    ("sara.lindkvist@gmx.de", V.PRIVATE, {C.OWN_PRIVATE_ADDRESS}),
    ("sara.linden@gmail.com", V.PRIVATE, set()),
    # Almost the own domain.
    ("anna.berg@granvlk.example", V.LOOKALIKE, set()),
    ("anna.berg@granvik.exmaple", V.LOOKALIKE, set()),
    ("anna.berg@gränvik.example", V.LOOKALIKE, set()),
    ("anna.berg@grаnvik.example", V.LOOKALIKE, set()),
    ("anna.berg@xn--grnvik-cua.example", V.LOOKALIKE, set()),
    ("anna.berg@granvik.se", V.LOOKALIKE, set()),
    ("anna.berg@granvik.com", V.LOOKALIKE, set()),
    ("anna.berg@granviks.example", V.LOOKALIKE, set()),
    ("anna.berg@gravnik.example", V.LOOKALIKE, set()),
    ("anna.berg@grannvik.example", V.LOOKALIKE, set()),
    ("anna.berg@granvik-kommun.example", V.LOOKALIKE, set()),
    ("anna.berg@granvik.example.evil.example", V.LOOKALIKE, set()),
    ("mariah.ericsson@skola-granvik.example", V.LOOKALIKE, set()),
    ("mariah.ericsson@skolagranvik.example", V.LOOKALIKE, set()),
    ("anna.berg@granvik", V.LOOKALIKE, set()),
    # The machine reads these as the own domain.
    ("kerstin.aberg@ｇranvik.example", V.LOOKALIKE, set()),
    ("kerstin.aberg@granvik\ufe0f.example", V.LOOKALIKE, set()),
    ("kerstin.aberg@gran\u034fvik.example", V.LOOKALIKE, set()),
    ("kerstin.aberg@granvik。example", V.LOOKALIKE, set()),
    # Almost a partner's domain in the address book.
    ("bup.granvik@regoin.example", V.LOOKALIKE, set()),
    ("elsa.modin@advokat.exmaple", V.LOOKALIKE, set()),
    # A colleague's name at somebody else's domain.
    ("kerstin.aberg@outlook.com", V.PRIVATE, {C.COLLEAGUE_ELSEWHERE}),
    ("kerstin.aberg@example.se", V.EXTERNAL, {C.COLLEAGUE_ELSEWHERE}),
    ("kerstin@example.se", V.EXTERNAL, set()),
    ("lars.holm@example.se", V.EXTERNAL, {C.COLLEAGUE_ELSEWHERE}),
    # Almost others' domains.
    ("x@motala.com", V.LOOKALIKE, set()),
    ("x@mottala.se", V.LOOKALIKE, set()),
    ("x@motala-kommun.se", V.LOOKALIKE, set()),
    ("x@ronnneby.se", V.LOOKALIKE, set()),
    ("x@forsakringkassan.se", V.LOOKALIKE, set()),
    ("x@förskringskassan.se", V.LOOKALIKE, set()),
    ("x@skatteverkett.se", V.LOOKALIKE, set()),
    ("x@gmial.com", V.LOOKALIKE, set()),
    ("x@hotmial.com", V.LOOKALIKE, set()),
    # Ordinary domains that look a little like something.
    ("x@ale.com", V.EXTERNAL, set()),
    ("x@mark.com", V.EXTERNAL, set()),
    ("x@habokommun.se", V.EXTERNAL, set()),
    ("x@habo.se", V.EXTERNAL, set()),
    ("x@granskog.example", V.EXTERNAL, set()),
    ("x@notgmail.com", V.EXTERNAL, set()),
    # No address at all.
    ("", V.UNVERIFIABLE, set()),
    ("anna.berg@polisen", V.UNVERIFIABLE, set()),
    ("\u212aerstin.aberg@granvik.example", V.UNVERIFIABLE, set()),
    ("ｋerstin.aberg@granvik.example", V.UNVERIFIABLE, set()),
    ("@", V.UNVERIFIABLE, set()),
    ("anna.berg", V.UNVERIFIABLE, set()),
    ("Anna Berg", V.UNVERIFIABLE, set()),
    ("@granvik.example", V.UNVERIFIABLE, set()),
    ("anna.berg@", V.UNVERIFIABLE, set()),
    ("anna berg@granvik.example", V.UNVERIFIABLE, set()),
    ("anna.berg@granvik.example\0", V.UNVERIFIABLE, set()),
    ("anna.berg@granvik.example\u200b", V.UNVERIFIABLE, set()),
    ("<anna.berg@granvik.example>", V.UNVERIFIABLE, set()),
    ("anna.berg@granvik.example@evil.example", V.UNVERIFIABLE, set()),
    ("evil@evil.example, anna.berg@granvik.example", V.UNVERIFIABLE, set()),
    ("anna.berg@granvik.example;bo@example.se", V.UNVERIFIABLE, set()),
    ("/o=ExchangeLabs/ou=Group/cn=Recipients/cn=anna", V.UNVERIFIABLE, set()),
    ("a" * 400 + "@example.se", V.UNVERIFIABLE, set()),
]

FROM_OTHERS = [
    (OMAR, "linda.forsberg@skola.granvik.example", V.VERIFIED),
    (OMAR, "per.lindgren@granvik.example", V.VERIFIED),
    (OMAR, "sara.lindqvist@granvik.example", V.OTHER_UNIT),
    (OMAR, "agneta.ros@granvik.example", V.OTHER_UNIT),
    (CHRISTER, "ingrid.norberg@granvik.example", V.VERIFIED),
    (CHRISTER, "sara.lindqvist@granvik.example", V.OTHER_UNIT),
    # A shared mailbox writes for its department.
    (JOUR, "sara.lindqvist@granvik.example", V.VERIFIED),
    (JOUR, "omar.haddad@granvik.example", V.OTHER_UNIT),
    # Nobody knows where the sender works: no border can be told, and none is claimed.
    (STRANGER, "omar.haddad@granvik.example", V.VERIFIED),
    (None, "omar.haddad@granvik.example", V.VERIFIED),
    (None, "sara.lindqvist@gmail.com", V.PRIVATE),
]


def test_there_are_enough_rows() -> None:
    assert len(FROM_SARA) + len(FROM_OTHERS) >= 120
    assert {verdict for _, verdict, _ in FROM_SARA} == set(V)


@pytest.mark.parametrize(("address", "verdict", "concerns"), FROM_SARA, ids=[ascii(row[0])[:60] for row in FROM_SARA])
def test_recipient(address: str, verdict: RecipientVerdict, concerns: set[Concern]) -> None:
    (one,) = judged(to(address)).each
    assert (one.verdict, {doubt.concern for doubt in one.doubts}) == (verdict, concerns)
    assert (one.reason is not None) is (verdict is V.UNVERIFIABLE)
    assert (one.resembles != "") is (verdict is V.LOOKALIKE)


@pytest.mark.parametrize(("sender", "address", "verdict"), FROM_OTHERS)
def test_border_depends_on_the_sender(sender: Mailbox | None, address: str, verdict: RecipientVerdict) -> None:
    assert judged(to(address), sender).each[0].verdict is verdict


def test_group_across_borders_says_whom_it_reaches() -> None:
    (group,) = judged(to("socialforvaltningen@granvik.example")).each
    assert [(one.concern, dict(one.words)) for one in group.doubts] == [
        (C.OTHER_UNITS_IN_GROUP, {"names": "Vård och omsorg (3)"})
    ]
    (group,) = judged(to("skolorna@granvik.example"), OMAR).each
    assert group.doubts == ()
    (group,) = judged(to("skolorna@granvik.example"), STRANGER).each
    assert group.doubts == ()


def test_border_says_whose_it_is() -> None:
    (omar,) = judged(to(OMAR.address)).each
    assert (omar.committee, omar.branch) == ("Barn- och utbildningsnämnden", "Barn och utbildning")


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("anna.berg@granvlk.example", ["anna.berg@granvik.example"]),
        ("kerstin.aberg@granvik.com", ["kerstin.aberg@granvik.example"]),
        ("kerstin.abreg@granvik.example", ["kerstin.aberg@granvik.example"]),
        ("omar.hadad@granvik.example", ["omar.haddad@granvik.example"]),
        ("anna.berg@granvik.example", ["anna.berg2@granvik.example"]),
        ("qqqqqqqq@granvik.example", []),
        ("x@motala.com", []),
    ],
)
def test_somebody_else_may_have_been_meant(address: str, meant: list[str]) -> None:
    (one,) = judged(to(address)).each
    assert [entry.address for entry in one.meant] == meant


def test_a_friendly_name_changes_nothing() -> None:
    (one,) = judged([Recipient(Mailbox("x@example.se", "kerstin.aberg@granvik.example"))]).each
    assert one.verdict is V.EXTERNAL


@pytest.mark.parametrize(
    ("count", "role", "told"),
    [
        (9, RecipientRole.TO, False),
        (10, RecipientRole.TO, True),
        (10, RecipientRole.CC, True),
        (10, RecipientRole.REQUIRED, True),
        (30, RecipientRole.BCC, False),
    ],
)
def test_externals_who_see_each_other(count: int, role: RecipientRole, *, told: bool) -> None:
    outside = to(*(f"foralder{number}@example.se" for number in range(count)), role=role)
    assert (C.EXTERNALS_SEE_EACH_OTHER in {one.concern for one in judged(outside).doubts}) is told
    twice = [*outside, *outside, *to(SARA.address)]
    assert (C.EXTERNALS_SEE_EACH_OTHER in {one.concern for one in judged(twice).doubts}) is told


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        (
            [
                f"rektor@{name}.se"
                for name in ("motala", "ronneby", "lund", "kil", "ale", "eda", "hjo", "ydre", "boden", "arboga")
            ],
            False,
        ),
        ([f"info@foretag{number}.se" for number in range(20)], False),
        ([f"foralder{number}@gmail.com" for number in range(4)], False),
        ([f"foralder{number}@gmail.com" for number in range(5)], True),
    ],
)
def test_whose_addresses_are_to_be_hidden(addresses: list[str], *, told: bool) -> None:
    assert (C.EXTERNALS_SEE_EACH_OTHER in {one.concern for one in judged(to(*addresses)).doubts}) is told


def test_name_shown_of_a_colleague() -> None:
    (one,) = judged([Recipient(Mailbox("chef@foretag.example", "Kerstin Åberg"))]).each
    assert [doubt.concern for doubt in one.doubts] == [C.COLLEAGUE_ELSEWHERE]
    assert [entry.address for entry in one.meant] == ["kerstin.aberg@granvik.example"]


def test_colleagues_may_see_each_other() -> None:
    inside = to(*(entry.address for entry in DIRECTORY.known_entries() if not entry.guest))
    assert C.EXTERNALS_SEE_EACH_OTHER not in {one.concern for one in judged(inside).doubts}


def test_answers_stand_in_the_order_of_the_questions() -> None:
    addresses = [address for address, *_ in FROM_SARA]
    assert [one.verdict for one in judged(to(*addresses)).each] == [verdict for _, verdict, _ in FROM_SARA]


def test_repr_tells_nobody() -> None:
    shown = repr(judged(to("kerstin.aberg@granvik.example", "anna.berg@granvlk.example", "bup.granvik@region.example")))
    assert [word for word in ("kerstin", "Åberg", "granv", "Berg", "region") if word.lower() in shown.lower()] == []
