"""Policy files: the three that ship, `extends`, and every way in which one can be wrong."""

from pathlib import Path

import pytest

from backend.decision.policy import POLICY_FOLDER, read_policy
from backend.domain.errors import WrongPolicy
from backend.domain.label import Category, Label

STANDARD = (POLICY_FOLDER / "standard.toml").read_text("utf-8")
HEAD = 'extends = "standard"\nid = "own"\nname = "Own"\nversion = "1"\n'
LEVEL = '[[level]]\nid = "x"\nlabel = "kanslig"\ncategories = ["health"]\nsource = ["M1"]\ntext = "x"\n'
OBLIGATION = (
    '[[obligation]]\ncode = "set_label"\nwhen = []\ndecisions = [{ decision = "block" }]\nsource = ["M4"]\ntext = "x"\n'
)
KANSLIG = '[[label]]\nid = "kanslig"\n'

INVALID = {
    "unknown key": HEAD + "loud = true\n",
    "unknown key in a row": HEAD + LEVEL + "loud = true\n",
    "wrong type": HEAD + "label = 5\n",
    "threshold over one": HEAD + "[thresholds]\nsensitive_from = 1.5\n",
    "threshold is no number": HEAD + '[thresholds]\nsensitive_from = "half"\n',
    "unknown label": HEAD + LEVEL.replace('"kanslig"', '"topp"'),
    "unknown category": HEAD + LEVEL.replace('"health"', '"weather"'),
    "unknown fact in a level": HEAD + LEVEL + 'facts = ["raining"]\n',
    "unknown fact in when": HEAD + OBLIGATION.replace("when = []", 'when = ["raining"]'),
    "unknown fact in met_when": HEAD + OBLIGATION + 'met_when = ["raining"]\n',
    "unknown fact in unless": HEAD + OBLIGATION + 'unless = ["raining"]\n',
    "unknown fact in if": HEAD + OBLIGATION.replace("{ decision", '{ if = ["raining"], decision'),
    "unknown fact in a tip": HEAD + '[[tip]]\nwhen = ["raining"]\ntext = "x"\n',
    "unknown guideline row": HEAD + LEVEL.replace("M1", "M99"),
    "unknown decision": HEAD + OBLIGATION.replace('"block"', '"shout"'),
    "no decision": HEAD + OBLIGATION.replace('{ decision = "block" }', ""),
    "unknown ground": HEAD + OBLIGATION + 'ground = "mood"\n',
    "unknown word in a text": HEAD + OBLIGATION.replace('text = "x"', 'text = "{labell}"'),
    "attribute in a text": HEAD + OBLIGATION.replace('text = "x"', 'text = "{label.__class__}"'),
    "number in a text": HEAD + OBLIGATION.replace('text = "x"', 'text = "{}"'),
    "form in a text": HEAD + OBLIGATION.replace('text = "x"', 'text = "{label:d}"'),
    "open brace in a text": HEAD + OBLIGATION.replace('text = "x"', 'text = "{label"'),
    "unknown channel": HEAD + KANSLIG + 'channel = "pigeon"\n',
    "unknown aspect": HEAD + KANSLIG + 'classification = { mood = "High" }\n',
    "colour": HEAD + KANSLIG + 'color = "red"\n',
    "id": HEAD.replace('"own"', '"Ö"'),
    "version too long": HEAD.replace('version = "1"', f'version = "{"1" * 65}"'),
    "row without id": HEAD + LEVEL.replace('id = "x"\n', ""),
    "row whose id is a list": HEAD + LEVEL.replace('id = "x"', 'id = ["x"]'),
    "extends a number": "extends = 5\n",
    "extends a list": "extends = []\n",
    "a label is missing": STANDARD.replace('id = "kanslig"\nname', 'id = "none"\nname'),
    "a category is missing": STANDARD.replace('photo = { name = "Foto på person"', '# { name = "'),
    "empty": "",
}
UNREADABLE = {
    "not TOML": b"[[",
    "not UTF-8": 'name = "Malmö"'.encode("latin-1"),
    "deep": b"x = " + b"[" * 100_000,
    "binary": bytes(range(256)),
}


@pytest.mark.parametrize("content", INVALID.values(), ids=INVALID.keys())
def test_wrong_shape_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(WrongPolicy) as caught:
        read_policy(str(path))
    assert caught.value.code == "policy_invalid"
    assert caught.value.detail


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_toml_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(content)
    with pytest.raises(WrongPolicy, match="policy_unreadable"):
        read_policy(str(tmp_path / "own.toml"))


@pytest.mark.parametrize("name", ["nowhere", "", ".", "../standard.toml", "a\0b", "/"])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(WrongPolicy, match="policy_not_found"):
        read_policy(name)


