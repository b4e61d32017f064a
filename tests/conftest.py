"""Fixtures for every floor: our own layers, prepared once and kept between runs."""

from pathlib import Path

import pytest

from layers.catalogue import Catalogue, load_catalogue
from layers.folder import our_folders
from layers.prepare import prepare


@pytest.fixture(scope="session")
def cache(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for generated layers that all workers share and that outlives the run.

    `prepare` holds a lock in it and knows what is stale, so nobody has to clear it.
    """
    kept: pytest.Cache | None = getattr(request.config, "cache", None)
    if kept is None:  # -p no:cacheprovider
        return tmp_path_factory.mktemp("marchland")
    return kept.mkdir("marchland")


@pytest.fixture(scope="session")
def catalogue(cache: Path) -> Catalogue:
    """All of our layers, the generated ones built into `cache`."""
    prepare(our_folders(), cache)
    return load_catalogue(our_folders(), cache)
