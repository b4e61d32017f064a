"""What stands around a map: the address, details, key, search, distances, and where this is."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect
from pyproj import Geod

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
HOSTILE = (
    "{{7*7}}",
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'\"; alert(1); //",
    "__proto__",
    "constructor/prototype",
    "1e309,NaN,Infinity",
    "-999,99,0",
    "%",
    "\u202e\x00\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "a" * 5000,
)
_ELSEWHERE = """to => {
  history.replaceState(null, '', to);
  dispatchEvent(new Event('hashchange'));
}"""
WHOLE = 4  # of them with a page of its own
HASH, QUERY = (
    ("at", "feature", "q", "off", "on", "hide"),
    ("projection", "view", "datetime", "lang", "theme"),
)


def settled(page: Page) -> None:
    """Until the address has been written: that waits a moment for the last change."""
    page.wait_for_function(
        "() => marchland.state.address() === location.pathname + location.search + location.hash"
    )


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "Object.fromEntries(['projection', 'at', 'feature', 'q', 'off', 'on']"
        ".map(name => [name, marchland.state.get(name)]))"
    )
    return found


@pytest.mark.parametrize("projection", ["flat", "polar"])
def test_the_address_brings_back_place_feature_and_layers(
    watch: Watch, site: str, projection: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims?projection={projection}")
    page.evaluate("marchland.drawer.go({ lon: -150.25, lat: 74.5, mpp: 3000 })")
    page.locator('input[data-layer="rivers"]').uncheck()
    page.locator('input[data-layer="arctic_shelf"]').check()
    page.evaluate("marchland.choose('arctic_zones', 'beaufort_overlap')")
    settled(page)
    told, address = state(page), page.url
    assert "feature=arctic_zones/beaufort_overlap" in address
    assert told["off"] == ["rivers"]
    assert told["on"] == ["arctic_shelf"]
    page.goto("about:blank")
    watched.open(address)
    expect(page.get_by_role("dialog")).to_contain_text("Beaufort Sea")
    settled(page)
    assert state(page) == told
    assert page.url == address
    assert page.locator('path[data-layer="rivers"]').count() == 0
    watched.assert_quiet()


def test_the_switch_keeps_place_and_feature(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims?projection=polar")
    page.evaluate("marchland.drawer.go({ lon: 40, lat: 71, mpp: 2500 })")
    page.evaluate("marchland.choose('arctic_high_seas', 'barents_loop_hole')")
    switch = page.get_by_role("navigation", name="Projection")
    expect(switch.locator("[aria-current]")).to_have_text("Polar")
    switch.get_by_role("link", name="Flat").click()
    page.wait_for_selector('.folium-map[data-ready="1"]')
    expect(switch.locator("[aria-current]")).to_have_text("Flat")
    expect(page.get_by_role("dialog")).to_contain_text("Loop Hole")
    at = page.evaluate("marchland.drawer.at()")
    assert at["lon"] == pytest.approx(40, abs=1)
    assert at["lat"] == pytest.approx(71, abs=1)
    assert at["mpp"] == pytest.approx(2500, rel=0.05)
    watched.assert_quiet()


def address(text: str) -> str:
    """That of a map with ``text`` in everything that an address can say."""
    asked = quote(text[:500], safe="")
    query = "&".join(f"{name}={asked}" for name in QUERY)
    tail = "&".join(f"{name}={quote(text, safe='')}" for name in HASH)
    return f"/maps/caucasus?{query}#{tail}"


def test_a_hostile_address_opens_the_map_and_nothing_else(watch: Watch, site: str) -> None:
    """Some as the page opens; all of them as the address of a page that stands there changes."""
    watched = watch()
    plain = watched.page.request.get(f"{site}/maps/caucasus", headers={"Accept": "text/html"})
    for turn, text in enumerate(HOSTILE):
        if turn < WHOLE:
            page = watched.open(site + address(text))
        else:
            said = address(text)
            answer = page.request.get(site + said, headers={"Accept": "text/html"})
            assert answer.status == plain.status == 200
            assert answer.text().count("<script") == plain.text().count("<script")
            page.evaluate(_ELSEWHERE, said)
        told = state(page)
        assert told["projection"] == "flat", text
        assert told["at"] is None
        assert told["feature"] is None
        assert len(told["q"] or "") <= 80
        assert page.evaluate("({}).polluted") is None
        assert page.get_by_role("dialog").count() == 0
        assert page.locator("img[src=x]").count() == 0
    watched.assert_quiet()


def test_a_raw_hostile_hash_is_ignored(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/caucasus#%E0%A4%A&at=%zz&feature=<b>/x&&&=&__proto__=1")
    assert state(page)["at"] is None
    page.evaluate("location.hash = 'at=9999,1,1&feature=corridor/nothing_like_it'")
    page.wait_for_timeout(400)
    assert page.get_by_role("dialog").count() == 0
    watched.assert_quiet()


def test_everything_can_be_done_with_keys_alone(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims")
    page.locator("#map-search").focus()
    page.keyboard.type("loop hole")
    expect(page.locator("#map-found")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Loop Hole")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator("#map-search")).to_be_focused()
    path = page.locator('path[role="button"][tabindex="0"]').first
    path.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "path"
    page.locator('button[data-tool="measure"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    expect(page.locator(".tool-result")).to_contain_text("km")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.locator('button[data-tool="measure"]')).to_have_attribute("aria-pressed", "false")
    watched.assert_quiet()


def test_a_line_of_the_key_takes_its_features_from_the_map_and_brings_them_back(
    watch: Watch, site: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    button = page.get_by_role("button", name=re.compile("Runway, threshold"))
    count = int(button.locator(".count").inner_text())
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    hidden = page.locator("path.is-filtered[data-feature]")
    assert len(set(hidden.evaluate_all("all => all.map(n => n.dataset.feature)"))) == count
    assert not hidden.first.is_visible()
    settled(page)
    address = page.url
    assert "hide=airbases." in address
    page.goto("about:blank")
    watched.open(address)
    expect(button).to_have_attribute("aria-pressed", "false")
    assert len(set(hidden.evaluate_all("all => all.map(n => n.dataset.feature)"))) == count
    page.get_by_role("button", name="Show all again").click()
    expect(hidden).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "true")
    settled(page)
    assert "hide=" not in page.url
    watched.assert_quiet()


def test_an_address_that_a_reader_edits_moves_map_layers_and_key(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    line = "airbases.part-use-role-us_base.point"  # a number, which says none, is passed over
    page.evaluate(f"location.hash = 'at=73,42,1500&off=rivers&hide={line},airbases.0.point,<b>'")
    expect(page.locator('path[data-layer="rivers"]')).to_have_count(0)
    assert page.evaluate("marchland.drawer.at().lon") == pytest.approx(73, abs=0.01)
    assert page.evaluate("marchland.state.get('hide')") == [line]
    assert not page.locator('path[data-feature="manas_us_transit_center"]').is_visible()
    page.evaluate("location.hash = ''")
    expect(page.locator('path[data-layer="rivers"]').first).to_be_attached()
    assert page.locator('path[data-feature="manas_us_transit_center"]').is_visible()
    watched.assert_quiet()


def test_search_finds_a_name_in_another_language_and_without_its_accents(
    watch: Watch, site: str
) -> None:
    page = watch().open(f"{site}/maps/central_asia")
    names = page.evaluate(
        "marchland.drawer.features().flatMap(one => one.properties.names || [])"
        ".filter(name => /[\u0400-\u04ff]/.test(name.text)).map(name => name.text)"
    )
    assert names
    field, rows = page.locator("#map-search"), page.locator("#map-found").get_by_role("option")
    field.fill(names[0].upper())
    assert names[0] in rows.first.inner_text()
    field.fill("Uzbekistan")  # the state and its name on the map are one place
    expect(rows.get_by_text("Uzbekistan", exact=True)).to_have_count(1)
    field.fill("<img src=x>")
    expect(rows).to_have_count(0)
    expect(page.get_by_role("status").first).to_contain_text("Nothing on this map")


def test_a_distance_is_that_of_the_ellipsoid_across_180_and_the_pole(
    watch: Watch, site: str
) -> None:
    page = watch().open(f"{site}/maps/arctic")
    page.evaluate("new Promise(done => marchland.later(done))")
    geod = Geod(ellps="WGS84")
    for one, two in (
        ((170.0, 65.0), (-170.0, 66.0)),
        ((30.0, 80.0), (-150.0, 80.0)),
        ((0.0, 89.999), (180.0, 89.999)),
        ((10.0, 50.0), (10.001, 50.0005)),
        ((0.0, 0.0), (90.0, 0.0)),
    ):
        found = page.evaluate(
            "([a, b]) => marchland.distance({lon: a[0], lat: a[1]}, {lon: b[0], lat: b[1]})",
            [one, two],
        )
        assert found == pytest.approx(geod.inv(*one, *two)[2], abs=1e-3)
    arc = page.evaluate("marchland.arc({ lon: 30, lat: 80 }, { lon: -150, lat: 80 })")
    assert max(lat for _, lat in arc) > 89.7
    assert page.evaluate("marchland.distance({ lon: 0, lat: 0 }, { lon: 179.9, lat: 0.1 })") > 19e6


def test_where_is_this_asks_our_server_and_shows_its_answer(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic_claims?projection=polar")
    button = page.get_by_role("button", name="Where is this?")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Central Arctic Ocean", timeout=30_000)
    panel.get_by_role("button", name="Central Arctic Ocean").click()
    expect(panel).to_contain_text("Sources")
    watched.assert_quiet()


def held(page: Page, pattern: str) -> list[Route]:
    """What the page asks of this kind from now on; it waits until a test lets it go on."""
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route(pattern, hold)
    return asked


def test_a_tool_pressed_twice_before_its_script_is_there_begins_once(
    watch: Watch, site: str
) -> None:
    watched = watch()
    scripts = held(watched.page, "**/marchland/later.*")
    page = watched.open(f"{site}/maps/caucasus")
    button = page.get_by_role("button", name="Where is this?")
    button.click()
    button.click()
    scripts[0].continue_()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Nearest", timeout=30_000)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    watched.assert_quiet()


def before_the_map(page: Page, site: str) -> list[Route]:
    """A page whose tools are there and whose map is not: its script, to be let go on."""
    scripts = held(page, "**/maps/caucasus/flat.*.js")
    page.goto(f"{site}/maps/caucasus", wait_until="commit")
    page.wait_for_function("() => window.marchland && marchland.tools")
    page.evaluate("new Promise(done => marchland.later(done))")
    assert page.evaluate("marchland.drawer") is None
    return scripts


def test_a_tool_pressed_before_the_map_is_there_begins_when_it_comes(
    watch: Watch, site: str
) -> None:
    watched = watch()
    scripts = before_the_map(watched.page, site)
    button = watched.page.locator('button[data-tool="measure"]')
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    scripts[0].continue_()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(watched.page.locator(".folium-map")).to_be_focused()
    watched.assert_quiet()


def test_what_is_typed_before_the_map_is_there_is_found_when_it_comes(
    watch: Watch, site: str
) -> None:
    watched = watch()
    scripts = before_the_map(watched.page, site)
    watched.page.locator("#map-search").fill("Meghri")
    assert watched.page.locator("#map-message").inner_text() == ""  # and not that nothing has it
    scripts[0].continue_()
    expect(watched.page.locator("#map-found")).to_contain_text("Meghri")
    watched.assert_quiet()


@pytest.mark.parametrize("projection", ["flat", "polar"])
def test_on_a_narrow_screen_map_and_details_are_seen_together(
    watch: Watch, site: str, projection: str
) -> None:
    page = watch(320).open(f"{site}/maps/caucasus?projection={projection}")
    page.locator(".folium-map").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('.map-frame').offsetTop - 8)")
    page.locator('path[role="button"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("h2")).to_be_in_viewport(ratio=1)
    expect(page.locator(".map-frame")).to_be_in_viewport(ratio=0.3)
