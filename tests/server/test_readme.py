"""What `server/README.md` says is what the code does."""

import re
from pathlib import Path

import pytest

import server
from server.app import GROUPS
from server.settings import PREFIX, Settings, default_cache

HOME = Path(str(server.__file__)).parent
README = (HOME / "README.md").read_text(encoding="utf-8")
ROWS = {name: (default, about) for name, default, about in re.findall(
    rf"^\| `({PREFIX}\w+)` \| (.+?) \| (.+?) \|$", README, re.MULTILINE
)}  # fmt: skip


def test_the_table_of_settings_names_every_setting_and_no_other() -> None:
    assert list(ROWS) == [PREFIX + name.upper() for name in Settings.model_fields]


@pytest.mark.parametrize("name", [name for name in Settings.model_fields if name != "cache"])
def test_a_setting_has_the_default_that_the_table_gives(name: str) -> None:
    said = ROWS[PREFIX + name.upper()][0]
    value = getattr(Settings(), name)
    assert said == ("none" if value in (None, ()) else f"`{value}`")


def test_the_cache_is_where_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ROWS["MARCHLAND_CACHE"][0]
    assert said == "`$XDG_CACHE_HOME/marchland`, else `~/.cache/marchland`"
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache() == Path("/somewhere/marchland")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache() == Path.home() / ".cache" / "marchland"


def test_every_file_and_folder_of_the_floor_is_named() -> None:
    for path in HOME.iterdir():
        if path.is_file() and path.suffix == ".py" and path.stem != "__init__":
            assert f"`{path.name}`" in README, path.name
        elif path.is_dir() and not path.name.startswith("_"):
            assert f"`{path.name}/`" in README, path.name


def test_every_address_is_in_the_table() -> None:
    words = r"\b(ID|FEATURE|COLLECTION|DIGEST|GRID|Z|ROW|COL|TILE|FORM|NAME|PROJECTION)\b"
    said = re.sub(words, "{}", README).replace("…", "{}")
    for group in GROUPS:
        for route in group.router.routes:
            path = re.sub(r"\{[^}]*\}", "{}", getattr(route, "path", ""))
            assert f"`{path}`" in said, path
