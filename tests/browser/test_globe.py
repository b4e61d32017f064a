"""Globes: exact at the pole, without a seam, with all that flat maps show, by hand and by key."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from geo.colour import contrast
from layers.catalogue import Catalogue
from layers.legend import is_drawn
from layers.maps import load_maps

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
MAPS = load_maps()
OUT = 3.0  # WCAG 2.2, 1.4.11: contrast of what is no text
READY = '.globe[data-ready="1"]'
_HELD = """() => {
  const held = {};
  for (const one of marchland.drawer.features())
    if (one.config.role === 'overlay' && one.feature.geometry)
      (held[one.collection] = held[one.collection] || []).push(one.id);
  return held;
}"""
_OF_DATA = """url => fetch(url).then(answer => answer.json()).then(data =>
  data.features.map(one => one.id))  // Mercator ends at 85°: some have no shape there"""
# Colours of the canvas at positions: [r, g, b] each.
_COLOURS = """positions => {
  const canvas = document.querySelector('.globe-canvas'), globe = marchland.drawer.globe;
  const scale = canvas.width / globe.view.width;
  const found = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return positions.map(at => {
    const p = globe.view.pixels(marchland.versor.vector(at));
    const n = 4 * (Math.round(p[1] * scale) * canvas.width + Math.round(p[0] * scale));
    return [...found.data.slice(n, n + 3)];
  });
}"""
# Of each line of the key: what it says, its ground, strokes, fills of marks, edge around a tint.
_SWATCHES = """() => [...document.querySelectorAll('.key [data-rule]')].map(line => {
  const swatch = line.querySelector('.swatch'), style = getComputedStyle(swatch);
  const hex = said => '#' + said.match(/\\d+/g).slice(0, 3).map(
    one => Number(one).toString(16).padStart(2, '0')).join('');
  const nodes = [...swatch.querySelectorAll('*')].map(one => getComputedStyle(one));
  const pens = nodes.filter(one => one.stroke !== 'none' && parseFloat(one.strokeWidth) > 0
    && parseFloat(one.strokeOpacity) > 0.5);
  const fills = nodes.filter(one => one.fill.startsWith('rgb') && one.fillOpacity > 0.5);
  return [line.textContent.trim(), hex(style.backgroundColor), pens.map(one => hex(one.stroke)),
    fills.map(one => hex(one.fill)),
    parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none'
      ? hex(style.outlineColor) : null];
})"""
# How many vertices the borders have within a degree of a position.
_VERTICES = """([lon, lat]) => marchland.drawer.globe.shapes('countries').reduce((sum, shape) =>
  sum + [...shape.lines, ...shape.areas].reduce((more, part) => more + part.rings.flat().filter(
    at => Math.abs(at[0] - lon) < 1 && Math.abs(at[1] - lat) < 1).length, 0), 0)"""
_PIXEL = """([lon, lat]) => {
  const p = marchland.drawer.globe.view.pixels(marchland.versor.vector([lon, lat]));
  const box = document.querySelector('.globe-canvas').getBoundingClientRect();
  return [box.left + p[0], box.top + p[1]];
}"""


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    page.wait_for_selector(READY, timeout=30_000)
    return page


def go(page: Page | Frame, lon: float, lat: float, mpp: float) -> None:
    """The place in the middle, drawn."""
    page.evaluate("([lon, lat, mpp]) => marchland.drawer.go({lon, lat, mpp})", [lon, lat, mpp])
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


@pytest.mark.slow
@pytest.mark.parametrize("name", MAPS)
def test_a_globe_holds_what_the_flat_and_the_polar_map_hold(
    watch: Watch, site: str, catalogue: Catalogue, name: str
) -> None:
    watched = watch()
    page = opened(watched.page, f"{site}/maps/{name}?projection=globe")
    held = page.evaluate(_HELD)
    for collection in MAPS[name].shown(catalogue):
        if collection.spec.role != "overlay" or collection.id in MAPS[name].off:
            continue
        if collection.extent is None:  # in lists only
            continue
        wanted = sorted(f.id for f in collection.features if f.geometry and is_drawn(collection, f))
        assert sorted(held[collection.id]) == wanted, collection.id
        for form in ("flat", "polar"):
            url = f"{site}/maps/{name}/layers/{collection.id}.{form}.json"
            assert set(wanted) <= set(page.evaluate(_OF_DATA, url)), (collection.id, form)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_quiet()


