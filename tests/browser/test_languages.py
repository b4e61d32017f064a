"""A map page in Russian: nothing that the page itself says is left in English."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
NAMES = {
    "marchland", "API", "GeoJSON", "CSV", "KML", "GeoPackage", "JavaScript", "HTML", "EPSG", "WGS",
    "Natural", "Earth", "OpenStreetMap", "TRIPP", "Enter", "Tab", "LicenseRef", "Public", "public",
    "domain", "ODbL", "PNG", "SVG", "PDF", "MapLibre", "TileJSON",
}  # fmt: skip
_LEFT = """() => {
  const skip = 'script, style, noscript, textarea, code, [hidden], .label, .map-still';
  const ours = node => !node.closest(skip) && node.closest('[lang]').lang === 'ru';
  const left = [], said = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (said.nextNode())
    if (ours(said.currentNode.parentElement)) left.push(said.currentNode.textContent);
  for (const name of ['title', 'placeholder', 'alt'])
    for (const node of document.querySelectorAll('[' + name + ']'))
      if (ours(node)) left.push(node.getAttribute(name));
  return left;
}"""


def english(page: Page) -> set[str]:
    """The Latin words that the page says itself, but names of products."""
    words = {word for text in page.evaluate(_LEFT) for word in re.findall(r"[A-Za-z]{3,}", text)}
    return words - NAMES


@pytest.mark.slow
def test_a_map_page_is_in_russian_from_its_head_to_its_table(watch: Watch, site: str) -> None:
    watched = watch(locale="ru-RU")
    page = watched.open(f"{site}/maps/central_asia?datetime=2014-06-03")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("h1")).to_have_text("Авиабазы в Центральной Азии")
    expect(page.locator(".time-day")).to_have_text("3 июня 2014\u00a0г.")
    heads = page.locator("table.twin thead th").all_text_contents()
    assert heads == ["Название", "Вид", "Статус", "Стороны", "Даты", "Основание", "Слой"]
    assert re.fullmatch(
        r"\d+ из \d+ строк, на 3 июня 2014\u00a0г\.", page.locator(".twin-count").inner_text()
    )
    page.locator('button[data-show="manas_us_transit_center"]').click()
    expect(page.locator("#panel .facts-terms dt").first).to_have_text("Даты")
    expect(page.locator("#panel .status")).to_have_text("прекращено")
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text("км")
    expect(page.get_by_role("button", name="Ближе")).to_be_visible()
    state = page.locator(
        ".label-state .label-name", has_text=re.compile("Казахстан", re.IGNORECASE)
    )
    expect(state.first).to_be_attached()
    assert english(page) == set()
    page.get_by_role("link", name="Глобус").click()
    page.wait_for_selector('.globe[data-ready="1"]', timeout=20_000)
    expect(page.locator(".globe-buttons button").first).to_have_attribute("aria-label", "Ближе")
    assert english(page) == set()
    watched.assert_quiet()


@pytest.mark.slow
def test_the_switch_of_languages_keeps_all_that_the_address_says(watch: Watch, site: str) -> None:
    watched = watch()
    page = watched.open(
        f"{site}/maps/central_asia?projection=flat&datetime=2014#feature=airbases/kant_air_base"
    )
    page.wait_for_selector("#panel:not([hidden])")
    page.get_by_role("link", name="FR: Français").click()
    page.wait_for_selector('.folium-map[data-ready="1"]', timeout=20_000)
    address = urlsplit(page.url)
    query = parse_qs(address.query)
    assert query == {"projection": ["flat"], "datetime": ["2014"], "lang": ["fr"]}
    assert "feature=airbases/kant_air_base" in address.fragment
    expect(page.locator("#panel .facts-terms dt").first).to_have_text("Dates")
    record = page.locator("#panel .facts-foot a").last
    assert "lang=fr" in (record.get_attribute("href") or "")
    assert "lang=fr" in page.locator("#snippet").input_value()
    watched.assert_quiet()
