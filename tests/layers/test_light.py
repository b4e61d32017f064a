"""What a map page fetches: the same shapes in a fifth of the bytes, and only what it draws from."""

import json
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.formats import geometry_object
from layers.catalogue import Catalogue
from layers.light import LETTERS, LONG, MEDIUM, POINTS, SHORT, Grain, letters, light
from layers.member import member, told

RING = [[10.0, 60.0], [12.0, 60.0], [12.0, 62.0], [10.0, 62.0], [10.0, 60.0]]


def read(text: str) -> list[int]:
    """Numbers of a string of letters, as ``server/static/unpack.js`` reads them."""
    codes, found = iter([LETTERS.index(one) for one in text]), list[int]()
    for code in codes:
        left = code
        if code == len(LETTERS) - 1:
            left = 0
            for _ in range(LONG):
                left = left * len(LETTERS) + next(codes)
            left += SHORT + MEDIUM
        elif code >= SHORT:
            left = SHORT + (code - SHORT) * len(LETTERS) + next(codes)
        found.append(-(left + 1) // 2 if left % 2 else left // 2)
    return found


def packed(geometry: dict[str, Any], grain: Grain, **said: Any) -> dict[str, Any]:
    feature = {"id": "a", "rule": 0, "geometry": geometry, "properties": {"name": "A", **said}}
    document = {"type": "FeatureCollection", "features": [feature]}
    made: dict[str, Any] = json.loads(light(orjson.dumps(document), grain))["features"][0]
    return made


@given(st.lists(st.integers(-30_000_000, 30_000_000)))
def test_letters_say_whole_numbers_and_need_no_sign_between_them(numbers: list[int]) -> None:
    text = "".join(map(letters, numbers))
    assert read(text) == numbers
    assert json.dumps(text) == f'"{text}"'  # none of them is written with another before it


def test_a_number_beyond_every_map_is_refused() -> None:
    with pytest.raises(ValueError, match="coarser"):
        letters(10**9)


def test_a_ring_is_steps_that_lead_back_to_its_start() -> None:
    made = packed({"type": "Polygon", "coordinates": [RING]}, Grain(0.5))
    start, *steps = np.array(read(made["geometry"]["coordinates"][0])).reshape(-1, 2)
    assert start.tolist() == [20, 120]
    assert np.sum(steps, axis=0).tolist() == [0, 0]


def test_points_keep_more_than_lines() -> None:
    made = packed({"type": "Point", "coordinates": [10.0001, 60.0]}, Grain(0.01))
    lon, lat = np.array(made["geometry"]["coordinates"]) * 0.01 / POINTS
    assert abs(lon - 10.0001) < 0.0002
    assert lat == pytest.approx(60)


def test_a_line_is_thinned_and_an_edge_of_an_area_is_not() -> None:
    path = [[n / 10, 60 + (n % 2) / 1000] for n in range(20)]
    line = packed({"type": "LineString", "coordinates": path}, Grain(0.001, slack=0.01))
    area = packed({"type": "Polygon", "coordinates": [[*path, path[0]]]}, Grain(0.001, slack=0.01))
    assert len(read(line["geometry"]["coordinates"])) == 4
    assert len(read(area["geometry"]["coordinates"][0])) == 42


def test_on_a_plane_steps_to_the_north_are_as_long_as_the_map_draws_them() -> None:
    path = [[0.0, lat] for lat in (0.0, 10.0, 70.0, 80.0)]
    made = packed({"type": "LineString", "coordinates": path}, Grain(0.01, plane=True))
    ups = [y for _, y in np.array(read(made["geometry"]["coordinates"])).reshape(-1, 2).tolist()]
    assert ups[3] > 3 * ups[1]


def test_what_is_left_out_is_in_the_other_file(catalogue: Catalogue) -> None:
    held = catalogue["airbases"]
    whole = [member(held, one, geometry_object(one.geometry)) for one in held.features]
    every = json.loads(told(held))
    document = orjson.dumps({"type": "FeatureCollection", "features": whole})
    for one in json.loads(light(document, Grain(0.01)))["features"]:
        said = every[one["id"]]["properties"]
        assert "sources" in said
        assert "sources" not in one["properties"]
        assert one["properties"].items() <= said.items()
