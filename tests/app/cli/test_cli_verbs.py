"""What the verbs do to records, evidence, cards and age files; and JSON on every one of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import Exit
from tests.app.cli.conftest import Hoopoe, World
from tests.app.cli.test_cli import VERBS

Key = tuple[str, str]


@pytest.fixture
def defender(world: World, tmp_path: Path) -> Path:
    return world.copy(world.defender, tmp_path)


def ways(ask: Any, vault: Path, place: Path, key: Key) -> None:
    """The verbs about what opens a vault, on a vault of their own."""
    new = place / "new phrase"
    new.write_text("one more way into this vault\n", "utf-8")
    chosen = ("--new-file", new, *key)
    slot = ask("vault", "slots", "add", vault, options=chosen)["slot"]
    ask("vault", "slots", "remove", vault, options=("--slot", slot, *key))
    ask("vault", "slots", "change", vault, options=chosen)
    second = ("--passphrase-file", new)
    ask("vault", "phrase", vault, options=second)
    made = ask("vault", "shares", "make", vault, options=("--needed", 2, "--count", 3, *second))
    (place / "shares").write_text("\n".join(made["shares"][1:]), "utf-8")
    given = ("--share", place / "shares")
    ask("vault", "shares", "drill", vault, options=given)
    (place / "third").write_text("the third way into this vault\n", "utf-8")
    ask("vault", "shares", "join", vault, options=(*given, "--new-file", place / "third"))
    ask("vault", "slots", "list", vault, options=second)
    ask("vault", "rekey", vault, options=("--new-file", new, *second))
    ask("vault", "costs")


def kept(ask: Any, vault: Path, place: Path, key: Key) -> None:
    """The verbs about keeping and ending, on a vault of their own, which is gone afterwards."""
    words = (word for each in ("language=en", "title=x", "narrative=y") for word in ("--set", each))
    made = ask("record", "add", vault, "incident", options=(*words, *key))["reference"]
    ask("record", "due", vault, options=key)
    for verb in ("remove", "bring-back", "remove", "erase"):
        ask("record", verb, vault, made, options=key)
    ask("vault", "salvage", vault, options=("--to", place / "salvaged", *key))
    ask("vault", "erase", vault, options=("--confirm", vault.name))


def body(hoopoe: Hoopoe, vault: Path, reference: str, key: Key) -> Any:
    return hoopoe("record", "show", vault, reference, *key, "--json").facts["body"]


# --- fields ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "field", "written"),
    [
        (["title@ar=زيارة"], "title", {"text": "زيارة", "lang": "ar", "dir": "rtl"}),
        (["title=Visit"], "title", {"text": "Visit", "lang": "en", "dir": "ltr"}),
        (["urgency=priority"], "urgency", {"list": "urgency", "key": "priority"}),
        (["urgency=urgency:priority"], "urgency", {"list": "urgency", "key": "priority"}),
        (
            ["requested_actions=private_demarche", "requested_actions=other: A quiet word"],
            "requested_actions",
            [
                {"list": "requested_action", "key": "private_demarche"},
                {"list": "requested_action", "key": "other", "other_text": "A quiet word"},
            ],
        ),
        (["new_legislation=yes"], "new_legislation", "yes"),
        (["victim_count=15-25"], "victim_count", {"min": 15, "max": 25}),
        (["victim_count=3"], "victim_count", {"min": 3, "max": 3, "exact": True}),
        (["legal_hold=yes", "legal_hold_reason=court"], "legal_hold", True),
        (["retention_until=2030-01-31"], "retention_until", "2030-01-31"),
        (
            ['victim_flags:={"minor":"yes"}'],
            "victim_flags",
            {"foreign_national": "not_asked", "minor": "yes", "official_or_judge": "not_asked"},
        ),
    ],
)
def test_a_field_is_set_in_the_form_of_the_formats(
    settings: list[str],
    field: str,
    written: object,
    hoopoe: Hoopoe,
    world: World,
    defender: Path,
    key: Key,
) -> None:
    words = [word for each in settings for word in ("--set", each)]
    ran = hoopoe("record", "edit", defender, world.incident, *words, *key)
    assert ran.status == Exit.DONE, ran.err
    assert body(hoopoe, defender, world.incident, key)[field] == written


@pytest.mark.parametrize(
    ("typed", "edtf", "earliest", "latest", "precision"),
    [
        ("2025-09-18", "2025-09-18", "2025-09-18", "2025-09-18", "day"),
        ("2024-02", "2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2025", "2025", "2025-01-01", "2025-12-31", "year"),
        ("the week before Eid", None, None, None, "unknown"),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_was_typed(
    typed: str,
    edtf: str | None,
    earliest: str | None,
    latest: str | None,
    precision: str,
    hoopoe: Hoopoe,
    world: World,
    defender: Path,
    key: Key,
) -> None:
    edit = ("record", "edit", defender, world.incident, "--set", f"period={typed}")
    assert hoopoe(*edit, *key).status == Exit.DONE
    start = body(hoopoe, defender, world.incident, key)["period"]["start"]
    assert start["original_text"] == typed
    assert (start.get("edtf"), start.get("earliest"), start.get("latest")) == (
        edtf,
        earliest,
        latest,
    )
    assert start["precision"]["key"] == precision


def test_two_dates_are_a_range(hoopoe: Hoopoe, world: World, defender: Path, key: Key) -> None:
    edit = ("record", "edit", defender, world.incident, "--set", "period=2025-09-18/2025-10")
    assert hoopoe(*edit, *key).status == Exit.DONE
    period = body(hoopoe, defender, world.incident, key)["period"]
    assert (period["start"]["edtf"], period["end"]["edtf"]) == ("2025-09-18", "2025-10")


def test_an_empty_value_empties_the_field(
    hoopoe: Hoopoe, world: World, defender: Path, key: Key
) -> None:
    for value in ("soon", ""):
        edit = ("record", "edit", defender, world.incident, "--set", f"summary={value}")
        assert hoopoe(*edit, *key).status == Exit.DONE
    assert "summary" not in body(hoopoe, defender, world.incident, key)


def test_a_reference_finds_the_record_it_names(
    hoopoe: Hoopoe, world: World, defender: Path, key: Key
) -> None:
    person = hoopoe(
        *("record", "add", defender, "person", "--set", "language=en"),
        *("--set", "identity_mode=coded", *key, "--json"),
    ).facts["reference"]
    act = (
        *("--set", f"incident={world.incident.lower()}", "--set", f"victim={person}"),
        *("--set", "act_type=arrest", "--set", "description=Taken from home"),
    )
    ran = hoopoe("record", "add", defender, "act", "--set", "language=en", *act, *key, "--json")
    assert ran.status == Exit.DONE, ran.err
    held = body(hoopoe, defender, ran.facts["reference"], key)
    incident = hoopoe("record", "show", defender, world.incident, *key, "--json").facts["id"]
    assert held["incident"] == incident


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("titel=x", "titel: unknown_field"),
        ("id=x", "id: not_editable"),
        ("schema_version=3", "schema_version: not_editable"),
        ("urgency=very", "urgency: unknown_term"),
        ("victim_count=many", "victim_count: not_a_count"),
        ("victim_flags=minor", "victim_flags: needs_json"),
        ("title", "title: not_a_setting"),
        (f"engagements={'{incident}'}", "engagements: wrong_kind"),
        ("title=", "title: missing"),
        ("period=03/04/2024", "period: two_days"),
        ("period=2025-02-30", "period: no_such_day"),
        ("period=31 February 2024", "period: no_such_day"),
        ("period=persian:30 Esfand 1402", "period: no_such_day"),
        ("period=1403-07-12", "period: year_out"),
        (
            'period:={{"start":{{"edtf":"2024","earliest":"2025-01-01"}}}}',
            "period: not_as_noted",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_nothing_is_saved(
    setting: str, problem: str, hoopoe: Hoopoe, world: World, key: Key
) -> None:
    words = ("--set", setting.format(incident=world.incident))
    ran = hoopoe("record", "edit", world.defender, world.incident, *words, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "invalid")
    assert problem in ran.facts["problems"]
    assert problem in ran.err


@pytest.mark.parametrize(
    "setting", ["new_legislation=perhaps", "retention_until=soon", "legal_hold=perhaps"]
)
def test_a_value_of_another_form_is_refused_with_its_field(
    setting: str, hoopoe: Hoopoe, world: World, key: Key
) -> None:
    words = ("--set", setting)
    ran = hoopoe("record", "edit", world.defender, world.incident, *words, *key, "--json")
    assert ran.facts["error"] == "malformed_record"
    assert ran.facts["field"] == setting.partition("=")[0]


def test_a_record_that_was_exported_can_be_taken_as_a_form(
    hoopoe: Hoopoe, world: World, defender: Path, tmp_path: Path, key: Key
) -> None:
    out = tmp_path / "records.jsonl"
    ran = hoopoe("record", "export", defender, world.incident, "--out", out, *key)
    assert ran.status == Exit.DONE
    assert "not encrypted" in ran.err
    (line,) = [json.loads(each) for each in out.read_text("utf-8").splitlines()]
    form = tmp_path / "form.json"
    form.write_text(json.dumps(line["body"]), "utf-8")
    ran = hoopoe("record", "add", defender, "incident", "--json-file", form, *key, "--json")
    assert ran.facts["id"] != line["id"]
    assert body(hoopoe, defender, ran.facts["id"], key)["title"] == line["body"]["title"]


def test_a_hostile_json_file_is_refused(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    form = tmp_path / "form.json"
    form.write_text('{"title": ' + "[" * 50_000 + "]" * 50_000 + "}", "utf-8")
    words = ("--json-file", form)
    ran = hoopoe("record", "edit", world.defender, world.incident, *words, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "malformed_json")


def test_search_finds_a_part_of_a_word(hoopoe: Hoopoe, world: World, key: Key) -> None:
    ran = hoopoe("record", "list", world.defender, "--search", "nigh", *key, "--json")
    assert [each["reference"] for each in ran.facts["records"]] == [world.incident]
    assert hoopoe("record", "list", world.defender, "--search", "xyzzy", *key).out == ""


# --- evidence and cards ---------------------------------------------------------------------


def test_evidence_comes_out_as_it_went_in(
    hoopoe: Hoopoe, world: World, defender: Path, tmp_path: Path, key: Key
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    ran = hoopoe("evidence", "export", defender, world.evidence, "--out", out, *key, "--json")
    assert ran.status == Exit.DONE
    assert (out / "photo.bin").read_bytes() == bytes(range(256)) * 500


def test_evidence_of_an_unknown_kind_is_refused(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    words = ("evidence", "add", world.defender, tmp_path / "x", "--to", world.incident)
    ran = hoopoe(*words, "--type", "dream", *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "invalid")


def test_other_keys_under_a_known_name_wait_for_a_decision(
    hoopoe: Hoopoe, world: World, defender: Path, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    assert hoopoe("card", "make", desk, "Test Desk", *key).status == Exit.DONE
    card = tmp_path / "new.card"
    assert hoopoe("card", "export", desk, "--out", card, *key).status == Exit.DONE
    ran = hoopoe("card", "add", defender, card, *key, "--json")
    assert (ran.status, ran.facts["trust"]) == (Exit.NO, "changed")
    order = ("--to", "Test Desk", "--record", world.incident, "--out", tmp_path)
    ran = hoopoe("seal", defender, *order, "--unverified", *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO, "card_changed")
    ran = hoopoe("card", "refuse", defender, "Test Desk", *key, "--json")
    assert ran.facts["trust"] == "verified"


def test_a_vault_without_a_card_says_so(hoopoe: Hoopoe, world: World, key: Key) -> None:
    ran = hoopoe("card", "show", world.defender, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO, "no_own_card")


def test_only_incidents_are_sealed(hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key) -> None:
    order = ("--to", "Test Desk", "--record", world.evidence, "--out", tmp_path)
    ran = hoopoe("seal", world.defender, *order, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "invalid")


# --- age ------------------------------------------------------------------------------------

IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    path = tmp_path / "key.txt"
    path.write_text(f"# fictional\n{IDENTITY}\n", "utf-8")
    return path


@pytest.mark.parametrize("more", [(), ("--armor",)])
def test_an_age_file_goes_and_comes_back(
    more: tuple[str, ...], hoopoe: Hoopoe, tmp_path: Path, identity: Path
) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"hello " * 50_000)
    sealed, back = tmp_path / "sealed", tmp_path / "back"
    words = ("age", "encrypt", plain, "--to", RECIPIENT, "--out", sealed)
    assert hoopoe(*words, *more).status == Exit.DONE
    assert hoopoe("age", "decrypt", sealed, "-i", identity, "-o", back).status == Exit.DONE
    assert back.read_bytes() == plain.read_bytes()


def test_a_damaged_age_file_leaves_nothing(hoopoe: Hoopoe, tmp_path: Path, identity: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(bytes(200_000))
    sealed, back = tmp_path / "sealed", tmp_path / "back"
    hoopoe("age", "encrypt", plain, "--to", RECIPIENT, "--out", sealed)
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.write_bytes(content)
    ran = hoopoe("age", "decrypt", sealed, "-i", identity, "-o", back, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "damaged_payload")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["key.txt", "plain", "sealed"]


def test_another_key_is_status_four(hoopoe: Hoopoe, world: World, tmp_path: Path) -> None:
    identity = tmp_path / "key.txt"
    identity.write_text(IDENTITY, "utf-8")
    words = ("age", "decrypt", world.first, "-i", identity, "-o", tmp_path / "out")
    ran = hoopoe(*words, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_KEY, "no_identity_matches")


def test_a_recipient_with_a_typing_error_is_wrong_use(hoopoe: Hoopoe, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"x")
    words = ("age", "encrypt", plain, "--to", f"{RECIPIENT}q", "--out", tmp_path / "out")
    assert hoopoe(*words).status == Exit.WRONG_USE


# --- JSON on every verb ---------------------------------------------------------------------


def files(ask: Any, vault: Path, world: World, key: Key) -> None:
    """What can be done with evidence, each once."""
    for verb in ("show", "metadata", "clean", "keep", "proof"):
        ask("evidence", verb, vault, world.evidence, options=key)
    ask("evidence", "release", vault, world.evidence, options=("--seen", "", *key))
    what = ("--to", world.incident, "--type", "photo", "--why", "image_of_child")
    ask("evidence", "reference", vault, options=(*what, "--description", "Held elsewhere", *key))
    ask("evidence", "destroy", vault, world.evidence, options=("--why", "They asked", *key))


def test_every_verb_prints_one_json_object(
    hoopoe: Hoopoe, world: World, defender: Path, tmp_path: Path, identity: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    card = tmp_path / "card"
    told: dict[tuple[str, ...], Any] = {}

    def ask(*words: object, options: tuple[object, ...] = ()) -> Any:
        verb = next(each for each in VERBS if tuple(map(str, words[: len(each)])) == each)
        told[verb] = hoopoe(*words, *options, "--json").facts
        return told[verb]

    heard = ("--heard", f"1={world.safety_code[0]}", "--heard", f"4={world.safety_code[3]}")
    ask("selftest")
    ask("protection")
    ask("vault", "create", tmp_path / "new", "--cost", "floor", options=key)
    for verb in ("check", "unlock-test", "reindex", "repair"):
        ask("vault", verb, desk, options=key)
    kept(ask, world.copy(world.defender, tmp_path / "kept"), tmp_path, key)
    ways(ask, world.copy(world.stranger, tmp_path), tmp_path, key)
    copy = ask("vault", "backup", desk, options=("--to", tmp_path, "--with-key", *key))["file"]
    ask("vault", "drill", desk, copy, options=key)
    ask("vault", "copy-key", desk, options=("--to", tmp_path / "paper", *key))
    opened = ("--key-file", tmp_path / "paper", "--cost", "floor", *key)
    ask("vault", "restore", copy, options=("--to", tmp_path / "restored", *opened))
    ask("record", "add", defender, "incident", options=("--set", "title=x", *key))
    ask("record", "edit", defender, world.incident, options=("--set", "summary=x", *key))
    ask("record", "list", defender, options=key)
    ask("record", "show", defender, world.incident, options=key)
    ask("record", "trail", defender, world.incident, options=key)
    who = ask("record", "add", defender, "person", options=key)["reference"]
    ask("record", "copy", defender, who, options=("--out", tmp_path / "copy.txt", *key))
    ask("record", "export", defender, options=("--out", out / "all.jsonl", *key))
    about = ("--to", world.incident, "--type", "photo", *key)
    ask("evidence", "add", defender, identity, options=about)
    ask("evidence", "list", defender, options=("--to", world.incident, *key))
    ask("evidence", "check", defender, options=key)
    ask("evidence", "export", defender, world.evidence, options=("--out", out, *key))
    files(ask, world.copy(world.defender, tmp_path / "files"), world, key)
    ask("record", "find", defender, "x", options=key)
    ask("record", "tag", defender, world.incident, options=("--add", "press", *key))
    ask("card", "make", desk, "Again", options=("--older", *key))
    ask("card", "show", desk, options=key)
    ask("card", "key", desk, options=("--out", tmp_path / "card key", *key))
    ask("card", "export", desk, options=("--out", card, *key))
    ask("card", "add", defender, card, options=key)
    ask("card", "verify", defender, "Test Desk", options=("--way", "phone", *heard, *key))
    shown = ask("card", "list", defender, options=key)["contacts"]
    ask("card", "pin", desk, shown[0]["verify_key"], "Pinned", options=key)
    ask("card", "refuse", defender, "Test Desk", options=key)
    other = world.copy(world.defender, tmp_path / "other")
    ask("card", "add", other, card, options=key)
    ask("card", "accept", other, "Test Desk", options=key)
    order = ("--to", "Test Desk", "--record", world.incident, "--out", out)
    assert ask("seal", defender, *order, options=("--plan", *key))["plans"]
    bundle = Path(ask("seal", defender, *order, options=key)["bundles"][0]["file"])
    ask("bundle", "inspect", bundle)
    ask("bundle", "verify", bundle)
    ask("bundle", "copy", bundle, options=("--out", tmp_path))
    ask("bundle", "slip", bundle)
    pieces = tmp_path / "pieces"
    pieces.mkdir()
    ask("bundle", "split", bundle, options=("--needed", "2", "--parts", "3", "--out", pieces))
    ask("bundle", "parts", pieces)
    (tmp_path / "joined").mkdir()
    ask("bundle", "join", pieces, options=("--out", tmp_path / "joined"))
    next(pieces.iterdir()).unlink()
    ask("bundle", "remake", pieces, options=("--out", tmp_path / "joined"))
    taken = ask("open", desk, bundle, options=("--import", "--accept", "unknown", *key))
    made = ask("receipt", "make", desk, taken["bundle"], options=("--out", tmp_path, *key))
    ask("receipt", "list", desk, options=key)
    ask("inbox", "list", desk, options=key)
    ask("inbox", "quarantine", desk, options=key)
    ask("inbox", "undo", desk, taken["bundle"], options=key)
    named = ("--set", "language=en", "--set", 'names:=[{"full":"A union"}]', *key)
    added = ask("record", "add", desk, "organisation", options=named)
    ask("observation", "read", desk, added["reference"], options=("--purpose", "A briefing", *key))
    assert ask("open", defender, made["file"], options=key)["receipt_for"] == taken["bundle"]
    sealed = tmp_path / "sealed.age"
    ask("age", "encrypt", card, options=("--to", RECIPIENT, "--out", sealed))
    ask("age", "decrypt", sealed, options=("-i", identity, "-o", tmp_path / "back"))
    assert set(told) == set(VERBS) - {("demo",)}


@pytest.mark.parametrize(
    ("setting", "calendar", "edtf"),
    [
        ("period=persian:1403-07-12", "persian", "2024-10-03"),
        ("period=nepali_bs:माघ २०८१", "nepali_bs", "[2025-01-14..2025-02-12]"),
        ("period=about March 2025", "gregorian", "2025-03~"),
        ("period=after the visit", "gregorian", ""),
    ],
)
def test_a_date_is_typed_in_the_calendar_it_is_known_in(
    setting: str, calendar: str, edtf: str, hoopoe: Hoopoe, world: World, key: Key
) -> None:
    ran = hoopoe("record", "edit", world.defender, world.incident, "--set", setting, *key)
    assert ran.status == Exit.DONE, ran.err
    start = body(hoopoe, world.defender, world.incident, key)["period"]["start"]
    assert start["calendar"]["key"] == calendar
    assert start.get("edtf", "") == edtf
    assert start["original_text"] == setting.partition("=")[2].rpartition(":")[2]
