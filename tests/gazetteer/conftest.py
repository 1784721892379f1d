"""One small gazetteer for the look-up tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import sample_places, write_sample

from gazetteer import (
    Gazetteer,
)
from gazetteer.expansion import all_names
from gazetteer.folding import fold


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("index") / "sample.gazetteer")


@pytest.fixture(scope="session")
def g(path: Path) -> Gazetteer:
    return Gazetteer.open(path)


@pytest.fixture(scope="session")
def keys() -> dict[str, set[str]]:
    """Every key with the ids of its places, from the places as they were before compilation."""
    found: dict[str, set[str]] = {}
    for place in sample_places():
        for name in all_names(place):
            found.setdefault(fold(name.text), set()).add(place.id)
    return found
