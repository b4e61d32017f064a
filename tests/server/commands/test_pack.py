"""`marchland pack`."""

from collections.abc import Callable
from pathlib import Path

from layers.pack import Pack

Run = Callable[..., tuple[int, str, str]]


def test_it_writes_a_file_and_says_what_is_in_it(marchland: Run, tmp_path: Path) -> None:
    out = tmp_path / "bases.pmtiles"
    code, said, heard = marchland("pack", "airbases", "--max-zoom", "3", "--out", str(out))
    assert code == 0
    assert said.strip().endswith(str(out))
    assert [line.split(":")[0] for line in heard.splitlines() if line.startswith("zoom")] == [
        f"zoom {z}" for z in range(4)
    ]
    assert Pack(out).tile(0, 0, 0)


def test_without_a_path_it_goes_where_the_server_looks(
    marchland: Run, cache: Path, tmp_path: Path
) -> None:
    code, said, _ = marchland("pack", "corridor", "--tms", "Arctic3575Quad", "--max-zoom", "1")
    path = Path(said.strip().split(": ", 1)[1])
    assert code == 0
    assert path == cache / "packs" / "corridor.Arctic3575Quad.mvt.pmtiles"
    path.unlink()


def test_a_layer_that_is_not_there_ends_with_3(marchland: Run) -> None:
    code, _, heard = marchland("pack", "nothing")
    assert code == 3
    assert "nothing" in heard


def test_a_grid_that_is_not_there_is_named(marchland: Run) -> None:
    code, _, heard = marchland("pack", "airbases", "--tms", "Nothing")
    assert code != 0
    assert "WebMercatorQuad" in heard
