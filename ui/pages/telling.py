"""Saying on a page that a job failed, where the page has more to do than only say it."""

from __future__ import annotations

from app.errors import AppError
from crypto.errors import CryptoError
from ui.failures import notice_of
from ui.page import Page


def tell_failure(page: Page, error: Exception) -> None:
    """Show an expected failure in the page's message bar; a bug goes on to the crash hook."""
    if not isinstance(error, AppError | CryptoError):
        raise error
    page.banner.tell(notice_of(error))