def test_at_90_north_a_globe_finds_the_central_arctic_ocean(watch: Watch, site: str) -> None:
    page = opened(watch().page, f"{site}/maps/arctic_claims?projection=globe")
    page.locator(".globe-canvas").scroll_into_view_if_needed()
    page.mouse.click(*page.evaluate(_PIXEL, [0, 90]))
    expect(page.locator("#panel")).to_contain_text("Central Arctic Ocean")
    assert "feature=arctic_high_seas/central_arctic_ocean" in page.evaluate(
        "marchland.state.address()"
    )


def test_no_seam_runs_along_180_degrees(watch: Watch, site: str) -> None:
    """Over the high seas of the Arctic the meridian has the colours of its neighbours."""
    page = opened(watch().page, f"{site}/maps/arctic_claims?projection=globe")
    page.evaluate("document.querySelector('html').dataset.theme = 'light'")
    go(page, 178, 81, 4000)
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise(done => setTimeout(done, 300))")
    rows = [79.3, 80.4, 81.6, 82.7, 83.4]  # between the parallels of the graticule
    beside = page.evaluate(_COLOURS, [[178.5, lat] for lat in rows])
    meridians = page.evaluate(_COLOURS, [[lon, lat] for lat in rows for lon in (179.7, -179.7)])
    for n, colour in enumerate(beside):
        assert meridians[2 * n] == meridians[2 * n + 1] == colour, rows[n]


