"""What the checks of an opened bundle came to, in words: the verdict frame and five steps."""

from __future__ import annotations

from collections.abc import Iterator

from app.bundles.report import (
    AddressState,
    ItemState,
    OpenedBundle,
    Order,
    OrderState,
    SignerState,
)
from app.errors import AppError, BundleDamaged, NotForMe, SignatureBroken
from app.i18n import _, ngettext
from app.messages import explain
from crypto.errors import CryptoError
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated, Step


def verdict_frame(opened: OpenedBundle) -> Stated:
    """Green, yellow, grey or red: one sentence about the whole."""
    name = outside(opened.signer.name)
    if opened.order.state is OrderState.REPLAY:
        return Stated(
            Tone.BAD,
            _("You have had this very bundle before"),
            _("It was taken in already. Nothing is added by opening it again."),
        )
    if opened.order.state is OrderState.FORKED:
        return Stated(
            Tone.BAD,
            _("Two bundles claim the same place"),
            _(
                "Another bundle of this sender with the same number is here. Somebody may use a"
                " copy of their vault. Ask the sender before you take it in."
            ),
        )
    match opened.signer.state:
        case SignerState.KNOWN:
            return Stated(Tone.OK, _("Good seal, checked key"), _("From {name}").format(name=name))
        case SignerState.KNOWN_UNVERIFIED:
            return Stated(
                Tone.WARN,
                _("Good seal, key not confirmed yet"),
                _("From the sender you call {name}. Nobody has confirmed whose key it is.").format(
                    name=name
                ),
            )
        case SignerState.UNKNOWN:
            return Stated(
                Tone.NOTE,
                _("Good seal, unknown key"),
                _("Nothing was changed on the way. Who signed it is not among your contacts."),
            )
        case SignerState.UNSIGNED:
            return Stated(
                Tone.NOTE,
                _("Not signed"),
                _("It arrived whole, and only you can open it. Nobody can say who sealed it."),
            )


def steps(opened: OpenedBundle) -> Iterator[Step]:
    """Damage, seal, sender, addressed to, order: what was checked and what came out."""
    yield _damage(opened)
    signed = opened.signer.state is not SignerState.UNSIGNED
    yield Step(
        Tone.OK if signed else Tone.NOTE,
        _("Seal"),
        _("The signature covers everything in it.") if signed else _("There is no signature."),
    )
    yield _sender(opened)
    if opened.addressed is AddressState.TO_ME:
        yield Step(Tone.OK, _("Addressed"), _("It was sealed for you."))
    else:
        yield Step(
            Tone.WARN,
            _("Addressed"),
            _("It was sealed for somebody else first, who passed it on to you."),
        )
    yield _order(opened.order) if signed else _order_unsigned(opened.order)


def failed_frame(error: AppError | CryptoError) -> Stated:
    """A bundle that did not open, said plainly. Somebody else's bundle is no harm to it."""
    told = explain(error)
    tone = Tone.NOTE if isinstance(error, NotForMe) else Tone.BAD
    return Stated(tone, told.title, f"{told.text} {told.advice}".strip())


def failed_steps(error: AppError | CryptoError) -> Iterator[Step]:
    """How far the checks came before one said no."""
    if isinstance(error, BundleDamaged):
        yield Step(Tone.BAD, _("Damage"), _("It was altered or cut off on its way."))
    elif isinstance(error, SignatureBroken):
        yield Step(Tone.OK, _("Damage"), _("Every byte is as it was sealed."))
        yield Step(Tone.BAD, _("Seal"), _("The signature does not fit what it should cover."))
    elif isinstance(error, NotForMe):
        yield Step(Tone.NOTE, _("Addressed"), _("No key in this vault opens it."))


def _damage(opened: OpenedBundle) -> Step:
    bad = [each for each in opened.items if each.state is not ItemState.GOOD]
    if not bad:
        return Step(Tone.OK, _("Damage"), _("Every byte is as it was sealed."))
    text = ngettext(
        "{count} part is damaged, missing or not readable; the others are whole.",
        "{count} parts are damaged, missing or not readable; the others are whole.",
        len(bad),
    )
    return Step(Tone.WARN, _("Damage"), text.format(count=len(bad)))


def _sender(opened: OpenedBundle) -> Step:
    name = outside(opened.signer.name)
    tone, text = {
        SignerState.KNOWN: (Tone.OK, _("{name}, whose key was checked.").format(name=name)),
        SignerState.KNOWN_UNVERIFIED: (
            Tone.WARN,
            _("Signed with the key that you call {name}.").format(name=name),
        ),
        SignerState.UNKNOWN: (Tone.NOTE, _("A key that is not among your contacts.")),
        SignerState.UNSIGNED: (Tone.NOTE, _("Not known: it is not signed.")),
    }[opened.signer.state]
    return Step(tone, _("Sender"), text)


def _order_unsigned(order: Order) -> Step:
    """Anybody can write any number into a bundle that is not signed."""
    if order.state in {OrderState.REPLAY, OrderState.FORKED}:
        return _order(order)
    return Step(
        Tone.NOTE, _("Order"), _("Not known: without a signature its number proves nothing.")
    )


def _order(order: Order) -> Step:
    missing = ngettext(
        "{count} bundle before this one has not arrived.",
        "{count} bundles before this one have not arrived.",
        order.missing,
    ).format(count=order.missing)
    match order.state:
        case OrderState.FIRST:
            return Step(Tone.OK, _("Order"), _("The first one of this sender."))
        case OrderState.NEXT:
            return Step(Tone.OK, _("Order"), _("It follows the one before. None is missing."))
        case OrderState.GAP:
            return Step(Tone.WARN, _("Order"), missing)
        case OrderState.LATE:
            return Step(Tone.NOTE, _("Order"), _("It comes late: newer ones are here already."))
        case OrderState.REPLAY:
            return Step(Tone.BAD, _("Order"), _("This very bundle is here already."))
        case OrderState.NEW_SERIES:
            text = _("The sender began to count anew, as after bringing a vault back from a copy.")
            return Step(
                Tone.WARN if order.missing else Tone.NOTE,
                _("Order"),
                f"{text} {missing}" if order.missing else text,
            )
        case OrderState.FORKED:
            return Step(Tone.BAD, _("Order"), _("Another bundle has the same number."))
