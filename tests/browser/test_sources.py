"""The list of what a map rests on, which comes when a reader opens it."""

from collections.abc import Callable
from typing import Any

from layers.catalogue import Catalogue
from layers.cited import cited
from layers.maps import load_maps

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
LIST = "details[data-sources]"


def test_a_reader_who_opens_the_list_of_sources_finds_all_of_them_with_their_links(
    watch: Watch, site: str, catalogue: Catalogue
) -> None:
    watched = watch()
    page = watched.open(f"{site}/maps/caucasus")
    assert page.locator(f"{LIST} li").count() == 0
    page.locator(f"{LIST} summary").press("Enter")
    page.wait_for_selector(f"{LIST} li")
    told = cited(load_maps()["caucasus"].shown(catalogue))
    assert page.locator(f"{LIST} li").count() == len(told) > 5
    assert page.locator(f"{LIST} li a").count() == sum(1 for one in told if one.url)
    watched.assert_quiet()


def test_a_list_that_cannot_be_fetched_leaves_a_link_to_it(watch: Watch, site: str) -> None:
    page = watch().open(f"{site}/maps/caucasus")
    page.route("**/sources*", lambda route: route.abort())
    page.locator(f"{LIST} summary").press("Enter")
    assert page.locator(f"{LIST} a").get_attribute("href") == "/maps/caucasus/sources?f=html"


def test_without_scripts_the_sources_stand_in_the_page_of_the_map(watch: Watch, site: str) -> None:
    page = watch(java_script_enabled=False).page
    page.goto(f"{site}/maps/caucasus")
    page.locator(f"{LIST} summary").click()
    frame = page.frame_locator(".sources-frame")
    assert frame.locator("#sources li").count() > 5
    assert page.locator(".sources-frame").is_visible()
