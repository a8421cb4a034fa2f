"""The two sides that bundle tests start from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.vault import Vault
from tests.sides import Sides, meet


@pytest.fixture
def sides(new_vault: Callable[[str], Vault], tmp_path: Path) -> Sides:
    return meet(new_vault("reporter"), new_vault("desk"), tmp_path / "out")
