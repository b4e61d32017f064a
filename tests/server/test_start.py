"""What a start loads, and what it leaves until somebody asks for it."""

import gc
import subprocess
import sys
import threading

import pytest

from layers.catalogue import Catalogue
from layers.errors import LayersError
from layers.where import Where
from server.settings import Settings
from server.start import index, open_catalogue, warm

LOADED = """
import sys
import server.commands.serve
rare = {"PIL", "folium", "jinja2", "pydantic.v1", "pyproj", "rich", "sqlite3", "typst", "uharfbuzz"}
print(*sorted(rare & set(sys.modules)))
"""


def test_what_draws_or_makes_files_is_not_loaded_before_somebody_needs_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def test_what_maps_need_is_loaded_soon_after_the_start_by_a_thread_that_ends() -> None:
    script = """
import sys
from server.start import warm
warm(0).join()
print({"folium", "jinja2"} <= set(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "True"


def test_a_stop_does_not_break_off_what_is_being_loaded() -> None:
    timer = warm(0)
    assert not timer.daemon
    timer.join(30)
    assert timer not in threading.enumerate()


def test_the_first_question_for_a_position_finds_its_indices_made() -> None:
    where = Where(Catalogue({}))
    try:
        index(where, 0).join(30)
    finally:
        gc.unfreeze()
    assert where.ready


def test_a_missing_asset_sets_its_layers_aside_and_the_others_are_served(
    settings: Settings, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str) -> bytes:
        raise LayersError(f"asset {name} is missing from this installation")

    monkeypatch.setattr("layers.digest.asset", gone)
    opened = open_catalogue(settings)
    aside = {broken.layer: broken.findings[0].rule for broken in opened.broken}
    assert aside["land"] == "input-missing"
    assert set(aside) | set(opened.collections) == set(catalogue.collections)
    assert "airbases" in opened.collections
