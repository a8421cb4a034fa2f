"""What is said about a contact's keys: one wording for every page."""

from __future__ import annotations

from app.contacts import Contact, Trust
from app.i18n import N_, _
from ui import days
from ui.widgets.plain import Tone, outside

IN_PERSON = "in_person"
CALL = "call"
OTHER = "other"

WAYS = {
    IN_PERSON: N_("In person"),
    CALL: N_("On a call"),
    OTHER: N_("Another way"),
}
"""How a safety code can be compared: what is kept, and the words for it."""

_HOW = {
    IN_PERSON: N_("Compared in person on {day}"),
    CALL: N_("Compared on a call on {day}"),
    OTHER: N_("Compared on {day}"),
}


def word(contact: Contact) -> str:
    """The state in a word or two."""
    if not contact.can_receive:
        return _("Sender")
    return {
        Trust.VERIFIED: _("Compared"),
        Trust.UNVERIFIED: _("Not compared"),
        Trust.CHANGED: _("Keys changed"),
    }[contact.trust]


def tone(contact: Contact) -> Tone:
    """The tone of the state."""
    return {
        Trust.VERIFIED: Tone.OK,
        Trust.UNVERIFIED: Tone.WARN,
        Trust.CHANGED: Tone.BAD,
    }[contact.trust]


def sentence(contact: Contact) -> str:
    """The state in a sentence: when and how it was compared, or what could happen."""
    if contact.trust is Trust.CHANGED:
        return _("Other keys came under this name. Nothing is sealed until you decide.")
    if contact.trust is Trust.VERIFIED:
        return compared(contact)
    if contact.can_receive:
        return _("Someone could have swapped the key and could then read what you seal.")
    return _("Known by the signature on a bundle; nobody has confirmed whose it is.")


def compared(contact: Contact) -> str:
    """When and how the code was compared."""
    when = days.day_of(contact.checked_on)
    known = _HOW.get(contact.checked_how)
    if known is not None:
        return _(known).format(day=when)
    if not contact.checked_how:
        return _("Compared on {day}").format(day=when)
    return _("Compared on {day}: {way}").format(day=when, way=outside(contact.checked_how))
