"""The scene of two vaults, made once and copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import at_noon
from tests.ui.pages.exchange.pressing import copied
from tools import scenes
from tools.scenes import Scene


@pytest.fixture(scope="session")
def made_scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Two closed vaults and the files between them; copy it, never open it."""
    return scenes.build(tmp_path_factory.mktemp("scene"), at_noon)


@pytest.fixture
def scene(made_scene: Scene, tmp_path: Path) -> Scene:
    """A scene of this test's own."""
    return copied(made_scene, tmp_path / "scene")
