"""A layer folder on disk: where its description, facts and built bytes lie."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from geo.finding import Finding
from layers.errors import BadLayer
from layers.schema import schema_findings
from layers.spec import LayerSpec

HOME = Path(__file__).parent
_TOML = ("layer-toml", "correct the entry; layers/README.md lists what may stand in it")


@dataclass(frozen=True, slots=True)
class Folder:
    """One layer = one folder = one collection id; ``trusted`` is true for our own alone."""

    path: Path
    spec: LayerSpec
    trusted: bool = False

    @property
    def id(self) -> str:
        """The collection id, which is the folder's name."""
        return self.path.name

    @property
    def builder(self) -> Path | None:
        """`build.py`, or None where the GeoJSON file itself is what was written by hand."""
        path = self.path / "build.py"
        return path if path.is_file() else None

    def built(self, cache: Path) -> Path:
        """Where the built GeoJSON lies: in the folder, or in the cache if it is generated."""
        home = cache if self.spec.generated else self.path
        return home / f"{self.id}.geojson"


def open_folder(path: Path, *, trusted: bool = False) -> Folder:
    """The folder at ``path``. Raises `BadLayer` when its `layer.toml` is missing or wrong."""
    text = path / "layer.toml"
    try:
        spec = LayerSpec.model_validate(tomllib.loads(text.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadLayer(path.name, [_unreadable(path.name, error)]) from error
    except ValidationError as error:
        raise BadLayer(path.name, schema_findings(error, path.name, *_TOML)) from error
    return Folder(path, spec, trusted)


def find_folders(root: Path, *, trusted: bool = False) -> tuple[list[Folder], list[BadLayer]]:
    """The folders below ``root`` that hold a `layer.toml`, by name, and the broken ones."""
    good: list[Folder] = []
    bad: list[BadLayer] = []
    for text in sorted(root.glob("*/layer.toml")):
        try:
            good.append(open_folder(text.parent, trusted=trusted))
        except BadLayer as error:
            bad.append(error)
    return good, bad


def our_folders() -> list[Folder]:
    """The layers that marchland brings along."""
    good, bad = find_folders(HOME, trusted=True)
    if bad:
        raise bad[0]
    return good


def _unreadable(layer: str, error: Exception) -> Finding:
    advice = "write a layer.toml in UTF-8 TOML; copy one of ours to start from"
    return Finding("layer-toml", f"layer.toml: {error}", advice, layer=layer)
