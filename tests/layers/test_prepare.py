"""The generated layers, made where they are missing or stale."""

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from threading import Event, Thread

import pytest

from layers.digest import code_of, digest_of
from layers.errors import BadLayer, LayersError
from layers.folder import HOME, Folder, open_folder, our_folders
from layers.lock import only_one
from layers.prepare import Step, is_stale, prepare

LAYER = """
title = "Made"
description = "A layer that is made."
licence = "CC0-1.0"
attribution = "Nobody"
generated = {generated}
[[style.rules]]
label = "It"
"""
BUILD = """
from pathlib import Path
from shapely import Point

def build(facts):
    with (Path(__file__).parent.parent / "runs").open("a") as log:
        log.write("x")
    for row in facts.table("facts.csv"):
        yield facts.feature(row["id"], Point(float(row["lon"]), 0), sources=["a"], name=row["id"],
                            kind="station", status="context", evidence="dataset")
"""


def make(root: Path, *, generated: bool = True, trusted: bool = True) -> Folder:
    folder = root / "made"
    folder.mkdir(exist_ok=True)
    (folder / "layer.toml").write_text(LAYER.format(generated=str(generated).lower()))
    (folder / "sources.toml").write_text('[a]\ntitle = "A"\npublisher = "B"\n')
    (folder / "facts.csv").write_text("id,lon\none,1\ntwo,2\n")
    (folder / "build.py").write_text(BUILD)
    return open_folder(folder, trusted=trusted)


def runs(root: Path) -> int:
    log = root / "runs"
    return len(log.read_text()) if log.exists() else 0


def test_a_missing_layer_is_built_and_a_current_one_is_left(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    assert prepare([folder], cache) == ["made"]
    assert folder.built(cache).is_file()
    assert prepare([folder], cache) == []
    assert runs(tmp_path) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facts.csv", "id,lon\none,1.5\n"),
        ("build.py", BUILD + "# changed\n"),
        ("layer.toml", LAYER.format(generated="true").replace("Nobody", "Somebody")),
        ("sources.toml", '[a]\ntitle = "A, 2nd edition"\npublisher = "B"\n'),
    ],
)
def test_a_layer_is_stale_when_anything_that_it_is_made_of_changes(
    tmp_path: Path, name: str, text: str
) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    prepare([folder], cache)
    assert not is_stale(folder, cache)
    (folder.path / name).write_text(text)
    changed = open_folder(folder.path, trusted=True)
    assert is_stale(changed, cache)
    assert prepare([changed], cache) == ["made"]
    assert not is_stale(changed, cache)


