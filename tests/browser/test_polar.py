"""Maps from above the pole: exact, without a seam, with everything that the flat ones show."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from pyproj import Proj

from layers.catalogue import Catalogue
from layers.legend import is_drawn
from layers.maps import load_maps

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
MAPS = load_maps()
WIDTHS = (320, 768, 1280)
A, F = 6378137.0, 1 / 298.257223563
E2 = F * (2 - F)
_DRAWN = """() => Object.fromEntries(marchland.layers
  .filter(one => marchland.map.hasLayer(one) && one.marchland.role === 'overlay')
  .map(group => [group.marchland.id,
    [...new Set([...document.querySelectorAll('[data-feature]')]
      .filter(node => node.dataset.layer === group.marchland.id)
      .map(node => node.dataset.feature))]]))"""
_ON_SCREEN = """([lat, lon]) => {
  const at = marchland.map.latLngToContainerPoint([lat, lon]);
  const box = marchland.map.getContainer().getBoundingClientRect();
  return [box.left + at.x, box.top + at.y];
}"""
_PROJECTED = """([names, positions]) => names.map(name => {
  const plane = L.CRS[name].projection;
  return positions.map(([lng, lat]) => {
    const at = plane.project({ lat, lng }), back = plane.unproject(at);
    return [at.x, at.y, back.lng, back.lat];
  });
})"""


def opened(watch: Watch, site: str, name: str, width: int = 1280) -> Page:
    page: Page = watch(width).open(f"{site}/maps/{name}?projection=polar")
    return page


@pytest.mark.slow
@pytest.mark.parametrize("name", MAPS)
def test_every_overlay_is_drawn_whole_and_nobody_else_is_asked(
    watch: Watch, site: str, catalogue: Catalogue, name: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/{name}?projection=polar")
    drawn = page.evaluate(_DRAWN)
    for collection in MAPS[name].shown(catalogue):
        if collection.id not in drawn:
            continue
        shown = [one for one in collection.features if is_drawn(collection, one)]
        assert sorted(drawn[collection.id]) == sorted(f.id for f in shown if f.geometry is not None)
    page.evaluate("document.fonts.ready.then(() => 0)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    watched.assert_quiet()


def test_the_projection_is_that_of_proj_for_every_meridian(watch: Watch, site: str) -> None:
    """South of 80° N; nearer to the pole PROJ subtracts numbers that are almost equal."""
    page = opened(watch, site, "caucasus")
    random = np.random.default_rng(90)
    positions = np.column_stack([random.uniform(-180, 180, 100), random.uniform(-60, 80, 100)])
    meridians = {f"Polar{'W' if one < 0 else 'E'}{abs(one)}": one for one in range(-180, 180, 5)}
    every = page.evaluate(_PROJECTED, [list(meridians), positions.tolist()])
    for (name, meridian), told in zip(meridians.items(), every, strict=True):
        found = np.array(told)
        there = Proj(f"+proj=laea +lat_0=90 +lon_0={meridian} +ellps=WGS84 +units=m")
        wanted = np.column_stack(there(*positions.T))
        assert np.hypot(*(found[:, :2] - wanted).T).max() < 5e-8, name
        turn = (found[:, 2] - positions[:, 0] + 180) % 360 - 180
        assert np.abs(turn).max() * 111e3 < 1e-7, name
        assert np.abs(found[:, 3] - positions[:, 1]).max() * 111e3 < 1e-7, name


def test_near_the_pole_a_circle_has_the_area_of_its_cap(watch: Watch, site: str) -> None:
    """Equal area: pi times rho squared is the cap, by Gauss and Legendre from its definition."""
    page = opened(watch, site, "caucasus")
    colatitudes = 10.0 ** np.linspace(-9, 1.4, 60)
    positions = np.column_stack([np.full(60, 12.0), 90 - colatitudes])
    (told,) = page.evaluate(_PROJECTED, [["PolarE10"], positions.tolist()])
    found = np.hypot(*np.array(told)[:, :2].T)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    ends = np.radians(90 - positions[:, 1])  # what is left of the colatitude in a double
    theta = ends[:, None] * (nodes + 1) / 2
    density = 2 * (1 - E2) * np.sin(theta) / (1 - E2 * np.cos(theta) ** 2) ** 2
    rho = A * np.sqrt((density * weights).sum(axis=1) * ends / 2)
    assert np.abs(found - rho).max() < 1e-8


def test_at_90_north_a_click_finds_the_central_arctic_ocean(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims?projection=polar")
    page.locator(".folium-map").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(_ON_SCREEN, [90, 0]))
    expect(page.get_by_role("dialog")).to_contain_text("Central Arctic Ocean")
    watched.assert_quiet()


@pytest.mark.parametrize("projection", ["polar", "flat"])
def test_there_is_no_seam_at_180_degrees(watch: Watch, site: str, projection: str) -> None:
    """The land of Chukotka is one area across 180°, and no line is drawn along it."""
    page = watch().open(f"{site}/maps/arctic?projection={projection}")
    found = page.evaluate(
        """() => [-0.5, 0, 0.5].map(off => {
          const middle = marchland.map.getCenter().lng, lon = 180 + off;
          const lng = lon + 360 * Math.round((middle - lon) / 360);
          const at = marchland.map.latLngToLayerPoint([67.5, lng]);
          const land = document.querySelector('path[data-layer="land"]');
          const point = new DOMPoint(at.x, at.y);
          return [land.isPointInFill(point), land.isPointInStroke(point)];
        })"""
    )
    assert found == [[True, False]] * 3


def test_the_first_view_has_the_pole_in_its_middle_and_all_around_it(
    watch: Watch, site: str
) -> None:
    for width in WIDTHS:
        page = opened(watch, site, "arctic", width)
        assert page.evaluate("marchland.drawer.at().lat") > 89.9
        size = page.evaluate("(s => [s.x, s.y])(marchland.map.getSize())")
        for lon in range(-180, 180, 30):
            x, y = page.evaluate(
                "lon => (p => [p.x, p.y])(marchland.map.latLngToContainerPoint([65.1, lon]))", lon
            )
            assert -2 <= x <= size[0] + 2, (width, lon)
            assert -2 <= y <= size[1] + 2, (width, lon)


_VERTICES = """(id) => {
  const count = (one) => Array.isArray(one) ? one.reduce((sum, part) => sum + count(part), 0) : 1;
  let sum = 0;
  const each = (one) => {
    if (one.eachLayer) one.eachLayer(each); else if (one.getLatLngs) sum += count(one.getLatLngs());
  };
  marchland.layers.filter(one => one.marchland.id === id).forEach(each);
  return sum;
}"""


def test_a_closer_look_brings_finer_shapes_and_the_same_features(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims?projection=polar")
    before = page.evaluate(_DRAWN)
    coarse = page.evaluate(_VERTICES, "land")
    with page.expect_response(lambda one: "land.polar.json?fine=1" in one.url):
        page.evaluate("marchland.drawer.go({ lon: 20, lat: 78, mpp: 2000 })")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(f"least => ({_VERTICES})('land') > least", arg=2 * coarse)
    assert page.evaluate(_DRAWN) == before
    watched.assert_quiet()


def test_the_scale_holds_for_the_middle_of_the_polar_map(watch: Watch, site: str) -> None:
    page = opened(watch, site, "arctic")
    told = page.locator(".leaflet-control-scale-line").first
    kilometres = float(told.inner_text().replace("km", "").replace(",", ""))
    metres = told.evaluate("node => node.offsetWidth") * page.evaluate("marchland.drawer.at().mpp")
    assert kilometres * 1000 == pytest.approx(metres, rel=0.05)


def test_a_reader_is_told_what_a_scale_leaves_out_when_it_changes_and_not_before(
    watch: Watch, site: str
) -> None:
    page = opened(watch, site, "arctic_claims", 320)
    line = page.locator("#map-message")
    expect(line).to_be_hidden()  # rivers are not drawn, and nobody asked for them
    page.evaluate("void marchland.map.setZoom(marchland.map.getZoom() + 3, { animate: false })")
    expect(line).to_be_hidden()
    page.evaluate("void marchland.map.setZoom(marchland.map.getZoom() - 3, { animate: false })")
    expect(line).to_be_visible()
    expect(line).to_contain_text("Rivers")
    expect(line).to_be_hidden(timeout=15_000)  # it lies on the map


def test_what_a_tool_asks_of_a_reader_stays_although_another_message_was_to_go(
    watch: Watch, site: str
) -> None:
    page = opened(watch, site, "arctic_claims", 320)
    line = page.locator("#map-message")
    page.evaluate("void marchland.map.setZoom(marchland.map.getZoom() + 3, { animate: false })")
    page.evaluate("void marchland.map.setZoom(marchland.map.getZoom() - 3, { animate: false })")
    expect(line).to_contain_text("Rivers")
    page.get_by_role("button", name="Where is this?").click()
    expect(line).to_contain_text("Click a place")
    box, frame = line.bounding_box(), page.locator(".map-frame").bounding_box()
    assert box and frame
    assert 0.7 * frame["width"] < box["width"] <= 0.8 * frame["width"]  # and not half of it, high
    page.wait_for_timeout(9_000)  # the message before it went after eight seconds
    expect(line).to_be_visible()
