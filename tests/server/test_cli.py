"""The guard before everything else: geo, layers and server belong together, or nothing starts."""

from pathlib import Path

import pytest

import server
from server import cli, floors

HOME = Path(str(server.__file__)).parent.parent


def test_our_own_packages_belong_together() -> None:
    assert floors.alien_package() is None


@pytest.mark.parametrize("name", ["geo", "layers"])
def test_an_alien_package_is_named_with_its_place(name: str) -> None:
    def find(asked: str) -> Path:
        return Path("/elsewhere") / asked if asked == name else HOME / asked

    fault = floors.alien_package(find)
    assert fault
    assert f"package {name} at /elsewhere/{name} is not marchland's" in fault


def test_a_missing_package_is_named() -> None:
    fault = floors.alien_package(lambda name: None if name == "layers" else HOME / name)
    assert fault
    assert "package layers is not installed" in fault


def test_the_command_ends_with_the_fault_and_imports_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "alien_package", lambda: "package geo is not ours")
    with pytest.raises(SystemExit, match="marchland: package geo is not ours"):
        cli.main()


def test_the_guard_imports_none_of_the_floors() -> None:
    for path in ("cli.py", "floors.py"):
        top = (HOME / "server" / path).read_text(encoding="utf-8").split("def main")[0]
        lines = [line for line in top.splitlines() if line.startswith(("import", "from"))]
        assert not any(word in line for line in lines for word in ("geo", "layers"))
