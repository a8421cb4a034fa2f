"""Each thing that can be wrong with a bundle has an answer of its own, and words of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app import bagit, channels, contacts, keyring, store
from app.bundles import opening, packing
from app.bundles.manifest import Manifest
from app.bundles.packing import Laid
from app.bundles.report import AddressState, OpenedBundle, OrderState, SignerState
from app.bundles.sealing import Signing
from app.errors import (
    AppError,
    BundleDamaged,
    NotABundle,
    NotForMe,
    Refused,
    SignatureBroken,
    WrongPassphrase,
)
from app.inbox import importing
from app.inbox.importing import Doubt
from app.messages import explain
from app.records import Incident
from app.records.values import LText
from app.storage import channels as stored_channels
from app.vault import Vault
from crypto import age
from crypto.secret import Passphrase
from crypto.signing import Prehash, Purpose, SigningKey
from tests.app.bundles import forging
from tests.sides import Sides, meet

KEY = SigningKey.generate()
STRANGER = SigningKey.generate()


@dataclass(frozen=True, slots=True, kw_only=True)
class Forged:
    """Bundles that a sender with KEY makes for the desk, who knows that key as K."""

    sides: Sides
    folder: Path

    def laid(self, manifest: Manifest, key: SigningKey | None = KEY) -> Laid:
        incident = Incident(title=LText.of("A visit", "en"), narrative=LText.of("Two.", "en"))
        files = forging.payload(forging.line(incident))
        return packing.lay_out(manifest, files, self.recipient, key)

    def opened(self, laid: Laid) -> OpenedBundle:
        return opening.open_bundle(self.sides.desk, self.written(laid))

    def written(self, laid: Laid) -> Path:
        path = self.folder / "forged"
        forging.write_laid(laid, self.recipient, path)
        return path

    @property
    def recipient(self) -> str:
        card = contacts.own_card(self.sides.desk)
        assert card is not None
        return card.recipient


@pytest.fixture
def forged(sides: Sides, tmp_path: Path) -> Forged:
    contacts.remember_sender(sides.desk, KEY.verify_key.line(), "K.", how="in person")
    return Forged(sides=sides, folder=tmp_path)


def answer(opened: OpenedBundle) -> tuple[object, ...]:
    """What the checks say, in the three words a person is shown."""
    return (opened.signer.state, opened.addressed, opened.order.state)


def trusted(order: OrderState) -> tuple[object, ...]:
    return (SignerState.KNOWN, AddressState.TO_ME, order)


def know(sides: Sides) -> None:
    """The desk meets the reporter."""
    key = sides.open(sides.seal(sides.record("First"))).signer.key
    assert key is not None
    contacts.remember_sender(sides.desk, key, "K.", how="in person")


# --- the table ------------------------------------------------------------------------------


def wrong_passphrase(sides: Sides, _folder: Path) -> object:
    sides.desk.close()
    with pytest.raises(WrongPassphrase) as refused:
        Vault.open(sides.desk.folder, Passphrase.of("not this one"))
    return refused.type


def for_another_organisation(sides: Sides, folder: Path) -> object:
    other = meet(sides.reporter, sides.reporter, folder, "Another")
    with pytest.raises(NotForMe) as refused:
        sides.open(other.seal(other.record()))
    return refused.type


def damaged(sides: Sides, _folder: Path) -> object:
    sealed = sides.seal(sides.record())
    sealed.path.write_bytes(sealed.path.read_bytes()[:-1])
    with pytest.raises(BundleDamaged) as refused:
        sides.open(sealed)
    return refused.type


def no_bundle(sides: Sides, folder: Path) -> object:
    (folder / "letter").write_text("Dear all")
    with pytest.raises(NotABundle) as refused:
        opening.open_bundle(sides.desk, folder / "letter")
    return refused.type


def first(sides: Sides, _folder: Path) -> object:
    know(sides)
    return answer(sides.open(sides.seal(sides.record())))[:2]


def unknown_signer(sides: Sides, _folder: Path) -> object:
    return answer(sides.open(sides.seal(sides.record())))


def known_but_not_compared(sides: Sides, _folder: Path) -> object:
    sealed = sides.seal(sides.record())
    contacts.remember_sender(sides.desk, sides.open(sealed).signer.key or "", "K.")
    return answer(sides.open(sealed))


def unsigned(sides: Sides, _folder: Path) -> object:
    return answer(sides.open(sides.seal(sides.record(), signing=Signing.UNSIGNED)))


def passed_on(sides: Sides, folder: Path) -> object:
    sealed = sides.seal(sides.record())
    friend = contacts.make_own_card(sides.reporter, "A friend")
    path = sealed_again(sides.desk, sealed.path, friend.recipient, folder / "again")
    return answer(opening.open_bundle(sides.reporter, path))


def next_one(sides: Sides, _folder: Path) -> object:
    know(sides)
    sides.take_in(sides.seal(sides.record()))
    return answer(sides.open(sides.seal(sides.record())))


def gap(sides: Sides, _folder: Path) -> object:
    know(sides)
    sides.take_in(sides.seal(sides.record()))
    sides.seal(sides.record())
    return answer(sides.open(sides.seal(sides.record())))


def late(sides: Sides, _folder: Path) -> object:
    know(sides)
    early = sides.seal(sides.record())
    sides.take_in(sides.seal(sides.record()))
    return answer(sides.open(early))


def replay(sides: Sides, _folder: Path) -> object:
    know(sides)
    sealed = sides.seal(sides.record())
    sides.take_in(sealed)
    return answer(sides.open(sealed))


def new_series_after_a_restore(sides: Sides, _folder: Path) -> object:
    know(sides)
    sides.take_in(sides.seal(sides.record()))
    with sides.reporter.transaction() as tx:
        channels.new_series(tx)
    return answer(sides.open(sides.seal(sides.record())))


def forked(sides: Sides, _folder: Path) -> object:
    know(sides)
    before = stored_channels.channels(sides.reporter.database)
    sides.take_in(sides.seal(sides.record()))
    with sides.reporter.transaction() as tx:
        stored_channels.keep(tx, before[0])  # a vault copied back over a newer one
    return answer(sides.open(sides.seal(sides.record("Another"))))


ANSWERS: dict[Callable[[Sides, Path], object], object] = {
    wrong_passphrase: WrongPassphrase,
    for_another_organisation: NotForMe,
    damaged: BundleDamaged,
    no_bundle: NotABundle,
    first: (SignerState.KNOWN, AddressState.TO_ME),
    unknown_signer: (SignerState.UNKNOWN, AddressState.TO_ME, OrderState.FIRST),
    known_but_not_compared: (SignerState.KNOWN_UNVERIFIED, AddressState.TO_ME, OrderState.FIRST),
    unsigned: (SignerState.UNSIGNED, AddressState.TO_ME, OrderState.FIRST),
    passed_on: (SignerState.UNKNOWN, AddressState.PASSED_ON, OrderState.FIRST),
    next_one: trusted(OrderState.NEXT),
    gap: trusted(OrderState.GAP),
    late: trusted(OrderState.LATE),
    replay: trusted(OrderState.REPLAY),
    new_series_after_a_restore: trusted(OrderState.NEW_SERIES),
    forked: trusted(OrderState.FORKED),
}


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.__name__)
def test_each_case_has_its_answer(
    case: Callable[[Sides, Path], object], sides: Sides, tmp_path: Path
) -> None:
    assert case(sides, tmp_path / "out") == ANSWERS[case]


def test_no_two_answers_are_the_same() -> None:
    assert len(set(ANSWERS.values())) == len(ANSWERS) >= 12


def test_each_refusal_is_said_in_other_words() -> None:
    refusals: list[AppError] = [
        *(WrongPassphrase(), NotForMe(), BundleDamaged(), NotABundle(), SignatureBroken()),
        *(Refused((doubt.value,)) for doubt in Doubt),
    ]
    said = {(words.title, words.text) for words in map(explain, refusals)}
    assert len(said) == len(refusals)
    assert all(title and text for title, text in said)


# --- signatures -----------------------------------------------------------------------------


def test_a_genuine_signature_of_a_known_key_is_believed(forged: Forged) -> None:
    opened = forged.opened(forged.laid(forging.hoopoe()))
    assert (opened.signer.state, opened.signer.name) == (SignerState.KNOWN, "K.")
    assert importing.plan_import(forged.sides.desk, opened).doubts == ()


def test_a_key_put_in_place_of_the_known_one_is_an_unknown_signer(forged: Forged) -> None:
    opened = forged.opened(forged.laid(forging.hoopoe(), STRANGER))
    assert opened.signer.state is SignerState.UNKNOWN
    assert opened.signer.name == ""
    assert importing.plan_import(forged.sides.desk, opened).doubts == (Doubt.UNKNOWN,)


def test_a_signature_by_another_key_is_broken(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe())
    manifest = tag_manifest(laid)
    other = STRANGER.sign(Prehash.of(manifest), Purpose.BUNDLE, bundle_id(laid))
    refused(forged, with_signature(laid, other))


def test_a_signature_by_another_key_under_the_known_key_id_is_broken(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe())
    guise = SigningKey(key_id=KEY.key_id, seed=STRANGER.seed)
    other = guise.sign(Prehash.of(tag_manifest(laid)), Purpose.BUNDLE, bundle_id(laid))
    refused(forged, with_signature(laid, other))


@pytest.mark.parametrize("changed", [b"hoopoe bundle v2", b"hoopoe card v1 x"])
def test_a_changed_trusted_comment_is_broken(forged: Forged, changed: bytes) -> None:
    laid = forged.laid(forging.hoopoe())
    signature = member(laid, bagit.SIGNATURE)
    refused(forged, with_signature(laid, signature.replace(b"hoopoe bundle v1", changed)))


def test_a_signature_for_another_purpose_is_broken(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe())
    other = KEY.sign(Prehash.of(tag_manifest(laid)), Purpose.CARD, bundle_id(laid))
    refused(forged, with_signature(laid, other))


def test_the_signature_of_another_bundle_is_broken(forged: Forged) -> None:
    laid, other = (forged.laid(forging.hoopoe()) for _ in range(2))
    refused(forged, with_signature(laid, member(other, bagit.SIGNATURE)))


def test_a_genuine_signature_that_names_another_bundle_is_broken(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe())
    other = KEY.sign(Prehash.of(tag_manifest(laid)), Purpose.BUNDLE, "0" * 32)
    refused(forged, with_signature(laid, other))


def test_a_signature_taken_away_is_broken_and_not_unsigned(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe())
    signature = packing.FOLDER + bagit.SIGNATURE
    kept = tuple(each for each in laid.members if each.path != signature)
    refused(forged, replace(laid, members=kept))


def test_a_signature_without_a_key_to_check_it_is_broken(forged: Forged) -> None:
    laid = forged.laid(forging.hoopoe(), None)
    signature = KEY.sign(Prehash.of(tag_manifest(laid)), Purpose.BUNDLE, bundle_id(laid))
    added = packing.Payload.of(packing.FOLDER + bagit.SIGNATURE, signature)
    places = [each.path for each in laid.members]
    at = places.index(packing.FOLDER + bagit.TAG_MANIFEST) + 1
    refused(forged, replace(laid, members=(*laid.members[:at], added, *laid.members[at:])))


@pytest.mark.parametrize(
    "signature", [b"", b"\n", b"untrusted comment: signature\n", b"x" * 5000, b"\xff" * 200]
)
def test_what_is_no_signature_is_broken(forged: Forged, signature: bytes) -> None:
    refused(forged, with_signature(forged.laid(forging.hoopoe()), signature))


def test_somebody_elses_signed_bag_cannot_be_put_in_a_series(forged: Forged) -> None:
    """Another signer who names a known series neither spoils it nor stands in it."""
    genuine = forging.hoopoe(series="a" * 32)
    known = forged.laid(genuine)
    desk = forged.sides.desk
    plan = importing.plan_import(desk, forged.opened(known))
    importing.apply(desk, forged.written(known), plan)
    intruder = forging.hoopoe(series="a" * 32, sequence=1)
    assert forged.opened(forged.laid(intruder, STRANGER)).order.state is OrderState.FIRST
    follows = forging.hoopoe(series="a" * 32, sequence=2, previous=known.tag_manifest_digest)
    assert forged.opened(forged.laid(follows)).order.state is OrderState.NEXT


# --- inside ---------------------------------------------------------------------------------


def refused(forged: Forged, laid: Laid) -> None:
    """It is a broken signature, and nothing of it was taken in."""
    with pytest.raises(SignatureBroken):
        forged.opened(laid)
    assert store.every(forged.sides.desk, Incident) == []


def member(laid: Laid, path: str) -> bytes:
    (found,) = (each for each in laid.members if each.path == packing.FOLDER + path)
    return b"".join(found.content())


def tag_manifest(laid: Laid) -> bytes:
    return member(laid, bagit.TAG_MANIFEST)


def bundle_id(laid: Laid) -> str:
    line = member(laid, bagit.BAG_INFO).decode().partition("External-Identifier: ")[2]
    return line.partition("\n")[0]


def with_signature(laid: Laid, signature: bytes) -> Laid:
    """The same bag with another signature file."""
    path = packing.FOLDER + bagit.SIGNATURE
    other = packing.Payload.of(path, signature)
    return replace(
        laid, members=tuple(other if each.path == path else each for each in laid.members)
    )


def sealed_again(reader: Vault, path: Path, recipient: str, to: Path) -> Path:
    """The very same bag sealed to somebody else by whom it reached."""
    with path.open("rb") as source, to.open("wb") as sink:
        content = age.decrypt(source, keyring.of(reader).identities).read()
        with age.encrypt(sink, [age.parse_recipient(recipient)]) as sealed:
            sealed.write(content)
    return to
