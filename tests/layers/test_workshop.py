"""The files of the planes: made by processes or by threads, early or late, the same bytes."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest
from shapely import LineString, Point, box

import layers.crew
import layers.projected
import layers.workshop
from geo.plane import PLANES
from layers.collection import Collection
from layers.job import Job
from layers.prepare import Step
from layers.projected import make_all, opened
from layers.workshop import Workshop

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
    monkeypatch.setattr(layers.workshop, "LARGE", 0)


def test_processes_and_threads_write_the_same_bytes(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_all(jobs, tmp_path / "threads")
    monkeypatch.setattr(layers.workshop, "LARGE", 0)
    told = list[Step]()
    make_all(jobs, tmp_path / "processes", told.append)
    assert len(files(tmp_path / "threads")) == len(PLANES)
    assert files(tmp_path / "threads") == files(tmp_path / "processes")
    assert told[-1].done


@pytest.mark.usefixtures("always_processes")
def test_what_a_process_leaves_that_was_ended_is_made_here(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        layers.crew, "_APART", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    make_all(jobs, tmp_path)
    assert len(files(tmp_path)) == len(PLANES)


def test_what_another_start_takes_away_as_older_is_made_again(
    jobs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = jobs[0]
    make_all([there], tmp_path)
    other = replace(there, collection=replace(there.collection, digest="other data"))

    class Looking(Workshop):
        """Another start, with other data, does its work as soon as this one has looked."""

        def _left(self, wanted: Sequence[Job]) -> list[Job]:
            found = super()._left(wanted)
            with Workshop(tmp_path) as begun:
                begun.lay([other])
            return found

    monkeypatch.setattr(layers.projected, "Workshop", Looking)
    make_all([there], tmp_path)
    assert not there.path(tmp_path).is_file()
    make = layers.projected.make_all

    def hastily(*given: Any) -> list[str]:
        monkeypatch.undo()
        made = make(*given)
        there.path(tmp_path).unlink()
        return made

    monkeypatch.setattr(layers.projected, "make_all", hastily)
    assert 0.0 in opened(there, tmp_path)


def test_what_is_given_twice_is_made_once_and_the_bar_knows_what_is_to_come(
    jobs: list[Job], tmp_path: Path
) -> None:
    told = list[Step]()
    with Workshop(tmp_path, told.append) as workshop:
        workshop.lay(jobs[:1], coming=2)
        workshop.lay(jobs)
    assert workshop.made == ["made", "made"]
    assert {step.total for step in told} == {3}
    assert sorted(step.feature or "" for step in told[1:-1]) == sorted(job.name for job in jobs)
    assert [told[0].feature, told[-1].done] == [None, True]


@pytest.mark.usefixtures("always_processes")
def test_what_goes_wrong_meanwhile_breaks_the_work_off_and_the_next_one_finishes_it(
    jobs: list[Job], tmp_path: Path
) -> None:
    with pytest.raises(KeyError), Workshop(tmp_path) as workshop:
        workshop.lay(jobs)
        raise KeyError
    make_all(jobs, tmp_path)
    assert len(files(tmp_path)) == len(PLANES)


def test_who_has_to_wait_for_another_process_says_so_and_finds_the_work_done(
    jobs: list[Job], tmp_path: Path
) -> None:
    waits, told = Event(), list[Step]()

    def watch(step: Step) -> None:
        told.append(step)
        waits.set()

    other = Thread(target=make_all, args=(jobs, tmp_path, watch))
    with Workshop(tmp_path) as workshop:
        workshop.lay(jobs)
        other.start()
        assert waits.wait(30)
    other.join(30)
    assert [step.waits for step in told] == [True]
    assert len(files(tmp_path)) == len(PLANES)


def test_a_program_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    """Nor does it wait for itself: a script that makes the planes in its outermost lines."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    words = [sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["airbases"] * len(PLANES)


SCRIPT = """
import sys
from pathlib import Path
import layers.workshop
from layers.collection import Collection
from layers.planes import prepare
from layers.catalogue import Catalogue, load_catalogue
from layers.folder import our_folders
layers.workshop.LARGE = 0
cache = Path(sys.argv[1])
one = [folder for folder in our_folders() if folder.id == "airbases"]
prepare(load_catalogue(one, cache), cache)
print(*sorted(path.name.split("-")[0] for path in (cache / "planes").glob("*.shelf")))
"""
