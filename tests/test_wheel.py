"""The wheel: one distribution with three generic package names, so it must be guarded."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home), ROOT],
        check=True,
        capture_output=True,
    )
    (made,) = home.glob("*.whl")
    return made


@pytest.mark.slow
def test_the_wheel_holds_three_packages_and_nothing_beside_them(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops - {n for n in tops if n.endswith(".dist-info")} == {"geo", "layers", "server"}


@pytest.mark.slow
def test_the_wheel_carries_every_layer_and_every_asset_with_its_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for layer in sorted((ROOT / "layers").glob("*/layer.toml")):
        assert layer.relative_to(ROOT).as_posix() in names
    assert "layers/_assets/world-atlas/countries-10m.json" in names
    assert "server/_assets/leaflet/leaflet.js" in names
    for catalogue in sorted((ROOT / "server/locales").glob("*.po")):
        assert catalogue.relative_to(ROOT).as_posix() in names
    for package in {name.split("/")[2] for name in names if "/_assets/" in name} - {"stamp"}:
        assert any(f"/_assets/{package}/LICENSE" in name for name in names), package


@pytest.mark.slow
def test_two_wheels_of_one_tree_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(tmp_path), ROOT], check=True, capture_output=True)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.slow
def test_the_wheel_works_from_any_folder_and_knows_its_floors(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(home)
    code = "import geo, layers, server; print(geo.__file__, layers.__file__, server.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(home), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count(str(home)) == 3


@pytest.mark.slow
def test_another_package_called_layers_is_named_and_refused(wheel: Path, tmp_path: Path) -> None:
    home, alien = tmp_path / "site", tmp_path / "alien" / "layers"
    zipfile.ZipFile(wheel).extractall(home)
    alien.mkdir(parents=True)
    (alien / "__init__.py").write_text("")
    done = subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", "layers"],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{alien.parent}:{home}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert str(alien) in done.stderr
