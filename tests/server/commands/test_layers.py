"""`marchland layers`."""

import json
from collections.abc import Callable
from pathlib import Path

from layers.catalogue import Catalogue

Run = Callable[..., tuple[int, str, str]]


def test_the_table_has_a_line_for_each_layer_and_no_colour_in_a_pipe(
    marchland: Run, catalogue: Catalogue
) -> None:
    code, out, _ = marchland("layers")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == list(catalogue.collections)
    assert "\x1b" not in out


def test_json_has_what_a_script_needs(marchland: Run, catalogue: Catalogue) -> None:
    _, out, _ = marchland("layers", "--json")
    listed = json.loads(out)
    assert listed["broken"] == []
    assert {one["id"]: one["sha256"] for one in listed["layers"]} == {
        one.id: one.digest for one in catalogue.collections.values()
    }


def test_a_broken_layer_is_named_and_ends_with_1(marchland: Run, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "layer.toml").write_text("= =")
    code, out, err = marchland("layers", "--layers", str(tmp_path))
    assert code == 1
    assert "airbases" in out
    assert "broken: layer bad" in err
