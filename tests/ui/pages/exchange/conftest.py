"""The scene of two vaults, made once and copied for each test."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import at_noon
from tests.ui.pages.exchange.pressing import copied
from tools import scenes
from tools.scenes import Scene


@pytest.fixture(scope="session")
def made_scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Two closed vaults and the files between them; copy it, never open it."""
    seconds = itertools.count()
    # one thing after the other, as with people: lists show the latest first
    folder = tmp_path_factory.mktemp("scene")
    return scenes.build(folder, lambda: at_noon() + timedelta(seconds=next(seconds)))


@pytest.fixture
def scene(made_scene: Scene, tmp_path: Path) -> Scene:
    """A scene of this test's own."""
    return copied(made_scene, tmp_path / "scene")
