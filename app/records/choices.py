"""Short closed lists of answers that belong to the format, not to the editable vocabularies.

The value is stored; the label is for people. A body with another answer is refused.
"""

from __future__ import annotations

from enum import StrEnum

from app.i18n import N_


class Choice(StrEnum):
    """An answer: its code and its label (English source text, translated where it is shown)."""

    label: str

    def __new__(cls, code: str, label: str) -> Choice:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class Direction(Choice):
    """The writing direction of a text."""

    AUTO = "auto", N_("By its letters")
    LTR = "ltr", N_("From the left")
    RTL = "rtl", N_("From the right")


class YesNo(Choice):
    """A question that may not have been asked: silence is never counted as no."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    NOT_ASKED = "not_asked", N_("Not asked")


class YesNoUnclear(Choice):
    """A question whose answer may stay open after asking."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNCLEAR = "unclear", N_("Unclear")
    NOT_ASKED = "not_asked", N_("Not asked")


class Access(Choice):
    """Whether a detained person may see somebody."""

    YES = "yes", N_("Yes")
    LIMITED = "limited", N_("Limited")
    NO = "no", N_("No")
    NOT_ASKED = "not_asked", N_("Not asked")


class Whereabouts(Choice):
    """Whether it is known where the person is held."""

    YES = "yes", N_("Known")
    NO = "no", N_("Not known")
    DENIED = "denied", N_("Denied by the authorities")
    NOT_ASKED = "not_asked", N_("Not asked")


class HostInformed(Choice):
    """Whether the State where the target lives was told."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNSAFE = "unsafe", N_("Not safe to tell")
    NOT_ASKED = "not_asked", N_("Not asked")


class Publicity(Choice):
    """Whether the engagement was public: if not, how did the State know?"""

    PUBLIC = "public", N_("Public")
    CONFIDENTIAL = "confidential", N_("Confidential")
    UNKNOWN = "unknown", N_("Not known")


class StatementMode(Choice):
    """How a statement was received."""

    IN_PERSON = "in_person", N_("In person")
    CALL = "call", N_("By call")
    MESSAGE = "message", N_("By message")
    WRITTEN = "written", N_("In writing")
    SELF_REPORT = "self_report", N_("The person's own report in this program")


class NamingDecision(Choice):
    """Whether an alleged perpetrator may be named outside (rules N-01, N-02)."""

    NEVER = "never", N_("Never")
    UNIT_ONLY = "unit_only", N_("Only the unit or function")
    CONFIDENTIAL_UN = "confidential_un", N_("To the UN in confidence")
    PUBLIC = "public", N_("Publicly")


class PlaceNameType(Choice):
    """Whose name for a place it is: no side is taken."""

    OFFICIAL = "official", N_("Official")
    LOCAL = "local", N_("Local")
    FORMER = "former", N_("Former")
    EXONYM = "exonym", N_("Used abroad")
    DISPUTED = "disputed", N_("Disputed")


class Bearing(Choice):
    """What an evidence item does for a fact."""

    SUPPORTS = "supports", N_("Supports it")
    CONTRADICTS = "contradicts", N_("Contradicts it")
    CONTEXT = "context", N_("Gives context")


class ConsentItems(Choice):
    """How far a consent decision reaches."""

    ALL = "all", N_("Everything recorded")
    CHOSEN = "chosen", N_("Only what is listed")


class PeopleVisible(Choice):
    """Who can be recognised in an evidence item."""

    NOT_CHECKED = "not_checked", N_("Not checked yet")
    NOBODY = "nobody", N_("Nobody")
    LISTED = "listed", N_("Only the people listed")
    UNKNOWN_BYSTANDERS = "unknown_bystanders", N_("Unknown bystanders")


class Stance(Choice):
    """Where a member of a committee stood in what it said."""

    FOR = "for", N_("For")
    AGAINST = "against", N_("Against")
    NEUTRAL = "neutral", N_("Neither")


class ReplySought(Choice):
    """Whether an organisation was asked about an observation on it (G-07)."""

    NOT_YET = "not_yet", N_("Not yet")
    ASKED = "asked", N_("Asked")
    UNSAFE = "unsafe", N_("Asking would endanger somebody")


class Element(Choice):
    """What a review looks at, one by one (S-03)."""

    WHO = "who", N_("Who was harmed")
    WHAT = "what", N_("What happened")
    WHEN = "when", N_("When it happened")
    WHERE = "where", N_("Where it happened")
    BY_WHOM = "by_whom", N_("Who did it")
    UN_LINK = "un_link", N_("The link to the UN")
    CONSENT = "consent", N_("Consent")


class Finding(Choice):
    """How far an element is shown."""

    SUPPORTED = "supported", N_("Supported")
    PARTLY = "partly", N_("Partly supported")
    UNSUPPORTED = "unsupported", N_("Not supported")
    CONTRADICTED = "contradicted", N_("Contradicted")


class Effect(Choice):
    """What an answer changed for the person."""

    BETTER = "better", N_("Better")
    NONE = "none", N_("No effect")
    WORSE = "worse", N_("Worse")
    UNKNOWN = "unknown", N_("Not known")
