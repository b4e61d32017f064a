from importlib.util import find_spec

import numpy as np
import pytest
import shapely

from geo.reach import distance_to
from layers.arctic_base_points.legal import listed
from layers.catalogue import Catalogue
from layers.facts import Facts
from layers.folder import HOME, open_folder

ROW = {"state": "NO", "source": "law", "evidence": "official", "group": "g", "line": "geodesic"}


def _rows(*points: tuple[float, float, str]) -> list[dict[str, str]]:
    return [{**ROW, "lon": str(lon), "lat": str(lat), "line": line} for lon, lat, line in points]


def test_a_straight_baseline_has_a_point_every_kilometre() -> None:
    [one] = listed(_rows((10.0, 70.0, "geodesic"), (11.0, 70.0, "end")))
    legs = distance_to(one.points[1:], one.points[:-1])[0]
    assert legs.max() < 1000.5
    assert len(one.points) == 40


def test_a_low_water_stretch_gets_no_points_of_its_own_and_a_closed_group_comes_home() -> None:
    [open_] = listed(_rows((10.0, 70.0, "low_water"), (10.1, 70.0, "end")))
    assert len(open_.points) == 2
    [ring] = listed(
        _rows((10.0, 70.0, "geodesic"), (10.1, 70.0, "geodesic"), (10.1, 70.05, "close"))
    )
    assert distance_to(ring.points[-1:], ring.points[:1])[0][0] < 1000


def test_norwegian_limits_are_measured_from_the_lists_alone(catalogue: Catalogue) -> None:
    lists = [
        str(one.id)
        for one in catalogue["arctic_base_points"].features
        if one.properties.tags.get("state") in ("NO", "SJ", "JM", "IS")
        and one.properties.tags["role"] == "deciding"
    ]
    assert lists == ["no_for625", "sj_for556", "jm_for943", "is_is41"]


def test_the_recovered_points_of_greenland_and_the_faroes_decide(catalogue: Catalogue) -> None:
    points = catalogue["arctic_base_points"].by_id
    assert points["gl_kv11"].properties.evidence == "derived-exact"
    rows = Facts(open_folder(HOME / "arctic_base_points")).table("legal.csv")
    known = np.array([(float(row["lon"]), float(row["lat"])) for row in rows])
    for name in ("gl_kv11", "fo_kv11"):
        metres = distance_to(shapely.get_coordinates(points[name].geometry), known)[0]
        assert metres.max() < 0.01


def test_an_equidistance_line_is_as_far_from_both_coasts(catalogue: Catalogue) -> None:
    found = catalogue["arctic_base_points"]
    line = shapely.get_coordinates(found.by_id["no_xx_equidistance_1"].geometry)
    own = np.vstack(
        [
            shapely.get_coordinates(one.geometry)
            for one in found.features
            if one.properties.tags.get("state") == "NO"
        ]
    )
    middle = line[(line[:, 1] > 60) & (line[:, 1] < 63)]
    assert distance_to(middle, own)[0].min() > 100_000


@pytest.mark.slow
@pytest.mark.skipif(
    find_spec("mpl_toolkits") is None, reason="needs the extra: pip install 'marchland[zones]'"
)
def test_the_coast_is_sorted_by_the_countries_of_the_base_map() -> None:
    from layers.arctic_base_points.coast import coasts  # noqa: PLC0415
    from layers.assets import asset  # noqa: PLC0415

    found = coasts(asset("world-atlas/countries-10m.json"))
    assert set(found) == {"RU", "NO", "IS", "GL", "FO", "CA", "US", "XX"}
    diomede = distance_to(np.array([[-169.06, 65.78], [-168.93, 65.755]]), found["RU"])[0]
    assert diomede[0] < 3_000 < diomede[1] + 2_000
