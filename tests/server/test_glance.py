"""The first view of a map, drawn in its page."""

import re

import pytest
from starlette.testclient import TestClient

from layers.maps import load_maps
from layers.spec import Hatch, Paint
from server.maps.projection import POLAR, projections
from server.maps.sketch import area, line, marks, pattern

PAGE = {"Accept": "text/html"}
DRAWING = re.compile(r'<svg class="glance".*?</svg>', re.DOTALL)
NAMED = [spec.id for spec in load_maps().values()]
MOST = 10_000 * 4  # characters: some four times what is sent of them


def glance_of(client: TestClient, path: str) -> str:
    found = DRAWING.search(client.get(path, headers=PAGE).text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("map_id", NAMED)
@pytest.mark.parametrize("page", ["maps", "embed"])
def test_a_glance_draws_the_land_or_the_countries_and_what_the_map_is_about(
    client: TestClient, page: str, map_id: str
) -> None:
    spec = load_maps()[map_id]
    drawn = glance_of(client, f"/{page}/{map_id}")
    layers = set(re.findall(r'data-in="(\w+)"', drawn))
    assert layers & {"land", "countries"}
    assert layers & (set(spec.collections) - set(spec.off) - {"land", "countries", "lakes"})
    assert not layers & set(spec.off)
    assert len(drawn) < MOST


def test_a_glance_of_the_pole_has_the_pole_in_its_middle(client: TestClient) -> None:
    assert projections(load_maps()["arctic"])[0] == POLAR
    assert 'viewBox="0 0 400 400"' in glance_of(client, "/maps/arctic")


def test_what_is_disputed_is_hatched_at_a_glance_too(client: TestClient) -> None:
    drawn = glance_of(client, "/maps/arctic_claims")
    hatched = set(re.findall(r'fill="url\(#(glance-\d+)\)"', drawn))
    assert hatched
    assert hatched == set(re.findall(r'<pattern id="(glance-\d+)"', drawn))


def test_a_claimed_line_is_dashed_and_a_settled_one_is_not() -> None:
    assert line("a", "m0,0", Paint(dash="3 6")).dash == "3 6"
    assert line("a", "m0,0", Paint()).round


def test_an_area_without_fill_is_an_outline_alone() -> None:
    empty = area("a", "m0,0z", Paint(fill=False, color="#112233"), True, None)
    assert (empty.fill, empty.stroke) == ("none", "#112233")


def test_a_paint_that_asks_for_lines_has_them_and_a_dispute_has_them_by_itself() -> None:
    asked = pattern(0, Paint(hatch=Hatch(angle=0, spacing=5)), disputed=False)
    assert asked and (asked.turn, asked.spacing) == (90, 5)
    assert pattern(0, Paint(), disputed=True)
    assert pattern(0, Paint(), disputed=False) is None
    assert pattern(0, Paint(fill=False), disputed=True) is None


def test_a_mark_keeps_its_shape() -> None:
    round_, triangle = (marks("a", [[10, 20]], Paint(shape=one)) for one in ("circle", "triangle"))
    assert round_.d.startswith("M10 20m") and "a" in round_.d
    assert triangle.d.endswith("z") and "a" not in triangle.d