def test_overlong_name_is_refused() -> None:
    with pytest.raises(WrongPolicy):
        read_policy("a" * 100_000)


def test_ring_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "{path}"\n', "utf-8")
    with pytest.raises(WrongPolicy, match="policy_invalid"):
        read_policy(str(path))


@pytest.mark.parametrize("name", ["standard", "motala", "ronneby"])
def test_shipped_policy(name: str) -> None:
    policy = read_policy(name)
    assert policy.id == name
    assert [text.id for text in policy.rules.label] == list(Label)
    assert set(policy.rules.categories) == set(Category)
    assert [policy.label(label).assurance for label in Label] == ["", "LOA2", "LOA3"]
    assert all(policy.label(label).classification.keys() == policy.rules.aspects.keys() for label in Label)


def test_policies_differ_where_the_guidelines_do() -> None:
    meeting = {
        name: next(one for one in read_policy(name).rules.channel if one.kind == "meeting").name
        for name in ("motala", "ronneby")
    }
    assert meeting == {"motala": "Sefos möte", "ronneby": "Secure meeting"}
    assert "sefos.example" not in read_policy("ronneby").rules.places.approved_meeting_hosts


def test_extends_merges_tables_by_key_and_rows_by_id(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    tables = '[thresholds]\nsevere_from = 0.9\n[places]\nprivate_domains = ["x.example"]\n'
    changes = tables + KANSLIG + 'name = "Intern"\n'
    path.write_text(HEAD + changes + LEVEL, "utf-8")
    own, base = read_policy(str(path)), read_policy("standard")
    assert own.rules.thresholds.model_dump() == base.rules.thresholds.model_dump() | {"severe_from": 0.9}
    assert own.label(Label.KANSLIG) == base.label(Label.KANSLIG).model_copy(update={"name": "Intern"})
    assert own.label(Label.MYCKET_KANSLIG) == base.label(Label.MYCKET_KANSLIG)
    assert own.rules.places.private_domains == ("x.example",)
    assert own.rules.places.meeting_hosts == base.rules.places.meeting_hosts
    assert [rule.id for rule in own.rules.level] == [*(rule.id for rule in base.rules.level), "x"]
    assert own.rules.obligation == base.rules.obligation


def test_lists_without_ids_are_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + OBLIGATION, "utf-8")
    assert [rule.text for rule in read_policy(str(path)).rules.obligation] == ["x"]


def test_two_edits_never_share_a_version(tmp_path: Path) -> None:
    versions = set()
    for severe in (0.7, 0.8):
        path = tmp_path / "own.toml"
        path.write_text(f"{HEAD}[thresholds]\nsevere_from = {severe}\n", "utf-8")
        versions.add(read_policy(str(path)).version)
    assert len(versions) == 2
    assert all(version.startswith("1+") for version in versions)


OWNER = '[[information_owner]]\nid = "x"\naccount = "a"\naddress = "a@granvik.example"\n'
NOBODY_TO_ASK = {
    "no reasons": "reason = []\n",
    "the same reason twice": "\n".join(
        '[[reason]]\ncode = "same_case"\ntext = "x"\ntext_en = "x"\nsource = "x"\n' for _ in range(2)
    ),
    "owners, and none is named": '[approval]\napprovers = ["information_owner"]\n',
    "an owner of nothing": OWNER,
    "an owner of no branch of ours": f'{OWNER}branch = "harbour"\n',
    "an owner without an account": OWNER.replace('"a"', '""') + 'branch = "school"\n',
    "an owner whose address is none": OWNER.replace("a@granvik.example", "Anna") + 'branch = "school"\n',
    "threads that are forgotten before an answer": "[retention]\nflagged_threads = 1\n",
    "an obligation too long for the log": f'[[obligation]]\ncode = "{"x" * 61}"\nwhen = []\nsource = []\ntext = ""\n'
    'decisions = [{ decision = "block" }]\n',
}


@pytest.mark.parametrize("content", NOBODY_TO_ASK.values(), ids=NOBODY_TO_ASK.keys())
def test_what_would_leave_a_request_without_an_answer_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "standard"\nid = "own"\n{content}', "utf-8")
    with pytest.raises(WrongPolicy) as caught:
        read_policy(str(path))
    assert caught.value.code == "policy_invalid"


def test_an_owner_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(f'extends = "standard"\nid = "own"\n{OWNER}branch = "school"\ncategories = ["health"]\n', "utf-8")
    (owner,) = read_policy(str(path)).rules.information_owner
    assert (owner.branch, owner.account) == ("school", "a")
