"""What to know before an address is shown: how and when somebody may be reached (R-06).

A wrong call can harm. Whoever wants the address reads first through which channel, at which times,
and what never to do. Nothing here contacts anybody.
"""

from __future__ import annotations

from app.i18n import _
from app.names import visible_text
from app.records import Contact


def warning(value: object) -> str:
    """What to read before this value is shown; empty when it is no way to reach somebody."""
    if not isinstance(value, tuple):
        return ""
    return "\n".join(line for each in value if isinstance(each, Contact) for line in _lines(each))


def _lines(contact: Contact) -> list[str]:
    channel = contact.channel.strip()
    times = contact.safe_times.text.strip()
    lines = [
        _("Only by {channel}.").format(channel=visible_text(channel))
        if channel
        else _("No safe channel is written down: ask before you use it."),
        _("Safe times: {times}").format(times=visible_text(times))
        if times
        else _("No safe times are written down: ask before you use it."),
    ]
    if contact.do_not:
        lines.append(_("Never: {words}").format(words=visible_text(contact.do_not.text)))
    return lines
