"""What a first view of a map weighs, until the line is silent and before anybody touches it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser

from layers.maps import load_maps
from server.maps.projection import projections

MOST = 150_000  # bytes of bodies as they are sent, compressed
HEAD = 900  # of each answer, by which its head may add to that
REQUESTS = 18
VIEWS = [(spec.id, one) for spec in load_maps().values() for one in projections(spec)]


@dataclass
class Line:
    """What came over it: bytes of each answer as they were sent, and where from."""

    heads: dict[str, int] = field(default_factory=dict)
    whole: dict[str, int] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    def answered(self, told: dict[str, Any]) -> None:
        self.urls[told["requestId"]] = told["response"]["url"]
        self.heads[told["requestId"]] = told["response"]["encodedDataLength"]

    def ended(self, told: dict[str, Any]) -> None:
        self.whole[told["requestId"]] = told["encodedDataLength"]

    @property
    def bodies(self) -> dict[str, int]:
        ours = {one: url for one, url in self.urls.items() if url.startswith("http")}
        return {url: int(self.whole[one] - self.heads[one]) for one, url in ours.items()}


def first_view(browser: Browser, url: str) -> Line:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    line = Line()
    session.on("Network.responseReceived", line.answered)
    session.on("Network.loadingFinished", line.ended)
    session.send("Network.enable")
    page.goto(url)
    page.wait_for_selector('[data-ready="1"]', timeout=20_000)
    page.wait_for_load_state("networkidle")
    context.close()
    return line


@pytest.mark.parametrize(("map_id", "projection"), VIEWS)
def test_a_first_view_weighs_at_most_150_kilobytes_with_its_data(
    browser: Browser, site: str, map_id: str, projection: str
) -> None:
    line = first_view(browser, f"{site}/maps/{map_id}?projection={projection}")
    bodies = line.bodies
    heaviest = sorted(bodies.items(), key=lambda one: -one[1])
    assert sum(bodies.values()) <= MOST, heaviest
    assert len(bodies) <= REQUESTS, heaviest
    assert max(line.heads.values()) <= HEAD


def test_what_nobody_has_asked_for_is_not_sent_and_comes_at_the_first_touch(
    browser: Browser, site: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{site}/maps/caucasus")
    page.wait_for_selector('[data-ready="1"]')
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "later." in url or "told.json" in url or "fine=" in url]
    with page.expect_request(lambda one: "/later." in one.url):
        page.mouse.move(600, 500)
    with page.expect_request(lambda one: "corridor.told.json" in one.url):
        page.locator("#map-search").fill("Meghri")
    page.close()
