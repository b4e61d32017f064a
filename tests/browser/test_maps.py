"""Every map in a real browser: what is drawn, what is asked for, what a reader can do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from geo.feature import Feature
from layers.catalogue import Catalogue
from layers.folder import Folder
from layers.legend import is_drawn
from layers.maps import MERCATOR_LIMIT, load_maps

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
MAPS = load_maps()
WIDTHS = (320, 768, 1280)
_DRAWN = """() => Object.fromEntries(marchland.layers
  .filter(one => marchland.map.hasLayer(one)).map(group => [group.marchland.id,
  [...new Set([...document.querySelectorAll('[data-feature]')]
    .filter(node => node.dataset.layer === group.marchland.id)
    .map(node => node.dataset.feature))]]))"""
_HELD = """() => Promise.all(marchland.layers
  .filter(one => marchland.map.hasLayer(one)).map(group =>
  fetch(group.marchland.url).then(answer => answer.json()).then(data => [group.marchland.id,
    (data.layers ? data.layers[group.marchland.id] : data).features
      .filter(feature => feature.geometry).map(feature => feature.id)])))
  .then(Object.fromEntries)"""
# Features of overlays that a reader sees without moving the map: a box of some size within it.
_SEEN = """() => {
  const box = document.querySelector('.folium-map').getBoundingClientRect();
  return marchland.layers.filter(group => group.marchland.role === 'overlay'
    && marchland.map.hasLayer(group)).map(group =>
    [...document.querySelectorAll('[data-feature]')].filter(node => {
      const own = node.getBoundingClientRect();
      return node.dataset.layer === group.marchland.id && own.width + own.height > 2
        && own.right > box.left && own.left < box.right && own.bottom > box.top
        && own.top < box.bottom && getComputedStyle(node).visibility === 'visible';
    }).length);
}"""
# Boxes of what a selector finds and a reader sees.
_BOXES = """selector => [...document.querySelectorAll(selector)]
  .filter(node => getComputedStyle(node).visibility === 'visible' && node.offsetWidth)
  .map(node => node.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"""


def no_wider_than_the_window(page: Page) -> bool:
    page.evaluate("document.fonts.ready.then(() => 0)")  # until then other letters stand in
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def in_mercator(feature: Feature) -> bool:
    return feature.geometry is not None and feature.geometry.bounds[1] < MERCATOR_LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAPS)
def test_every_map_draws_each_of_its_features_and_asks_nobody_else(
    watch: Watch, site: str, catalogue: Catalogue, name: str, width: int
) -> None:
    watched = watch(width)
    page = watched.open(f"{site}/maps/{name}?projection=flat")
    drawn, held = page.evaluate(_DRAWN), page.evaluate(_HELD)
    assert {layer: sorted(ids) for layer, ids in drawn.items()} == {
        layer: sorted(ids) for layer, ids in held.items()
    }
    for collection in MAPS[name].shown(catalogue):
        drawable = collection.extent is not None and collection.id not in MAPS[name].off
        if collection.spec.role == "overlay" and drawable:
            shown = [one for one in collection.features if is_drawn(collection, one)]
            ids = [one.id for one in shown if in_mercator(one)]
            assert sorted(drawn[collection.id]) == sorted(ids)
    seen = page.evaluate(_SEEN)
    assert seen and all(count > 0 for count in seen)
    the_first_view_holds_all_that_the_map_is_about(page, name)
    assert no_wider_than_the_window(page)
    watched.assert_quiet()


def the_first_view_holds_all_that_the_map_is_about(page: Page, name: str) -> None:
    seen = page.evaluate(
        "(b => [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()])(marchland.map.getBounds())"
    )
    west, south, east, north = MAPS[name].view
    hair = 0.04 * (east - west)  # zoom goes in tenths of a level
    assert seen[0] <= west + hair
    assert seen[1] <= south + hair
    assert seen[2] >= east - hair
    assert seen[3] >= north - hair


@pytest.mark.parametrize("name", ["arctic", "caucasus"])
def test_on_paper_there_are_the_map_its_key_and_whom_to_name_and_no_buttons(
    watch: Watch, site: str, name: str
) -> None:
    watched = watch(768)
    watched.page.emulate_media(media="print")
    page = watched.open(f"{site}/maps/{name}")
    for shown in (".folium-map", ".attribution", ".key", ".limits"):
        expect(page.locator(shown).first).to_be_visible()
    for button in ("header.site nav", ".leaflet-control-zoom", ".use", ".show"):
        assert not page.locator(button).first.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": 640, "height": 900})  # a sheet that is narrower
    frame, drawn = (page.locator(one).bounding_box() for one in (".map-frame", ".folium-map"))
    assert frame and drawn
    assert drawn["width"] == pytest.approx(frame["width"], abs=3)
    assert drawn["height"] == pytest.approx(frame["height"], abs=3)
    assert page.evaluate("document.querySelector('.folium-map').clientWidth") > 650
    shown = page.evaluate(
        "marchland.layers.filter(group => group.marchland.role === 'overlay'"
        " && marchland.map.hasLayer(group)).map(group => group.marchland.id)"
    )
    seen = dict(zip(shown, page.evaluate(_SEEN), strict=True))
    # What only gives the context may lie beside the sheet.
    assert all(count > 0 for one, count in seen.items() if one not in MAPS[name].context), seen
    watched.assert_quiet()


def test_the_copy_button_copies_the_snippet(watch: Watch, site: str) -> None:
    watched = watch(permissions=["clipboard-read", "clipboard-write"])
    page = watched.open(f"{site}/maps/bering")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f'<iframe src="{site}/embed/bering?lang=en"')
    assert copied == page.locator("#snippet").input_value()
    watched.assert_quiet()


def test_the_copy_button_copies_where_the_page_may_not_use_the_clipboard(
    watch: Watch, site: str
) -> None:
    """On plain HTTP, off this machine, a browser gives no `navigator.clipboard`."""
    watched = watch(permissions=["clipboard-read"])
    watched.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'clipboard', { get() {} })"
    )
    page = watched.open(f"{site}/maps/bering")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()


def test_a_key_opens_what_is_known_of_a_base_and_another_leads_back(
    watch: Watch, site: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    base = page.locator('path[data-feature="manas_us_transit_center"]')
    base.focus()
    page.keyboard.press("Enter")
    popup = page.get_by_role("dialog")
    expect(popup).to_be_focused()
    for words in ("Manas", "former", "December 2001", "2014", "Sources", "Licence"):
        expect(popup).to_contain_text(words)
    links = popup.locator("a[rel='noopener noreferrer']")
    assert links.count() > 1
    assert all(
        href.startswith("http") for href in links.evaluate_all("all => all.map(a => a.href)")
    )
    page.keyboard.press("Escape")
    expect(popup).to_have_count(0)
    expect(base).to_be_focused()
    watched.assert_quiet()


def test_a_click_on_a_thin_line_opens_it(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic?projection=flat")
    box = page.evaluate(
        """() => { const path = document.querySelector('path[data-feature="us_ru_1990"]') ||
          document.querySelector('path[data-layer="arctic_boundaries"]');
          const at = path.getPointAtLength(path.getTotalLength() / 2), m = path.getScreenCTM();
          return [at.x * m.a + m.e + 4, at.y * m.d + m.f]; }"""
    )
    page.mouse.click(*box)
    expect(page.locator(".facts")).to_contain_text("Sources")
    watched.assert_quiet()


def test_of_many_features_one_is_a_tab_stop_and_arrows_lead_on(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/bering")
    stops = page.locator('path[role="button"][tabindex="0"]')
    assert page.locator('path[role="button"]').count() > 50
    expect(stops).to_have_count(1)
    stops.focus()
    first = stops.get_attribute("data-feature")
    page.keyboard.press("ArrowRight")
    expect(stops).to_have_count(1)
    expect(stops).to_be_focused()
    assert stops.get_attribute("data-feature") != first


def test_of_few_features_each_is_a_tab_stop(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/caucasus")
    features = page.locator('path[role="button"]').count()
    assert 10 < features <= 50
    assert page.locator('path[role="button"][tabindex="0"]').count() == features


def test_the_list_leads_to_the_map(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    button = page.locator('button[data-show="k2_us_base"]')
    button.click()
    expect(page.get_by_role("dialog")).to_contain_text("Karshi-Khanabad")
    watched.assert_quiet()


def test_a_layer_can_be_switched_off_and_on_again(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    features = page.locator('path[data-layer="airbases"]')
    count = features.count()
    page.locator(".leaflet-control-layers").hover()
    box = page.locator(".leaflet-control-layers").get_by_label("Air bases and airfields")
    box.uncheck()
    expect(features).to_have_count(0)
    box.check()
    expect(features).to_have_count(count)
    watched.assert_quiet()


def test_a_layer_that_is_off_at_first_comes_when_it_is_asked_for(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims")
    shelf = page.locator('path[data-layer="arctic_shelf"]')
    assert shelf.count() == 0
    button = page.locator(
        'button[data-in="arctic_shelf"][data-show="overlap_canada_united_states"]'
    )
    button.click()
    expect(page.get_by_role("dialog")).to_contain_text("Canada")
    assert shelf.count() > 20
    watched.assert_quiet()


def test_what_is_disputed_is_hatched_and_no_area_has_an_outline_of_its_own(
    watch: Watch, site: str
) -> None:
    page = watch().open(f"{site}/maps/arctic_claims")
    fills = page.locator('path[data-feature="beaufort_overlap"]').evaluate_all(
        "all => all.map(node => node.getAttribute('fill'))"
    )
    assert fills
    for fill in fills:
        assert page.locator(fill.removeprefix("url(").removesuffix(")")).count() == 1
    strokes = page.locator('path[data-layer="arctic_zones"]').evaluate_all(
        "all => all.map(node => node.getAttribute('stroke'))"
    )
    assert set(strokes) == {"none"}


OWN_MAPS = ("arctic_zones", "arctic_high_seas", "arctic_limits", "arctic_shelf")


@pytest.mark.slow
@pytest.mark.parametrize("name", OWN_MAPS)
def test_a_layer_around_the_pole_has_a_map_of_its_own_with_everything_on_it(
    watch: Watch, site: str, catalogue: Catalogue, name: str
) -> None:
    watched = watch(320)
    page = watched.open(f"{site}/maps/{name}?projection=flat")
    drawn, held = page.evaluate(_DRAWN)[name], page.evaluate(_HELD)[name]
    assert sorted(drawn) == sorted(held)
    shown = [one for one in catalogue[name].features if is_drawn(catalogue[name], one)]
    assert sorted(drawn) == sorted(one.id for one in shown if in_mercator(one))
    seen = page.evaluate(_SEEN)
    assert seen and all(count > 0 for count in seen)
    watched.assert_quiet()


def test_the_scale_is_that_of_the_middle_of_the_picture(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/arctic")
    told = page.locator(".leaflet-control-scale-line").first
    text, width = told.inner_text(), told.evaluate("node => node.offsetWidth")
    metres = page.evaluate(
        """width => { const map = marchland.map, size = map.getSize(), y = size.y / 2;
          return map.distance(map.containerPointToLatLng([size.x / 2 - width / 2, y]),
                              map.containerPointToLatLng([size.x / 2 + width / 2, y])); }""",
        width,
    )
    assert float(text.replace("km", "").replace(",", "")) * 1000 == pytest.approx(metres, rel=0.05)


def test_names_on_the_map_cover_neither_each_other_nor_the_dots_of_towns(
    watch: Watch, site: str
) -> None:
    page = watch().open(f"{site}/maps/bering?projection=polar")
    boxes, dots = page.evaluate(_BOXES, ".label"), page.evaluate(_BOXES, ".label-dot")
    assert len(boxes) > 5
    assert len(dots) > 5
    for left, top, right, bottom in dots:
        x, y = (left + right) / 2, (top + bottom) / 2
        assert not any(one[0] < x < one[2] and one[1] < y < one[3] for one in boxes), (x, y)
    for n, one in enumerate(boxes):
        for two in boxes[n + 1 :]:
            apart = one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]
            assert apart, (one, two)


def test_a_map_without_scripts_says_so_and_lists_everything(watch: Watch, site: str) -> None:
    watched = watch(java_script_enabled=False)
    watched.page.goto(f"{site}/maps/caucasus")
    expect(watched.page.locator(".map-without")).to_be_visible()
    assert watched.page.locator(".twin tbody tr").count() > 20
    expect(watched.page.locator(".attribution")).to_contain_text("OpenStreetMap")


def test_a_layer_that_cannot_be_loaded_is_named_and_the_others_are_drawn(
    watch: Watch, site: str
) -> None:
    watched = watch()
    watched.page.route("**/first.*", lambda route: route.abort())  # then each comes by itself
    watched.page.route("**/layers/airbases.*", lambda route: route.abort())
    page = watched.open(f"{site}/maps/central_asia")
    expect(page.locator("#map-message")).to_contain_text("Air bases and airfields")
    assert page.locator('path[data-layer="land"]').count() == 1


def test_hostile_text_is_shown_and_nothing_is_executed(
    watch: Watch, site: str, hostile_path: str, hostile: Folder
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/{hostile_path}")
    expect(page.locator("h1")).to_have_text(hostile.spec.title)
    expect(page.locator(".key")).to_contain_text(hostile.spec.style.rules[0].label)
    expect(page.locator(".attribution")).to_contain_text(hostile.spec.attribution)
    page.locator(".leaflet-control-layers").hover()
    expect(page.locator(".leaflet-control-layers-list")).to_contain_text(hostile.spec.title)
    paths = page.locator('path[data-layer^="{{7"]')
    assert paths.count() == 3
    for n in range(3):
        path = paths.nth(n)
        path.focus()
        page.keyboard.press("Enter")
        popup = page.get_by_role("dialog")
        for slot in ("NAME", "OTHER", "USER", "NOTE", "INSTRUMENT", "FIGURE", "EVENT", "SOURCE"):
            expect(popup).to_contain_text(
                slot + (f" {n} {{{{7*7}}}}" if slot == "NAME" else " {{7*7}}")
            )
        expect(popup).to_contain_text(
            "</script><script>alert(1)</script> <img src=x onerror=alert(1)>"
        )
        page.keyboard.press("Escape")
        expect(popup).to_have_count(0)
    assert page.locator("img").count() == 0
    watched.assert_quiet()


def test_details_can_be_read_from_their_first_line_at_every_width(watch: Watch, site: str) -> None:
    page = watch(reduced_motion="reduce").open(f"{site}/maps/central_asia")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.locator('path[data-feature="manas_us_transit_center"]').focus()
        page.keyboard.press("Enter")
        title = page.get_by_role("dialog").locator("h2")
        expect(title).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name="Close the details")).to_be_in_viewport(ratio=1)
        assert no_wider_than_the_window(page)
        page.keyboard.press("Escape")


def test_the_pictures_that_a_page_offers_follow_the_reader(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/bering#at=-168.9,65.8,800")
    link = page.locator("a[data-picture]").first
    page.mouse.move(400, 500)
    expect(link).to_have_attribute("href", re.compile(r"center=-168\.9\d*%2C65\.8\d*&zoom=6\.33"))
    page.locator(".folium-map").focus()
    page.keyboard.press("+")
    expect(link).to_have_attribute("href", re.compile(r"zoom=(6\.[4-9]|7)"))
    answer = page.request.get(str(link.get_attribute("href")))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    watched.assert_quiet()
