"""Made-up layers, the same each time: 200 000 points and 20 000 lines north of 55°."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from geo.feature import Feature
from geo.model import Properties
from layers.collection import Collection
from layers.spec import LayerSpec

POINTS, LINES = "bench_points", "bench_lines"
_SEED = 20261122
_COMMON = {
    "status": "context",
    "evidence": "dataset",
    "licence": "CC0-1.0",
    "sources": [{"id": "s", "title": "Made up", "publisher": "us", "accessed": "2026-11-22"}],
}


def points(count: int = 200_000) -> Collection:
    """Points spread evenly from 60° to 85° north."""
    random = np.random.default_rng(_SEED)
    lon = random.uniform(-180, 180, count)
    south, north = np.sin(np.radians((60, 85)))
    lat = np.degrees(np.arcsin(random.uniform(south, north, count)))
    shapes = np.asarray(shapely.points(np.stack([lon, lat], 1).round(6)))
    kinds, values = random.integers(0, 8, count), random.uniform(0, 100, count).round(2)
    tags = ({"kind_of": f"k{k}", "value": float(v)} for k, v in zip(kinds, values, strict=True))
    return _collection(POINTS, "station", shapes, tags)


def lines(count: int = 20_000, size: int = 24) -> Collection:
    """Walks of ``size`` vertices, some tens of kilometres long."""
    random = np.random.default_rng(_SEED + 1)
    lon = random.uniform(-175, 175, count)[:, None]
    low, high = np.sin(np.radians((60, 84)))
    lat = np.degrees(np.arcsin(random.uniform(low, high, count)))[:, None]
    heading = random.uniform(0, 2 * np.pi, count)[:, None]
    heading = heading + np.cumsum(random.normal(0, 0.35, (count, size)), axis=1)
    step = 0.03
    x = lon + np.cumsum(np.sin(heading) * step, axis=1) / np.cos(np.radians(lat))
    y = lat + np.cumsum(np.cos(heading) * step, axis=1)
    at = np.stack([np.clip(x, -180, 180), np.clip(y, 55, 85)], 2).round(6)
    tags = (
        {"route": f"r{n % 37}", "season": ("open", "part", "closed")[n % 3], "length": n % 900}
        for n in range(count)
    )
    return _collection(LINES, "route", np.asarray(shapely.linestrings(at)), tags)


def _collection(
    id: str, kind: str, shapes: np.ndarray, tags: Iterator[dict[str, Any]]
) -> Collection:
    plain = Properties.model_validate({"name": "x", "kind": kind, **_COMMON})
    features = tuple(
        Feature(
            f"{kind}_{n}",
            shape,
            plain.model_copy(update={"name": f"{kind} {n}", "tags": said}),
        )
        for n, (shape, said) in enumerate(zip(shapes, tags, strict=True))
    )
    spec = LayerSpec.model_validate(
        {
            "title": f"Made-up {kind}s",
            "description": "Made up for the bench.",
            "licence": "CC0-1.0",
            "attribution": "us",
            "style": {"rules": [{"label": "all"}]},
            "zoom": {"min": 0, "max": 14},
        }
    )
    digest = f"{_SEED:032x}{len(features):032x}"
    return Collection(id, spec, features, digest)
