"""The table beside a map: sorted, filtered, and in step with what is chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from layers.catalogue import Catalogue

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
_CONTROLS = ".twin-tools input, .twin-tools select, button.twin-head"
_HEIGHTS = "all => all.map(one => one.getBoundingClientRect().height)"


def column(page: Page, number: int) -> list[str]:
    """The texts of a column of the rows that are shown, from above."""
    cells = page.locator(f".twin tbody tr:not([hidden]) > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def row(page: Page, id: str) -> Locator:
    return page.locator(f'.twin tr[data-id="{id}"]')


def test_a_button_of_the_head_sorts_and_says_so(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    head = page.get_by_role("columnheader", name="Dates")
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert column(page, 5)[0].startswith("7 October 2001")
    dated = [one for one in column(page, 5) if one]
    assert column(page, 5)[: len(dated)] == dated  # what has no dates comes last
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert column(page, 5)[: len(dated)] == dated[::-1]
    page.get_by_role("columnheader", name="Kind").get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, 2) == sorted(column(page, 2), key=str.casefold)
    watched.assert_quiet()


def test_words_and_a_status_filter_and_the_count_is_spoken(
    watch: Watch, site: str, catalogue: Catalogue
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    count = page.locator(".twin-count")
    expect(count).to_have_attribute("role", "status")
    every = page.locator(".twin tbody tr").count()
    expect(count).to_have_text(f"{every} of {every} rows")
    page.get_by_label("Status", exact=True).select_option("former")
    former = [one.id for one in catalogue["airbases"].features if one.properties.status == "former"]
    expect(count).to_have_text(f"{len(former)} of {every} rows")
    page.get_by_label("Rows with").fill("KYRGYZ base")
    assert [one.split("\n")[0] for one in column(page, 1)] == ["Manas: US air base, 2001–2014"]
    page.get_by_label("Rows with").fill("no such word")
    expect(count).to_have_text(f"0 of {every} rows")
    watched.assert_quiet()


def test_table_and_map_choose_the_same(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/central_asia")
    button = row(page, "k2_us_base").get_by_role("button", name="Show on the map")
    button.press("Enter")
    expect(row(page, "k2_us_base")).to_have_attribute("aria-current", "true")
    expect(page.locator("#panel")).to_contain_text("K2")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.locator(".twin tr[aria-current]")).to_have_count(0)
    page.locator('path[data-feature="kant_air_base"]').focus()
    page.keyboard.press("Enter")
    expect(row(page, "kant_air_base")).to_have_attribute("aria-current", "true")
    row(page, "manas_us_transit_center").locator("td").nth(1).click()
    assert page.evaluate("marchland.state.get('feature').id") == "manas_us_transit_center"
    expect(page.locator(".twin tr[aria-current]")).to_have_count(1)
    watched.assert_quiet()


def test_the_table_shows_the_time_of_the_map(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/central_asia?datetime=2005-11-22")
    expect(row(page, "k2_us_base")).to_be_hidden()
    expect(row(page, "manas_us_transit_center")).to_be_visible()
    expect(page.locator(".twin-count")).to_contain_text("as of 22 November 2005")
    page.get_by_role("button", name="All times").click()
    expect(row(page, "k2_us_base")).to_be_visible()


def test_the_table_can_be_read_at_every_width_and_stays_a_table(watch: Watch, site: str) -> None:
    watched = watch(320)
    page = watched.open(f"{site}/maps/bering")
    words = page.get_by_label("Rows with")
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        words.fill("")
        page.locator(".twin-tools").scroll_into_view_if_needed()
        watched.rest()
        page.get_by_role("columnheader", name="Status").get_by_role("button").click()
        words.fill("route")
        assert watched.moved() < 0.01, width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert page.get_by_role("table").first.get_by_role("row").count() > 5
        for size in page.locator(_CONTROLS).evaluate_all(_HEIGHTS):
            assert size >= 24, width
    watched.assert_quiet()


def test_hostile_names_are_text_in_table_and_list(
    watch: Watch, site: str, hostile_path: str
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/{hostile_path}")
    page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    page.get_by_label("Rows with").fill("<img src=x onerror=alert(1)>{{7*7}}")
    assert page.locator(".twin img, .twin script, .time img").count() == 0
    watched.assert_quiet()
