"""A map through time, and from a party's side, in a real browser."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
K2, MANAS, KANT = "k2_us_base", "manas_us_transit_center", "kant_air_base"
HOSTILE = ("2014'\"><img src=x onerror=alert(1)>", "2014-02-30")  # more in test_sight


def seen(page: Page) -> set[str]:
    """The ids of the air bases and airfields that are on the map."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll('path[data-layer="airbases"]')]
            .filter(node => getComputedStyle(node).display !== 'none')
            .map(node => node.dataset.feature)"""
        )
    )


def query(page: Page) -> dict[str, list[str]]:
    page.wait_for_function(  # an address is written a little later
        "() => marchland.state.address() === location.pathname + location.search + location.hash"
    )
    return parse_qs(urlsplit(page.url).query)


def test_keys_lead_through_time_and_the_map_shows_what_was_there(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    always = seen(page)
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "All times")
    slider.focus()
    page.keyboard.press("Home")
    assert {K2, MANAS, KANT}.isdisjoint(seen(page))
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        if "2005-11-21" in page.evaluate("marchland.state.get('datetime')"):
            break
    assert seen(page) >= {K2, MANAS, KANT}
    page.keyboard.press("ArrowRight")
    expect(page.locator(".time-day")).to_have_text("22 November 2005")
    expect(slider).to_have_attribute("aria-valuetext", "22 November 2005: K2: US air base, "
                                     "2001–2005: until 21 November 2005, not after")  # fmt: skip
    assert K2 not in seen(page)
    assert seen(page) >= {MANAS, KANT}
    assert query(page)["datetime"] == ["2005-11-22"]
    page.keyboard.press("End")
    assert {K2, MANAS}.isdisjoint(seen(page))
    assert KANT in seen(page)
    page.get_by_role("button", name="All times").click()
    assert seen(page) == always
    assert "datetime" not in query(page)
    watched.assert_quiet()


def test_an_address_with_a_year_shows_what_was_there_in_any_part_of_it(
    watch: Watch, site: str
) -> None:
    page = watch().open(f"{site}/maps/central_asia?datetime=2005")
    assert seen(page) >= {K2, MANAS, KANT}
    expect(page.locator(".time-day")).to_have_text("2005")
    page.get_by_role("button", name="Next change").click()
    assert page.evaluate("marchland.state.get('datetime')") == "2005-05-13"
    page.get_by_role("button", name="Previous change").click()
    page.get_by_role("button", name="Previous change").click()
    assert page.evaluate("marchland.state.get('datetime')") < "2005"


def test_the_key_and_the_time_filter_together(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/central_asia?datetime=2010")
    former = page.locator(".key-filter").first  # used by the United States, ended
    assert MANAS in seen(page)
    former.click()
    assert {MANAS, K2}.isdisjoint(seen(page))
    page.get_by_role("button", name="All times").click()
    assert {MANAS, K2}.isdisjoint(seen(page))
    former.click()
    assert seen(page) >= {MANAS, K2}


def test_play_steps_to_the_end_and_nothing_moves_on_the_page(watch: Watch, site: str) -> None:
    watched = watch(reduced_motion="reduce")
    page = watched.open(f"{site}/maps/central_asia?datetime=2014-07-11")
    page.locator(".time").scroll_into_view_if_needed()
    watched.rest()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".time-day")).not_to_have_text("11 July 2014")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider").press("Home")
    for _ in range(8):
        page.get_by_role("button", name="Next change").click()
    assert watched.moved(by_hand=True) < 0.01
    watched.assert_quiet()


def test_a_change_leads_to_its_feature_and_escape_back(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/central_asia?datetime=2003-10-23")
    button = page.locator(".time-said").get_by_role("button", name="Kant air base").first
    button.press("Enter")
    expect(page.locator("#panel")).to_contain_text("Kant")
    assert page.evaluate("marchland.state.get('feature').id") == KANT
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


@pytest.mark.parametrize("projection", ["polar", "globe"])
def test_the_time_stays_in_every_projection(watch: Watch, site: str, projection: str) -> None:
    watched = watch()
    page = watched.page
    page.goto(f"{site}/maps/central_asia?datetime=2005-11-22&projection={projection}")
    page.wait_for_selector('[data-ready="1"]', timeout=20_000)
    shown = page.evaluate(
        "() => marchland.drawer.features().filter(one => one.shown).map(one => one.id)"
    )
    assert K2 not in shown
    assert MANAS in shown
    href = page.locator('a[data-to="flat"]').get_attribute("href")
    assert "datetime=2005-11-22" in str(href)
    watched.assert_quiet()


@pytest.mark.parametrize("wild", HOSTILE)
def test_a_wild_time_or_view_is_said_and_nothing_is_executed(
    watch: Watch, site: str, wild: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/caucasus?datetime={quote(wild)}&view={quote(wild)}")
    expect(page.locator(".unread").first).to_contain_text("cannot be read")
    expect(page.locator(".map-view")).to_have_text("Neutral view")
    expect(page.locator(".time-day")).to_have_text("All times")
    assert page.evaluate("[marchland.state.get('datetime'), marchland.state.get('view')]") == [
        None,
        None,
    ]
    watched.assert_quiet()


def test_a_view_is_on_the_map_in_the_details_and_in_the_address(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/arctic?projection=flat&datetime=2020")
    expect(page.locator(".map-view")).to_have_text("Neutral view")
    page.locator(".view-menu summary").press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".view-menu summary")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Canada", exact=True).click()
    page.wait_for_selector('.folium-map[data-ready="1"]')
    expect(page.locator(".map-view")).to_have_text("As stated by Canada – disputed features only")
    assert query(page) == {"projection": ["flat"], "view": ["CA"], "datetime": ["2020"]}
    refused = page.locator('.twin tr[data-as="not_recognised"][data-in="arctic_boundaries"]').first
    own = refused.get_attribute("data-id")
    expect(page.locator(f'path[data-feature="{own}"]').first).to_have_class(
        re.compile("is-refused")
    )
    refused.get_by_role("button", name="Show on the map").click()
    expect(page.locator("#panel .stated")).to_contain_text("As stated by Canada")
    watched.assert_quiet()


def test_without_scripts_the_days_are_links_to_the_picture_of_them(watch: Watch, site: str) -> None:
    page = watch(java_script_enabled=False).page
    page.route("**/static.png*", lambda route: route.abort())  # the drawing of it is not at issue
    page.goto(f"{site}/maps/central_asia")
    page.get_by_text("Every change on this map").click()
    page.get_by_role("link", name="22 November 2005").click()
    still = page.locator(".map-still")
    assert "datetime=2005-11-22" in str(still.get_attribute("src"))
    expect(page.locator(".time-day")).to_have_text("22 November 2005")
    expect(page.get_by_role("slider")).to_be_hidden()