def test_a_readme_is_no_input(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    prepare([folder], cache)
    (folder.path / "README.md").write_text("About it.")
    assert not is_stale(folder, cache)


def test_a_layer_whose_file_was_lost_is_stale(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    prepare([folder], cache)
    folder.built(cache).unlink()
    assert prepare([folder], cache) == ["made"]


def test_the_code_that_a_build_imports_is_part_of_its_digest() -> None:
    names = {path.relative_to(HOME.parent).as_posix() for path in code_of(HOME / "land/build.py")}
    assert {"layers/atlas.py", "geo/antimeridian.py", "geo/clean.py", "geo/topojson.py"} <= names


def test_the_atlas_itself_is_part_of_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    land = open_folder(HOME / "land", trusted=True)
    before = digest_of(land)
    monkeypatch.setattr("layers.digest.asset", lambda name: b"another atlas")
    assert digest_of(land) != before


def test_code_of_a_foreign_folder_never_runs(tmp_path: Path) -> None:
    folder = make(tmp_path, trusted=False)
    assert prepare([folder], tmp_path / "cache") == []
    assert runs(tmp_path) == 0


def test_a_committed_layer_is_not_touched(tmp_path: Path) -> None:
    folder = make(tmp_path, generated=False)
    assert prepare([folder], tmp_path / "cache") == []
    assert runs(tmp_path) == 0


def test_progress_is_told_from_the_first_step_to_the_last(tmp_path: Path) -> None:
    steps: list[Step] = []
    prepare([make(tmp_path)], tmp_path / "cache", steps.append)
    assert [step.feature for step in steps] == [None, "one", "two", None]
    assert [step.done for step in steps] == [False, False, False, True]
    assert {(step.layer, step.number, step.count) for step in steps} == {("made", 1, 1)}


def test_a_layer_that_fails_leaves_no_stamp_and_names_its_fault(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    (folder.path / "facts.csv").write_text("id,lon\none,east\n")
    with pytest.raises(BadLayer, match="east"):
        prepare([folder], cache)
    assert is_stale(folder, cache)


def test_a_cache_that_cannot_be_made_is_named_with_the_setting(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(LayersError, match="MARCHLAND_CACHE"):
        prepare([make(tmp_path)], blocked / "cache")


def test_a_missing_asset_is_a_fault_of_its_layer_and_not_of_the_cache(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    prepare([folder], cache)
    toml = (folder.path / "layer.toml").read_text()
    (folder.path / "layer.toml").write_text(f'inputs = ["nobody/atlas.json"]\n{toml}')
    wanting = open_folder(folder.path, trusted=True)
    with pytest.raises(BadLayer, match=r"nobody/atlas\.json") as caught:
        prepare([wanting], cache)
    assert [(one.rule, one.layer) for one in caught.value.findings] == [("input-missing", "made")]


def test_a_file_that_the_build_cannot_read_is_a_fault_of_its_layer(tmp_path: Path) -> None:
    folder = make(tmp_path)
    (folder.path / "facts.csv").unlink()
    with pytest.raises(BadLayer, match=r"facts\.csv"):
        prepare([folder], tmp_path / "cache")


def test_who_waits_while_another_one_builds_says_so_and_builds_nothing(tmp_path: Path) -> None:
    folder, cache = make(tmp_path), tmp_path / "cache"
    cache.mkdir()
    waits, told, made = Event(), list[Step](), list[list[str]]()

    def watch(step: Step) -> None:
        told.append(step)
        waits.set()

    other = Thread(target=lambda: made.append(prepare([folder], cache, watch)))
    with only_one(cache / "prepare.lock"):
        other.start()
        assert waits.wait(30)
        prepare([folder], tmp_path / "elsewhere")
        for path in (tmp_path / "elsewhere").glob("made.*"):
            shutil.copy(path, cache)
    other.join(30)
    assert [step.waits for step in told] == [True]
    assert made == [[]]


def test_of_several_processes_that_start_at_once_one_builds(tmp_path: Path) -> None:
    make(tmp_path)
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from layers.folder import open_folder
        from layers.prepare import prepare
        root = Path(sys.argv[1])
        print(prepare([open_folder(root / "made", trusted=True)], root / "cache"))
    """)
    command = [sys.executable, "-c", script, str(tmp_path)]
    started = [
        subprocess.Popen(command, cwd=HOME.parent, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = sorted(process.communicate(timeout=60)[0].strip() for process in started)
    assert said == ["['made']", "[]", "[]"]
    assert runs(tmp_path) == 1


@pytest.mark.slow
def test_two_builds_of_the_base_map_give_the_same_bytes(cache: Path, tmp_path: Path) -> None:
    base = [folder for folder in our_folders() if folder.id in ("countries", "land")]
    prepare(base, cache)
    # In a process of its own: nothing is kept from the first build, and strings hash anew.
    script = (
        "import sys; from pathlib import Path; from layers.folder import HOME, open_folder;"
        "from layers.prepare import prepare;"
        "prepare([open_folder(HOME / name, trusted=True) for name in ('countries', 'land')],"
        "        Path(sys.argv[1]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=HOME.parent, check=True, timeout=240
    )
    for folder in base:
        assert folder.built(cache).read_bytes() == folder.built(tmp_path).read_bytes()
