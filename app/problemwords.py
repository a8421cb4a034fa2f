"""What a record still needs, in words: one sentence for each code of app.records.problems."""

from __future__ import annotations

from typing import Final

from app.errors import Invalid
from app.explanation import Explanation, said
from app.i18n import _, ngettext
from app.records.problems import Code, Problem

_BESIDE_NO_FIELD: Final = frozenset({Code.NOT_REVIEWED, Code.GROUP_BY_BIRTH, Code.NOT_PUBLIC})
"""What only the vault can tell: a form cannot say it beside the field before saving."""


def refused(error: Invalid) -> Explanation:
    """The words for a record that was not kept; for what stands beside a field, that it does."""
    told = [
        sentence(Problem(field="", code=code))
        for code in Code
        if code in _BESIDE_NO_FIELD and any(each.endswith(f": {code}") for each in error.problems)
    ]
    text = " ".join(told) or _("Some fields need another look; each says what it needs.")
    return said(_("Something is missing"), text)


def sentence(problem: Problem) -> str:
    """The problem in the window's language, to stand beside its field."""
    match problem.code:
        case Code.MISSING:
            return _("This is needed.")
        case Code.NONE_LINKED:
            return _("At least one is needed here.")
        case Code.OTHER_TEXT_MISSING:
            return _("Say in your own words what you mean by “other”.")
        case Code.OUT_OF_ORDER:
            return _("The end comes before the beginning.")
        case Code.ENDED_AND_ONGOING:
            return _("It cannot have an end and still be going on.")
        case Code.TOO_LONG:
            return _counted(
                problem,
                ngettext(
                    "At most {limit} character fits here.",
                    "At most {limit} characters fit here.",
                    problem.limit,
                ),
            )
        case Code.TOO_MANY_WORDS:
            return _counted(
                problem,
                ngettext("At most {limit} word.", "At most {limit} words.", problem.limit),
            )
        case Code.OUT_OF_RANGE:
            return _("This number cannot be.")
        case Code.NOT_AS_NOTED:
            return _("The days do not agree with the date in notation beside them.")
        case Code.DAY_NEEDED:
            return _("Here the exact day is needed.")
        case Code.NOT_YET:
            return _("This day has not come yet. Look at the year again.")
        case _:
            return _of_consent(problem)


def _of_consent(problem: Problem) -> str:
    match problem.code:
        case Code.DECIDED_TWICE:
            return _("The same thing is decided twice for the same recipient.")
        case Code.RESTS_ON:
            return _("This yes needs another yes first.")
        case Code.NOT_BY_OWN_REPORT:
            return _("This needs a conversation; one's own report is not enough.")
        case Code.NOT_FOR_CHILDREN:
            return _("A child is never named in public.")
        case Code.TWO_NEEDED:
            return _("Two people have to decide this.")
        case Code.NOT_SURE_ENOUGH:
            return _("It is not sure enough to name somebody.")
        case Code.NOT_REVIEWED:
            return _(
                "“Reasonable grounds” needs a review first: every element looked at, two sources"
                " or one strong document, and two people who did not write it down."
            )
        case Code.GROUP_BY_BIRTH:
            return _("A people, faith or nationality is never recorded as the one who did it.")
        case Code.NOT_PUBLIC:
            return _("The source has to be a public record, kept as evidence.")
        case Code.NOT_HERE:
            return _("This answer does not belong here.")
        case Code.TOO_LATE:
            return _counted(
                problem,
                ngettext(
                    "At most {limit} month from the day it was written down.",
                    "At most {limit} months from the day it was written down.",
                    problem.limit,
                ),
            )
        case Code.POINTS_TO_ITSELF:
            return _("It cannot be linked with itself.")
        case _:
            return _("This needs another look.")


def _counted(problem: Problem, text: str) -> str:
    return text.format(limit=problem.limit)
