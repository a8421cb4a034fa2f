"""What the pages about the Committee on NGOs say: outcomes, waits, who asked."""

from __future__ import annotations

from app import i18n, titles, wording
from app.ageing import Age
from app.calendars import seen
from app.committee import History, Sitting
from app.i18n import _, ngettext
from app.records import CommitteeQuestion, FuzzyDate, Organisation, Place, TermRef, Vote
from app.records.choices import YesNoUnclear
from app.records.committee_question import names_individuals
from app.records.facts import Lag
from app.records.ids import RecordId
from ui.widgets.plain import outside

States = dict[RecordId, Place]


def organisation(named: Organisation | None) -> str:
    """How an organisation is called, safe to show."""
    return _("An organisation that is not here") if named is None else outside(titles.title(named))


def state(states: States, of: RecordId | None) -> str:
    """How a State is called, safe to show."""
    found = None if of is None else states.get(of)
    return _("A State that is not here") if found is None else outside(titles.title(found))


def term(of: TermRef | None) -> str:
    """The label of a term; what somebody typed beside it is made safe."""
    return "" if of is None else outside(wording.term(of, i18n.window()))


def date(of: FuzzyDate | None) -> str:
    """A date as it was given."""
    return "" if of is None else outside(seen.when(of))


def put_off(history: History) -> str:
    """How often it was put off."""
    return ngettext("Put off {count} time", "Put off {count} times", history.deferrals).format(
        count=history.deferrals
    )


def sessions(history: History) -> str:
    """How many sessions there were, and how many left it out."""
    told = ngettext("{count} session", "{count} sessions", history.sessions).format(
        count=history.sessions
    )
    if not history.gaps:
        return told
    left_out = ngettext("{count} left it out", "{count} of them left it out", history.gaps).format(
        count=history.gaps
    )
    return f"{told}, {left_out}"


def questions(history: History) -> str:
    """How many questions were asked, and how many of them before."""
    told = ngettext("{count} question", "{count} questions", history.questions).format(
        count=history.questions
    )
    if not history.repeats:
        return told
    before = ngettext(
        "{count} had been asked before", "{count} had been asked before", history.repeats
    ).format(count=history.repeats)
    return f"{told}, {before}"


def waiting(lag: Lag) -> str:
    """For how long it waited or waits, no more exactly than it is known."""
    if lag.min is None and lag.max is None:
        return _("How long it waited is not known")
    if lag.min is None:
        return _days(_("Waited at most {days}"), lag.max or 0)
    if lag.max is None:
        return _days(_("Waited at least {days}"), lag.min)
    if lag.min == lag.max:
        return _days(_("Waited {days}"), lag.min)
    return _("Waited between {least} and {most} days").format(least=lag.min, most=lag.max)


def _days(told: str, count: int) -> str:
    days = ngettext("{count} day", "{count} days", count).format(count=count)
    return told.format(days=days)


def sitting(one: Sitting) -> str:
    """The session of a review and what came of it, on one line."""
    session = one.session
    name = outside(titles.title(session)) if session is not None else date(one.review.met_on)
    return " · ".join(part for part in (name, term(one.review.outcome)) if part)


def deferral(number: int) -> str:
    """Which deferral it was."""
    return _("Deferral {number}").format(number=number)


def vote(of: Vote) -> str:
    """A recorded vote, in numbers where they are known."""
    counted = (
        (of.in_favour, _("{count} in favour")),
        (of.against, _("{count} against")),
        (of.abstaining, _("{count} abstaining")),
    )
    parts = [told.format(count=number) for number, told in counted if number is not None]
    names = outside(of.names.text.replace("\n", " ")) if of.names else ""
    return _("Vote: {votes}").format(votes=", ".join([*parts, *([names] if names else [])]))


def asked(question: CommitteeQuestion, states: States) -> str:
    """Who asked what; a question about named people is told without its words."""
    if names_individuals(question):
        words = _("a question about named people: open it to read it")
    else:
        words = outside(question.original_text.text.replace("\n", " "))
    return _("{state}: {question}").format(state=state(states, question.asked_by), question=words)


def themes(question: CommitteeQuestion) -> str:
    """What the question is about."""
    return ", ".join(term(each) for each in question.themes)


def assessed(question: CommitteeQuestion) -> str:
    """Its assessment with the reason, and the reply."""
    assessment = ", ".join(term(each) for each in question.assessment)
    if assessment and question.assessment_reason:
        reason = outside(question.assessment_reason.text.replace("\n", " "))
        assessment = f"{assessment} ({reason})"
    return " · ".join(part for part in (assessment, reply(question)) if part)


def reply(question: CommitteeQuestion) -> str:
    """Whether there was a reply, when it went, and whether it was accepted."""
    if not question.reply_text and question.reply_sent_on is None:
        return _("no reply written down")
    sent = date(question.reply_sent_on)
    told = _("replied on {day}").format(day=sent) if sent else _("replied")
    if question.reply_accepted is YesNoUnclear.YES:
        return _("{reply}, accepted").format(reply=told)
    if question.reply_accepted is YesNoUnclear.NO:
        return _("{reply}, not accepted").format(reply=told)
    return told


def looked_up(age: Age) -> str:
    """How old the dates of a session are."""
    if age.days is None:
        return _("nobody noted when they looked it up")
    if age.days == 0:
        return _("looked up today")
    return ngettext("looked up {count} day ago", "looked up {count} days ago", age.days).format(
        count=age.days
    )
