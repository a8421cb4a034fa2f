"""A card says who a receiver is; everything about it that does not hold is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import cards
from app.errors import BadCard
from crypto import age
from crypto.signing import Purpose, SigningKey

FROM = date(2026, 11, 24)
UNTIL = date(2027, 11, 24)
KEY = SigningKey.generate()
IDENTITY = age.HybridIdentity.generate()


def example(name: str = "Human Rights Desk", before: SigningKey | None = None) -> cards.Card:
    return cards.make(
        name, IDENTITY.recipient.text(), KEY, valid_from=FROM, valid_until=UNTIL, before=before
    )


def test_a_card_reads_back_as_it_was_made() -> None:
    card = example()
    assert cards.read(card.marshal()) == card


def test_a_card_that_came_through_a_mail_program_with_crlf_still_reads() -> None:
    card = example()
    assert cards.read(card.marshal().replace(b"\n", b"\r\n")) == card


@pytest.mark.parametrize("name", ["دفتر حقوق بشر", "人权服务台", "می‌خواهم", "Ñandú — Desk"])
def test_a_name_may_be_in_any_script(name: str) -> None:
    assert cards.read(example(name).marshal()).name == name


@pytest.mark.parametrize("name", ["", " desk", "a\nb", "a\u202eb", "x" * 81, "a\u2028b", "\u0000"])
def test_a_name_that_could_mislead_is_refused(name: str) -> None:
    with pytest.raises(BadCard):
        example(name)


def test_a_rotated_card_carries_the_word_of_the_key_before() -> None:
    before = SigningKey.generate()
    card = cards.read(example(before=before).marshal())
    assert card.rotation is not None
    assert card.rotation.key == before.verify_key.line()


def test_a_rotation_signed_by_another_key_is_refused() -> None:
    before, other = SigningKey.generate(), SigningKey.generate()
    text = example(before=before).marshal().decode()
    forged = text.replace(before.verify_key.line(), other.verify_key.line())
    with pytest.raises(BadCard):
        cards.read(forged.encode())


def test_every_changed_byte_of_a_card_is_refused() -> None:
    data = example().marshal()
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        with pytest.raises(BadCard):
            cards.read(bytes(changed))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "\n",
        lambda text: text + "note: hello\n",
        lambda text: text.replace("hoopoe card v1", "hoopoe card v2"),
        lambda text: text.replace("from: ", "until: "),
        lambda text: "\n".join(sorted(text.split("\n"))),
        lambda text: text.replace("name: ", "name: x\nname: "),
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda text: text + " " * cards.MAX_CARD_BYTES,
    ],
)
def test_a_card_of_another_shape_is_refused(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(BadCard):
        cards.read(spoil(example().marshal().decode()).encode())


@given(st.binary(max_size=400))
def test_junk_is_refused_and_never_crashes(data: bytes) -> None:
    with pytest.raises(BadCard):
        cards.read(data)


def test_a_signature_for_another_purpose_does_not_make_a_card() -> None:
    card = example()
    lines = card.marshal().decode().rpartition("signature: ")[0].removeprefix("hoopoe card v1\n")
    other = KEY.sign_bytes(Purpose.CARD_ROTATION, f"hoopoe card v1\n{lines}".encode())
    forged = cards.Card(
        name=card.name,
        recipient=card.recipient,
        verify_key=card.verify_key,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        signature=other,
    )
    with pytest.raises(BadCard):
        cards.read(forged.marshal())


def test_the_safety_code_depends_on_both_keys() -> None:
    one = example().safety_code()
    other = cards.make(
        "Human Rights Desk",
        IDENTITY.recipient.text(),
        SigningKey.generate(),
        valid_from=FROM,
        valid_until=UNTIL,
    ).safety_code()
    assert one != other
    assert one == example("Another name").safety_code()


def test_the_qr_text_fits_version_40_in_alphanumeric_mode() -> None:
    text = example().qr_text
    assert len(text) <= 4296
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