def test_a_drag_across_the_pole_neither_flips_nor_sticks(watch: Watch, site: str) -> None:
    page = opened(watch().page, f"{site}/maps/arctic?projection=globe")
    go(page, 20, 89, 12_000)
    page.locator(".globe-canvas").scroll_into_view_if_needed()
    box = page.locator(".globe-canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    axes = []
    for step in range(1, 31):
        page.mouse.move(x, y + 4 * step)
        axes.append(page.evaluate("marchland.drawer.globe.view.axes"))
    page.mouse.up()
    for before, after in pairwise(axes):
        for one, other in zip(before, after, strict=True):
            assert sum(a * b for a, b in zip(one, other, strict=True)) > 0.998  # under 4 degrees
    held = page.evaluate(_PIXEL, [20, 89])
    assert held == pytest.approx([x, y + 120], abs=1.5)  # the place stays under the hand


def test_arrows_turn_signs_scale_and_zero_leads_back(watch: Watch, site: str) -> None:
    page = opened(watch(reduced_motion="reduce").page, f"{site}/maps/arctic?projection=globe")
    at = "marchland.drawer.at()"
    first = page.evaluate(at)
    page.locator(".globe-canvas").focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate(at)["lat"] > first["lat"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("+")
    assert page.evaluate(at)["mpp"] == pytest.approx(first["mpp"] / 1.5)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    again = page.evaluate(at)
    for name in ("lon", "lat", "mpp"):
        assert again[name] == pytest.approx(first[name], abs=1e-6)


def test_a_walk_by_keys_opens_a_feature_and_escape_leads_back(watch: Watch, site: str) -> None:
    page = opened(watch(reduced_motion="reduce").page, f"{site}/maps/central_asia?projection=globe")
    stops = page.locator('.globe-features button[tabindex="0"]')
    assert stops.count() == 1
    page.locator('.globe-buttons [data-do="home"]').focus()
    stops.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h2").first).to_have_text(focused.rsplit(",", 1)[0])
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.textContent") == focused


def test_a_feature_with_the_focus_comes_before_the_horizon(watch: Watch, site: str) -> None:
    page = opened(watch(reduced_motion="reduce").page, f"{site}/maps/central_asia?projection=globe")
    go(page, -100, -30, 15_000)
    page.evaluate("marchland.drawer.focus('airbases', 'manas_us_transit_center')")
    page.keyboard.press("Home")
    assert page.evaluate(
        """() => {
          const item = document.activeElement.item;
          const at = marchland.drawer.globe.view.pixels(
            marchland.versor.vector(marchland.globeMiddle(item)));
          return at[2] > 0.2;
        }"""
    )


def test_the_address_leads_back_to_the_same_place_and_feature(watch: Watch, site: str) -> None:
    page = opened(watch().page, f"{site}/maps/arctic_claims?projection=globe")
    go(page, -33.25, 71.5, 6000)
    page.evaluate("marchland.choose('arctic_zones', 'gl_eez')")
    page.wait_for_function(
        "() => location.hash.includes('feature') && location.hash.includes('at=')"
    )
    address = page.url
    other = opened(watch().page, address)
    at = other.evaluate("marchland.drawer.at()")
    assert [at["lon"], at["lat"], at["mpp"]] == pytest.approx([-33.25, 71.5, 6000], rel=1e-3)
    expect(other.locator("#panel")).to_contain_text("Greenland")
    flat = other.locator('a[data-to="flat"]').get_attribute("href")
    assert flat
    assert "projection=flat" in flat
    assert "at=-33.25,71.5,6000" in flat
    assert "feature=arctic_zones/gl_eez" in flat


@pytest.mark.parametrize("hash", ["at=1e9,nan,-4&feature=../../x&off=%3Cimg", "at=0,90,0.0001"])
def test_a_wild_address_opens_the_first_view(watch: Watch, site: str, hash: str) -> None:
    watched = watch()
    page = opened(watched.page, f"{site}/maps/central_asia?projection=globe#{hash}")
    at = page.evaluate("marchland.drawer.at()")
    assert [at["lon"], at["lat"]] == pytest.approx([68, 41])
    watched.assert_quiet()


def test_names_neither_cover_each_other_nor_lie_behind_the_horizon(watch: Watch, site: str) -> None:
    page = opened(watch().page, f"{site}/maps/arctic_claims?projection=globe")
    named = page.evaluate("marchland.drawer.globe.names.shown")
    assert len(named) > 20
    boxes = [one["box"] for one in named]
    dots = [one["dot"] for one in named if one["dot"]]
    assert len(dots) > 5
    for left, top, right, bottom in dots:
        assert not any(a < right and left < c and b < bottom and top < d for a, b, c, d in boxes)
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert not {"Canberra", "South Pole"} & {one["text"] for one in named}


def test_a_layer_that_is_off_comes_when_it_is_asked_for(watch: Watch, site: str) -> None:
    watched = watch()
    page = opened(watched.page, f"{site}/maps/arctic_claims?projection=globe")
    assert "arctic_shelf" not in page.evaluate(_HELD)
    page.evaluate("marchland.drawer.show('arctic_shelf', true)")
    page.wait_for_function(
        "() => marchland.drawer.features().some(f => f.collection === 'arctic_shelf')"
    )
    watched.assert_quiet()


def test_the_colours_follow_the_theme(watch: Watch, site: str) -> None:
    sea = [[-40, 35]]
    light = opened(watch(color_scheme="light").page, f"{site}/maps/arctic?projection=globe")
    dark = opened(watch(color_scheme="dark").page, f"{site}/maps/arctic?projection=globe")
    said = opened(
        watch(color_scheme="light").page, f"{site}/maps/arctic?projection=globe&theme=dark"
    )
    assert light.evaluate(_COLOURS, sea) == [[0xDD, 0xE9, 0xF0]]
    assert dark.evaluate(_COLOURS, sea) == said.evaluate(_COLOURS, sea) == [[0x11, 0x1B, 0x23]]


def test_every_line_and_mark_of_the_key_can_be_seen_on_the_ground_that_it_stands_on(
    watch: Watch, site: str
) -> None:
    """In the key of each globe, light and dark; what is only a tint has an edge around it."""
    page = watch(color_scheme="light").page
    for name in MAPS:
        page.emulate_media(color_scheme="light")
        page.goto(f"{site}/maps/{name}?projection=globe", wait_until="domcontentloaded")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.wait_for_selector(f".key{'.is-dark' if theme == 'dark' else ':not(.is-dark)'}")
            found = page.evaluate(_SWATCHES)
            assert found
            for label, ground, pens, fills, edge in found:
                assert all(contrast(one, ground) >= OUT for one in pens), (name, theme, label)
                seen = [*pens, *fills] if edge is None else [edge]
                assert max(contrast(one, ground) for one in seen) >= OUT, (name, theme, label)


def test_the_name_of_a_claimed_area_says_that_it_is_claimed(watch: Watch, site: str) -> None:
    page = opened(watch().page, f"{site}/maps/arctic_shelf?projection=globe")
    go(page, -170, 82, 3_000)
    names = page.evaluate("() => marchland.drawer.globe.names.shown.map(one => one.text)")
    assert any(one.startswith("Alpha") for one in names)
    page.goto(f"{site}/maps/arctic_shelf?projection=flat")
    page.wait_for_selector(".label-area .label-second", state="attached")
    assert set(page.locator(".label-area .label-second").all_text_contents()) == {"claimed"}


def test_finer_shapes_are_fetched_only_as_one_comes_closer(watch: Watch, site: str) -> None:
    watched = watch()
    asked: list[str] = []
    watched.page.on("request", lambda one: asked.append(one.url))
    page = opened(watched.page, f"{site}/maps/caucasus?projection=globe")
    go(page, 46.2, 39.1, 20_000)
    assert not [one for one in asked if "fine=" in one]
    counts = [page.evaluate(_VERTICES, [46.2, 39.1])]
    for fine, mpp in ((1, 6_000), (2, 400)):
        with page.expect_response(re.compile(rf"countries\.globe\.json\?fine={fine}")):
            go(page, 46.2, 39.1, mpp)
        page.wait_for_function("n => marchland.drawer.globe.fine('countries') === n", arg=fine)
        counts.append(page.evaluate(_VERTICES, [46.2, 39.1]))
    assert counts[2] > 2 * counts[1] > 2 * counts[0]
    watched.assert_quiet()


def test_a_hostile_layer_is_text_on_a_globe(watch: Watch, site: str, hostile_path: str) -> None:
    watched = watch()
    page = opened(watched.page, f"{site}/maps/{hostile_path}?projection=globe")
    assert page.evaluate("window.alerted === undefined && !document.querySelector('.globe img')")
    watched.assert_quiet()


_HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title></head>
<body><iframe id="map" src="{src}" sandbox="allow-scripts" width="100%" height="500"></iframe>
<script>window.__violations = [];</script></body></html>"""


def test_a_globe_works_in_a_sandbox_on_another_origin(
    watch: Watch, site: str, other_site: tuple[str, Path]
) -> None:
    watched = watch(768)
    address, home = other_site
    source = f"{site}/embed/arctic_claims?projection=globe"
    (home / "globe.html").write_text(_HOST.format(src=source), encoding="utf-8")
    watched.page.goto(f"{address}/globe.html")
    frame = watched.page.frames[1]
    frame.wait_for_selector(READY, timeout=30_000)
    assert frame.evaluate("window.origin") == "null"
    colours = frame.evaluate(_COLOURS, [[-40, 75], [0, 90]])
    assert colours[0] != colours[1]
    before = frame.evaluate("marchland.drawer.at().mpp")
    frame.locator(".globe-canvas").hover()
    watched.page.mouse.wheel(0, -300)
    watched.page.wait_for_timeout(100)
    assert frame.evaluate("marchland.drawer.at().mpp") == before  # the wheel is the page's
    frame.locator(".globe-canvas").focus()
    watched.page.mouse.wheel(0, -300)
    frame.wait_for_function(f"() => marchland.drawer.at().mpp < {before}")
    frame.evaluate("marchland.drawer.focus('arctic_zones', 'gl_eez')")
    watched.page.keyboard.press("Enter")
    expect(frame.get_by_role("dialog")).to_contain_text("Greenland")
    watched.page.keyboard.press("Escape")
    expect(frame.get_by_role("dialog")).to_have_count(0)
    watched.assert_quiet()
