"""The facts of a layer as its `build.py` sees them: tables, trees, citations and base assets."""

import csv
import json
import tomllib
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.formats import parse_collection
from geo.model import Properties, Source
from layers.assets import asset
from layers.errors import LayersError
from layers.folder import HOME, Folder


class Facts:
    """Reads the files beside a `build.py`; a build is a function of them and of nothing else."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file (UTF-8, header line), in file order."""
        with (self.folder.path / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    def tree(self, name: str) -> Any:
        """The content of a TOML or JSON file."""
        path = self.folder.path / name
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)

    def asset(self, name: str) -> bytes:
        """An npm asset of the wheel, for example ``world-atlas/countries-10m.json``."""
        return asset(name)

    def layer(self, id: str) -> list[Feature]:
        """The features of another layer of ours that is built and committed. Raises `LayersError`.

        Name it under ``inputs`` in `layer.toml`, so that the seal of this layer holds it.
        """
        path = HOME / id / f"{id}.geojson"
        try:
            return parse_collection(path.read_bytes())
        except OSError as error:
            raise LayersError(
                f"layer {self.folder.id} is made of {id}, which is not built; "
                f"run `marchland build {id}`"
            ) from error

    @cached_property
    def sources(self) -> dict[str, Source]:
        """`sources.toml`: a table for each source, its key is the source's id."""
        entries = self.tree("sources.toml")
        return {key: Source.model_validate({"id": key, **value}) for key, value in entries.items()}

    def cite(self, ids: Iterable[str]) -> list[Source]:
        """The sources with these ids, each once, in the order given. Raises `LayersError`."""
        wanted = list(dict.fromkeys(ids))
        if unknown := [one for one in wanted if one not in self.sources]:
            raise LayersError(
                f"layer {self.folder.id}: no source {', '.join(unknown)} in sources.toml"
            )
        return [self.sources[one] for one in wanted]

    def feature(
        self, id: str, geometry: BaseGeometry | None, *, sources: Iterable[str], **properties: Any
    ) -> Feature:
        """A checked feature; the licence is the layer's unless given. Raises `ValidationError`."""
        properties.setdefault("licence", self.folder.spec.licence)
        checked = Properties.model_validate({**properties, "sources": self.cite(sources)})
        return Feature(id, geometry, checked)
