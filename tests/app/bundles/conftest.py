"""The two sides that bundle tests start from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.vault import Vault
from tests.crypto.age.test_age_typage import typage
from tests.sides import Sides, meet

__all__ = ["sides", "typage"]


@pytest.fixture
def sides(new_vault: Callable[[str], Vault], tmp_path: Path) -> Sides:
    return meet(new_vault("reporter"), new_vault("desk"), tmp_path / "out")
