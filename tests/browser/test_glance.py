"""What stands in the frame of a map until the map itself is there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

# What of it lies in the frame: neither draws all that is outside.
BOX = """where => {
  const frame = document.querySelector('.map-frame').getBoundingClientRect();
  const held = [...document.querySelectorAll(where)].map(one => one.getBoundingClientRect())
    .filter(b => b.width + b.height > 1 && b.right > frame.left && b.left < frame.right
      && b.bottom > frame.top && b.top < frame.bottom);
  return [Math.max(frame.left, Math.min(...held.map(b => b.left))),
          Math.max(frame.top, Math.min(...held.map(b => b.top))),
          Math.min(frame.right, Math.max(...held.map(b => b.right))),
          Math.min(frame.bottom, Math.max(...held.map(b => b.bottom)))];
}"""
Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
OFF_PX = 8  # an outline in steps of two pixels against one in thirds of a pixel
PLACES = [
    ("central_asia", "airbases", 1280),
    ("bering", "bering_transits", 768),
    ("arctic_claims", "arctic_high_seas", 1280),
    ("arctic_claims", "arctic_high_seas", 320),
    ("arctic_claims?projection=flat", "arctic_zones", 1280),
]


def held_up(page: Page) -> list[Route]:
    """The routes of the first data, which do not go on by themselves."""
    held: list[Route] = []
    page.route("**/first.*", lambda route: held.append(route))  # noqa: PLW0108  # no builtin
    return held


@pytest.mark.parametrize(("map_id", "layer", "width"), PLACES)
def test_a_glance_shows_what_the_map_will_show_and_where_until_the_map_is_there(
    watch: Watch, site: str, map_id: str, layer: str, width: int
) -> None:
    watched = watch(width)
    page = watched.page
    held = held_up(page)
    page.goto(f"{site}/maps/{map_id}")
    page.wait_for_selector(f'.glance path[data-in="{layer}"]')
    page.wait_for_selector(".leaflet-control-scale-line", state="attached")
    sketched = page.evaluate(BOX, f'.glance path[data-in="{layer}"]')
    assert held
    page.unroute("**/first.*")  # which lets them go on
    page.wait_for_selector('.folium-map[data-ready="1"]')
    drawn = page.evaluate(BOX, f'path[data-layer="{layer}"]:not(.broad)')
    assert page.locator(".glance").count() == 0
    assert sketched == pytest.approx(drawn, abs=OFF_PX)
    watched.assert_quiet()


@pytest.mark.parametrize("asked", ["view=CA", "datetime=1990", "projection=globe"])
def test_a_map_that_opens_otherwise_than_neutral_and_whole_shows_no_glance(
    watch: Watch, site: str, asked: str
) -> None:
    page = watch().page
    held_up(page)
    page.goto(f"{site}/maps/arctic_claims?{asked}", wait_until="domcontentloaded")
    assert page.locator(".map-frame").count() == 1
    assert page.locator(".glance").count() == 0
