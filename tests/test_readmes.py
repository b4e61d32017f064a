"""The floor READMEs name every file, so that nobody looks for one in vain."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("floor", ["geo", "layers"])
def test_every_file_of_a_floor_is_named_in_its_readme(floor: str) -> None:
    said = (ROOT / floor / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in (ROOT / floor).glob("*.py")} - {"__init__.py"}
    assert not sorted(name for name in files if f"`{name}`" not in said)


def test_the_readme_names_every_layer_that_there_is() -> None:
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    layers = {path.parent.name for path in (ROOT / "layers").glob("*/layer.toml")}
    assert not sorted(name for name in layers if f"`{name}`" not in said)


def test_a_readme_links_only_to_what_is_there() -> None:
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = {part.split(")")[0] for part in said.split("](")[1:]}
    assert targets
    assert all((ROOT / target).is_file() for target in targets)
