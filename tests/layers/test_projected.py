"""The files of the planes: made by processes or by threads, the same bytes."""

import os
import signal
import sys
from collections.abc import Callable
from multiprocessing import parent_process
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from shapely import LineString, Point, box

import layers.projected
from geo.plane import PLANES
from layers.collection import Collection
from layers.prepare import Step
from layers.projected import Job, Order, make_all
from layers.projected import _make as really_make

Make = Callable[..., Collection]


@pytest.fixture
def jobs(made_collection: Make) -> list[Job]:
    """A few shapes of each kind in every plane."""
    at = np.random.default_rng(3).uniform(-60, 60, (40, 2))
    shapes = {f"p{n}": Point(one) for n, one in enumerate(at)}
    made = made_collection("made", {**shapes, "l": LineString(at), "a": box(10, 60, 30, 80)})
    return [Job(made, plane) for plane in PLANES.values()]


def files(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (cache / "planes").glob("*.shelf")}


@pytest.fixture
def always_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers.projected, "LARGE", 0)


def test_processes_and_threads_write_the_same_bytes(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_all(jobs, tmp_path / "threads")
    monkeypatch.setattr(layers.projected, "LARGE", 0)
    told = list[Step]()
    make_all(jobs, tmp_path / "processes", told.append)
    assert len(files(tmp_path / "threads")) == len(PLANES)
    assert files(tmp_path / "threads") == files(tmp_path / "processes")
    assert told[-1].done


def kills_its_process(order: Order) -> None:
    """Ends the process it runs in, as a system does that has no memory left; but not this one."""
    if parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    really_make(order)


@pytest.mark.usefixtures("always_processes")
def test_what_a_killed_process_leaves_is_made_here(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers.projected, "_make", kills_its_process)
    make_all(jobs, tmp_path)
    assert len(files(tmp_path)) == len(PLANES)


@pytest.mark.usefixtures("always_processes")
def test_a_program_from_a_pipe_makes_them_itself(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = ModuleType("__main__")
    main.__file__ = "<stdin>"
    monkeypatch.setitem(sys.modules, "__main__", main)
    make_all(jobs, tmp_path)
    assert len(files(tmp_path)) == len(PLANES)
