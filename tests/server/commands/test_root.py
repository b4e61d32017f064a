"""The command as a whole: help that teaches, exit codes, plain output where nobody looks."""

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
COMMANDS = ["build", "check", "get", "layers", "serve"]


def test_help_lists_the_commands_the_exit_codes_and_the_settings(marchland: Run) -> None:
    code, out, _ = marchland("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)
    assert "Exit codes: 0 all is well" in out
    assert "MARCHLAND_CACHE" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_teaches_by_example(marchland: Run, name: str) -> None:
    code, out, _ = marchland(name, "--help")
    assert code == 0
    assert "Examples:" in out
    assert f"  marchland {name}" in out


def test_the_version_is_printed(marchland: Run) -> None:
    code, out, _ = marchland("--version")
    assert code == 0
    assert out.startswith("marchland ")


@pytest.mark.parametrize(
    "arguments", [["frobnicate"], ["layers", "--frob"], ["serve", "--port", "many"], ["get"]]
)
def test_a_wrong_command_line_ends_with_2_and_says_so(marchland: Run, arguments: list[str]) -> None:
    code, out, err = marchland(*arguments)
    assert (code, out) == (2, "")
    assert "Error" in err


def test_an_unknown_setting_refuses_to_start(
    marchland: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARCHLAND_PROT", "1")
    code, _, err = marchland("layers")
    assert code == 2
    assert "did you mean MARCHLAND_PORT?" in err


def test_a_layer_folder_that_is_not_there_is_named(marchland: Run, tmp_path: Path) -> None:
    code, _, err = marchland("layers", "--layers", str(tmp_path / "none"))
    assert code == 2
    assert str(tmp_path / "none") in err


def test_a_cache_that_cannot_be_used_says_which_setting_moves_it(
    marchland: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "file"))
    code, _, err = marchland("layers")
    assert code == 1
    assert "MARCHLAND_CACHE" in err
