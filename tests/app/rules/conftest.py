"""Two sides that know each other, for the rules about what leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.vault import Vault
from tests.sides import Sides, meet


@pytest.fixture
def sides(new_vault: Callable[[str], Vault], tmp_path: Path) -> Sides:
    """A reporter who compared the card of an organisation."""
    return meet(new_vault("reporter"), new_vault("desk"), tmp_path / "stick")
