"""Maps in a sandboxed frame on somebody else's page."""

import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from layers.catalogue import Catalogue
from layers.folder import Folder
from layers.maps import load_maps

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
_HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head>
<body><p>Somebody's article.</p>
<iframe id="map" src="{src}" sandbox="allow-scripts" width="100%" height="400"></iframe>
<script>
window.__violations = [];
window.heights = [];
addEventListener('message', function (event) {{
  if (event.source === document.getElementById('map').contentWindow) heights.push(event.data);
}});
</script></body></html>"""


_STATE = """Object.fromEntries(['projection', 'view', 'at', 'feature', 'off', 'on', 'hide']
  .map(name => [name, marchland.state.get(name)]))"""


def framed(
    page: Page,
    site: str,
    other: tuple[str, Path],
    path: str,
    ready: str = '.folium-map[data-ready="1"]',
) -> Frame:
    """The frame of ``path`` on a page of the other origin, once its map is drawn."""
    address, home = other
    name = f"{abs(hash(path))}.html"
    (home / name).write_text(_HOST.format(src=escape(f"{site}{path}")), encoding="utf-8")
    page.goto(f"{address}/{name}")
    frame = page.frames[1]
    frame.wait_for_selector(ready, timeout=20_000)
    return frame


@pytest.mark.slow
@pytest.mark.parametrize("name", load_maps())
def test_every_map_works_in_a_sandbox_on_another_origin(
    watch: Watch, site: str, other_site: tuple[str, Path], catalogue: Catalogue, name: str
) -> None:
    watched = watch(320)
    frame = framed(watched.page, site, other_site, f"/embed/{name}")
    assert frame.evaluate("window.origin") == "null"
    spec = load_maps()[name]
    for layer in spec.collections:
        if layer in spec.off or catalogue[layer].extent is None:
            continue
        assert frame.locator(f'[data-layer="{layer}"]').count() > 0, layer
    expect(frame.locator(".attribution")).to_be_visible()
    expect(frame.locator(".attribution")).to_contain_text("Natural Earth")
    for width in (320, 768, 1280):
        watched.page.set_viewport_size({"width": width, "height": 900})
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    watched.assert_quiet()


def test_the_title_leads_back_to_the_page_of_the_map(
    watch: Watch, site: str, other_site: tuple[str, Path]
) -> None:
    frame = framed(watch().page, site, other_site, "/embed/caucasus")
    title = frame.get_by_role("link", name="The route across Syunik")
    assert title.get_attribute("href") == f"{site}/maps/caucasus"
    assert title.get_attribute("target") == "_blank"


def test_the_frame_says_how_high_it_wants_to_be(
    watch: Watch, site: str, other_site: tuple[str, Path]
) -> None:
    page = watch(768).page
    framed(page, site, other_site, "/embed/caucasus#?secret=abc123")
    page.wait_for_function("heights.length >= 2")
    told = page.evaluate("heights")
    assert told[0]["type"] == "marchland:height"
    assert 200 <= told[0]["height"] <= 1000
    assert told[1] == {"message": "height", "value": told[0]["height"], "secret": "abc123"}


def test_the_wheel_belongs_to_the_page_until_the_map_has_the_focus(
    watch: Watch, site: str, other_site: tuple[str, Path]
) -> None:
    page = watch().page
    frame = framed(page, site, other_site, "/embed/caucasus")
    zoom = "marchland.map.scrollWheelZoom.enabled()"
    assert frame.evaluate(zoom) is False
    frame.locator(".folium-map").focus()
    assert frame.evaluate(zoom) is True
    frame.locator(".embed-head a").focus()
    assert frame.evaluate(zoom) is False


def test_a_popup_opens_in_a_sandbox(watch: Watch, site: str, other_site: tuple[str, Path]) -> None:
    watched = watch()
    frame = framed(watched.page, site, other_site, "/embed/central_asia")
    frame.locator('path[data-feature="manas_us_transit_center"]').focus()
    watched.page.keyboard.press("Enter")
    expect(frame.get_by_role("dialog")).to_contain_text("Manas")
    watched.assert_quiet()


def test_a_hostile_layer_is_harmless_in_a_frame(
    watch: Watch, site: str, other_site: tuple[str, Path], hostile: Folder, hostile_path: str
) -> None:
    watched = watch()
    frame = framed(watched.page, site, other_site, f"/embed/{hostile_path}")
    expect(frame.locator("h1")).to_have_text(hostile.spec.title)
    watched.assert_quiet()


@pytest.mark.parametrize("projection", ["flat", "globe"])
def test_the_snippet_puts_what_a_reader_has_before_them_into_the_frame(
    watch: Watch, site: str, other_site: tuple[str, Path], projection: str
) -> None:
    watched = watch()
    page = watched.page
    page.goto(f"{site}/maps/arctic_claims?projection={projection}&view=CA")
    page.wait_for_selector('[data-ready="1"]', timeout=30_000)
    page.evaluate("marchland.drawer.go({ lon: -140, lat: 71, mpp: 3000 })")
    limits = page.locator('label:has(> input[data-layer="arctic_limits"])').inner_text().strip()
    page.locator('input[data-layer="arctic_limits"]').uncheck()
    line = page.locator(".key-filter > span > span").first.inner_text()
    page.locator(".key-filter").first.click()
    page.evaluate("marchland.choose('arctic_zones', 'beaufort_overlap')")
    expect(page.locator("#snippet")).to_have_value(re.compile("feature=arctic_zones/beaufort"))
    source = unescape(page.locator("#snippet").input_value().split('"')[1])
    assert page.locator("a[data-embed]").get_attribute("href") == source
    held = page.evaluate(_STATE)
    page.goto("about:blank")
    frame = framed(page, site, other_site, source.removeprefix(site), '[data-ready="1"]')
    frame.wait_for_function("() => marchland.drawer.features().length > 50")
    assert frame.evaluate(_STATE) == held
    assert frame.evaluate("marchland.drawer.at().lon") == pytest.approx(-140, abs=0.1)
    assert frame.evaluate("marchland.drawer.at().mpp") == pytest.approx(3000, rel=0.02)
    expect(frame.locator(".map-view")).to_be_in_viewport()
    expect(frame.locator(".map-view")).to_contain_text("As stated by Canada")
    layers = frame.evaluate("marchland.drawer.layers()")
    assert not next(one["shown"] for one in layers if one["id"] == "arctic_limits")
    key = frame.locator(".embed-key")
    gone = [one.strip() for one in key.locator(".is-gone").all_text_contents()]
    assert gone == [f"{line} (not shown)", f"{limits} (not shown)"]
    watched.assert_quiet()


def test_an_embed_shows_its_time_and_a_partys_view(
    watch: Watch, site: str, other_site: tuple[str, Path]
) -> None:
    watched = watch()
    frame = framed(
        watched.page, site, other_site, "/embed/central_asia?datetime=2005-11-22#?secret=a1"
    )
    shown = frame.evaluate(
        "marchland.drawer.features().filter(one => one.shown).map(one => one.id)"
    )
    assert "k2_us_base" not in shown
    assert "manas_us_transit_center" in shown
    expect(frame.locator(".map-view")).to_have_text("Neutral view · as of 22 November 2005")
    frame = framed(watched.page, site, other_site, "/embed/arctic?view=CA&projection=flat")
    refused = frame.locator("path.is-refused").first
    expect(refused).to_be_attached()
    refused.focus()
    watched.page.keyboard.press("Enter")
    expect(frame.get_by_role("dialog").locator(".stated")).to_contain_text("As stated by Canada")
    watched.assert_quiet()
