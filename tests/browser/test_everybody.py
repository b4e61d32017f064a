"""Pages for everybody: with a screen reader, by key, on a phone, in the dark, without scripts.

Each page is opened once in each width, light or dark, and there asked everything at the same time.
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from server.app import GROUPS

pytestmark = pytest.mark.browser

Watch = Callable[..., Any]  # the fixture of that name: a width to a watched page
READY = '[data-ready="1"]'
MANAS = "/collections/airbases/items/manas_us_transit_center"
# Every address that can answer with a page, by its route. A new route stands here or in NO_PAGES.
PAGES: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/collections": ("/collections",),
    "/collections/{id}": ("/collections/arctic_boundaries",),
    "/collections/{id}/items": ("/collections/corridor/items",),
    "/collections/{id}/items/{feature:path}": (
        MANAS,
        "/collections/arctic_boundaries/items/us_ru_1990_35_53?view=RU",
    ),
    "/story": ("/story",),
    "/about": ("/about",),
    "/licences": ("/licences",),
    "/docs": ("/docs",),
    "/where": ("/where", "/where?lon=-168.97&lat=65.78&view=US"),
    "/maps": ("/maps",),
    "/maps/{id}": (
        "/maps/central_asia?datetime=2005-11-22",
        "/maps/caucasus?projection=polar",
        "/maps/arctic_claims?projection=globe&view=CA",
    ),
    "/maps/{id}/sources": ("/maps/caucasus/sources",),
    "/embed/{id}": (
        "/embed/central_asia?datetime=2005",
        "/embed/arctic?projection=globe&view=CA",
    ),
}
ERRORS = (
    "/maps/nowhere",
    "/where?lon=nowhere&lat=1",
    "/collections/airbases/items?bbox=x",
)
# CSS that vnu does not know: Containment Level 3, SVG 2, angles from lengths of Values Level 4.
YOUNGER = ("container-type", "cqh", "cqw", "vector-effect", "var(--wide))))")
LOOKS = ((320, "light"), (768, "light"), (1280, "dark"))
EVERY = (*(path for paths in PAGES.values() for path in paths), *ERRORS)
ON_A_MAP = ("/maps/", "/embed/")  # they are dear to open
SPARED = {
    *((path, LOOKS[1]) for path in EVERY if path.startswith(ON_A_MAP)),
    *((path, look) for path in ERRORS[1:] for look in LOOKS[1:]),
}
WALKED = [(path, *look) for path in EVERY for look in LOOKS if (path, look) not in SPARED]
NO_PAGES = {
    "/api", "/conformance", "/healthz", "/schemas/feature.json", "/assets/{path:path}",
    "/collections/{id}/queryables", "/collections/{id}/download.{form}",
    "/collections/{id}/tiles", "/collections/{id}/tiles/{tms}",
    "/collections/{id}/tiles/{tms}/tiles.json", "/collections/{id}/tiles/{tms}/{z}/{row}/{col}",
    "/maps/{id}/{projection}.{digest}.js", "/maps/{id}/first.{projection}.json",
    "/maps/{id}/layers/{name}", "/maps/{id}/static.png",
    "/maps/{id}/static.svg", "/maps/{id}/static.pdf", "/maps/{id}/og.png",
    "/maps/{id}/preview.png", "/maps/{id}/tiles.json", "/maps/{id}/style.json",
    "/maps/{id}/tiles/{tms}/{z}/{row}/{file}",
    "/maps/{id}/overlay/tiles/{tms}/{z}/{row}/{file}", "/tiles/base/{tms}/{z}/{row}/{file}",
    "/tileMatrixSets", "/tileMatrixSets/{tms}",
}  # fmt: skip
_AXE = """where => axe.run(where || document, {
    resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
  .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
    [rule.id, node.target.join(' '), (node.any[0] || node.all[0] || node.none[0] || {}).message]
      .join(': '))))"""
# What lies below a map is laid out when a reader comes near; axe would measure it as it comes.
_LAID_OUT = """() => document.querySelectorAll('.map-page > *')
  .forEach(one => { one.style.contentVisibility = 'visible'; })"""
# Controls that are too small for a finger; links within a line of text are none.
_SMALL = """() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, summary, textarea, a.button, nav a, .leaflet-bar a')]
  .filter(node => node.checkVisibility({ visibilityProperty: true }))
  .map(node => [node, (node.type === 'checkbox' && node.closest('label') || node)
    .getBoundingClientRect()])
  .filter(([node, box]) => box.width && (box.height < 23.99 || box.width < 23.99))
  .filter(([node]) => !node.closest('.unseen'))
  .map(([node, box]) => node.outerHTML.slice(0, 90) + ' ' + box.width + ' x ' + box.height)"""

# The outline of the first view waits for scripts; without them it would cover the picture.
_ABOVE = """still => [...document.querySelectorAll('.glance')].every(
    one => +getComputedStyle(one).zIndex < +getComputedStyle(still).zIndex)"""


def test_no_page_is_forgotten() -> None:
    routes = {route.path for group in GROUPS for route in group.router.routes}
    assert routes == set(PAGES) | NO_PAGES


@pytest.fixture(scope="session")
def axe(node: Path) -> str:
    return (node / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def faults(page: Page, axe: str, where: str | None = None) -> list[str]:
    """What axe-core and the size of controls have against the page as it is now."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe)
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.evaluate(_LAID_OUT)
    return [*page.evaluate(_AXE, where), *page.evaluate(_SMALL)]


def stored(page: Page) -> int:
    count = page.evaluate("localStorage.length + sessionStorage.length")
    return int(count) + len(page.context.cookies())


@pytest.mark.slow
@pytest.mark.parametrize(("path", "width", "scheme"), WALKED)
def test_a_page_is_sound_in_every_width_and_light(
    watch: Watch, site: str, axe: str, path: str, width: int, scheme: str
) -> None:
    watched = watch(width, color_scheme=scheme, reduced_motion="reduce")
    page = watched.page
    answer = page.goto(site + path)
    if page.locator(".map-frame").count():
        page.wait_for_selector(READY, timeout=30_000)
    moved = watched.moved()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert moved < 0.01
    assert wide <= width
    if path.startswith(ON_A_MAP) and width > 768:
        page.set_viewport_size({"width": 768, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 768
        page.set_viewport_size({"width": width, "height": 900})
    # Nothing at 768 that the others have not; narrow maps are asked with everything open, below.
    if width > 768 or (width < 768 and not path.startswith("/maps/")):
        assert faults(page, axe) == []
    assert stored(page) == 0
    assert watched.foreign == []
    if answer.status == 200:  # else the answer itself is a fault to the console
        watched.assert_quiet()


def everything_open(page: Page) -> None:
    """Each list, menu and citation of a map page unfolded, search and key in use."""
    page.evaluate(
        """() => {
          document.querySelectorAll('details').forEach(one => { one.open = true; });
          const layers = document.querySelector('.leaflet-control-layers');
          if (layers) layers.classList.add('leaflet-control-layers-expanded');
        }"""
    )
    page.locator(".key-filter").first.click()
    page.get_by_role("columnheader").first.get_by_role("button").click()
    page.locator("#map-search").fill("ar")
    expect(page.locator("#map-found")).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("projection", "width", "scheme"),
    [("flat", 320, "dark"), ("polar", 1280, "light"), ("globe", 768, "dark")],
)
def test_a_map_is_sound_with_everything_open(
    watch: Watch, site: str, axe: str, projection: str, width: int, scheme: str
) -> None:
    watched = watch(width, color_scheme=scheme, reduced_motion="reduce")
    page = watched.page
    page.goto(f"{site}/maps/central_asia?projection={projection}&view=KG")
    page.wait_for_selector(READY, timeout=30_000)
    everything_open(page)
    assert faults(page, axe) == []
    page.keyboard.press("Escape")
    page.get_by_role("slider").press("End")
    page.get_by_role("slider").press("ArrowLeft")
    page.evaluate("marchland.choose('airbases', 'manas_us_transit_center')")
    expect(page.get_by_role("dialog")).to_contain_text("Manas")
    page.evaluate("document.querySelectorAll('#panel details').forEach(one => { one.open = 1; })")
    assert faults(page, axe, ".map-and-key") == []
    page.locator('button[data-tool="measure"]').press("Enter")
    for key in ("Enter", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    expect(page.locator(".tool-result")).to_contain_text("km")
    assert faults(page, axe, "#panel") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert stored(page) == 0
    watched.assert_quiet()


@pytest.mark.parametrize("projection", ["flat", "globe"])
def test_an_embed_is_sound_with_its_key_and_its_details_open(
    watch: Watch, site: str, axe: str, projection: str
) -> None:
    watched = watch(320, reduced_motion="reduce")
    page = watched.page
    page.goto(f"{site}/embed/central_asia?projection={projection}")
    page.wait_for_selector(READY, timeout=30_000)
    page.locator(".embed-key summary").click()
    assert faults(page, axe) == []
    page.evaluate("marchland.drawer.focus('airbases', 'manas_us_transit_center')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Manas")
    assert faults(page, axe) == []
    assert stored(page) == 0
    watched.assert_quiet()


def saved(page: Page, site: str, home: Path) -> Iterator[str]:
    """Writes each page, style sheet and drawing that we serve into ``home``; gives its path."""
    kinds = {"text/html": "html", "text/css": "css", "image/svg+xml": "svg"}
    pending = [*EVERY, "/maps/caucasus/static.svg", "/maps/arctic/static.svg"]
    for number, path in enumerate(pending):
        answer = page.request.get(site + path, headers={"Accept": "text/html"})
        kind = kinds[answer.headers["content-type"].split(";")[0]]
        (home / f"{number:03}.{kind}").write_bytes(answer.body())
        for found in re.findall(r'href="(/assets/[^"]+\.(?:css|svg))"', answer.text()):
            if found not in pending:
                pending.append(found)
        yield path


@pytest.mark.slow
def test_vnu_finds_no_error_in_anything_that_we_serve(
    watch: Watch, site: str, node: Path, tmp_path: Path
) -> None:
    paths = list(saved(watch().page, site, tmp_path))
    jar = node / "node_modules/vnu-jar/build/dist/vnu.jar"
    words = ["java", "-jar", str(jar), "--also-check-css", "--also-check-svg", "--errors-only"]
    ran = subprocess.run(
        [*words, "--format", "json", str(tmp_path)], capture_output=True, timeout=300, check=False
    )
    told = json.loads(ran.stderr)["messages"]
    found = [(paths[int(Path(one["url"]).stem)], one["message"], one["extract"]) for one in told]
    ours = [one for one in found if "/leaflet/" not in one[0]]
    assert [one for one in ours if not any(word in one[2] for word in YOUNGER)] == []


def focused(page: Page) -> str:
    """What has the focus, in few words."""
    return str(
        page.evaluate(
            """() => { const node = document.activeElement; return [node.tagName, node.id,
              node.className.baseVal ?? node.className, node.dataset.tool, node.dataset.feature,
              node.getAttribute('aria-label'), node.textContent.slice(0, 40)].join('|'); }"""
        )
    )


def test_tab_leads_through_all_of_a_map_page_and_out_again(watch: Watch, site: str) -> None:
    watched = watch(reduced_motion="reduce")
    page = watched.open(f"{site}/maps/caucasus")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        if stops[-1].startswith("BODY"):
            break
    else:
        pytest.fail("Tab does not come to the end of the page")
    said = "\n".join(stops)
    for wanted in (
        "skip", "map-search", "|measure|", "|where|", "|full|", "|print|", "Globe", "folium-map",
        "leaflet-control-zoom-in", "Layers", "key-filter", "time-all", "time-play",
        "Previous change", "twin-text", "twin-status", "twin-head", "Show on the map", "snippet",
        "Copy", "Licences and",
    ):  # fmt: skip
        assert wanted in said, wanted
    features = page.locator('path[role="button"]').evaluate_all(
        "all => all.map(n => n.dataset.feature)"
    )
    assert all(f"|{one}|" in said for one in features)
    assert len(stops) == len(set(enumerate(stops)))
    watched.assert_quiet()


def test_whatever_a_mouse_does_on_a_map_keys_do_too(watch: Watch, site: str) -> None:
    watched = watch(reduced_motion="reduce")
    page = watched.open(f"{site}/maps/central_asia")
    at = "marchland.drawer.at()"
    first = page.evaluate(at)
    page.locator(".folium-map").focus()
    for key, name in (("ArrowLeft", "lon"), ("ArrowUp", "lat"), ("+", "mpp")):
        before = page.evaluate(at)[name]
        page.keyboard.press(key)
        page.wait_for_function(
            f"before => Math.abs({at}.{name} / before - 1) > 1e-3", arg=before, timeout=10_000
        )
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-control-layers-list")).to_be_visible()
    line = page.locator(".key-filter").first
    line.focus()
    page.keyboard.press("Enter")
    expect(line).to_have_attribute("aria-pressed", "false")
    box = page.locator('.key input[data-layer="rivers"]')
    box.focus()
    page.keyboard.press("Space")
    assert page.locator('path[data-layer="rivers"]').count() == 0
    play = page.locator(".time-play")
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_text("Pause")
    page.keyboard.press("Enter")
    page.locator(".time-all").focus()
    page.keyboard.press("Enter")
    where = page.locator('button[data-tool="where"]')
    where.focus()
    page.keyboard.press("Enter")
    expect(where).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Nearest", timeout=30_000)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator('button[data-show="kant_air_base"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Kant")
    page.locator('a[data-to="globe"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f".globe{READY}", timeout=30_000)
    expect(page.get_by_role("dialog")).to_contain_text("Kant")
    assert page.evaluate(at)["lat"] != pytest.approx(first["lat"], abs=0.05)
    expect(page.locator(".key-filter").first).to_have_attribute("aria-pressed", "false")
    watched.assert_quiet()


def fingers(page: Page, selector: str, spreads: list[float]) -> None:
    """Two fingers on an element, so many px apart one after the other."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(spreads) - 1)]
    for kind, apart in zip(kinds, spreads, strict=True):
        points = [{"x": x - apart / 2, "y": y, "id": 0}, {"x": x + apart / 2, "y": y, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(30)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


@pytest.mark.parametrize(
    ("projection", "target"), [("flat", ".folium-map"), ("globe", ".globe-canvas")]
)
def test_two_fingers_scale_a_map(watch: Watch, site: str, projection: str, target: str) -> None:
    watched = watch(400, has_touch=True, reduced_motion="reduce")
    page = watched.page
    page.goto(f"{site}/maps/central_asia?projection={projection}")
    page.wait_for_selector(READY, timeout=30_000)
    before = page.evaluate("marchland.drawer.at().mpp")
    fingers(page, target, [60, 80, 100, 120, 140, 160, 180])
    closer = page.evaluate("marchland.drawer.at().mpp")
    assert closer == pytest.approx(before / 3, rel=0.35)
    fingers(page, target, [180, 150, 120, 90])
    assert page.evaluate("marchland.drawer.at().mpp") > 1.5 * closer
    assert page.evaluate("visualViewport.scale") == 1
    watched.assert_quiet()


@pytest.mark.parametrize(
    "path",
    [
        "/maps/caucasus?projection=flat",
        "/maps/caucasus?projection=polar",
        "/maps/caucasus?projection=globe",
        "/embed/caucasus?projection=globe",
        "/story",
        MANAS,
    ],
)
def test_without_scripts_there_are_the_map_in_words_too_its_table_and_its_sources(
    watch: Watch, site: str, path: str
) -> None:
    watched = watch(java_script_enabled=False)
    page = watched.page
    page.goto(site + path, wait_until="networkidle")
    picture = page.locator("main img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("node => node.complete && node.naturalWidth") >= 1000
    assert len(str(picture.get_attribute("alt"))) > 20
    assert ("projection=globe" in path) == ("crs=globe" in str(picture.get_attribute("src")))
    if path.startswith(ON_A_MAP):
        assert picture.evaluate(_ABOVE)
    if path.startswith("/maps"):
        assert page.locator(".twin tbody tr").count() > 20
        expect(page.locator(".map-without")).to_be_visible()
    if path.startswith("/embed"):
        expect(page.locator(".attribution")).to_contain_text("OpenStreetMap")
    else:
        listed = page.frame_locator(".sources-frame") if path.startswith("/maps") else page
        assert listed.locator(".sources li").count() > 2
    assert watched.foreign == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


HOSTILE = (
    "{{7*7}}{% raw %}",
    "${alert(1)}`",
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "__proto__",
    "-999,99,0",
    "\u202e%00\n",
)
SLOTS = ("projection", "view", "datetime", "lang", "theme", "at", "feature", "off", "on", "hide")


def test_a_hostile_address_runs_nothing_on_any_page(
    watch: Watch, site: str, hostile_path: str
) -> None:
    """The corpus in the parameters of each page, in query and hash, another in each on each."""
    maps = (
        "/maps/central_asia",
        f"/maps/{hostile_path}",
        f"/embed/{hostile_path}",
        "/embed/bering",
    )
    for turn, path in enumerate((*maps, "/story", "/about", "/", "/collections", "/where", MANAS)):
        said = [(slot, HOSTILE[(n * 3 + turn) % len(HOSTILE)]) for n, slot in enumerate(SLOTS)]
        pairs = [f"{slot}={quote(text, safe='')}" for slot, text in said]
        watched = watch()
        answer = watched.page.goto(f"{site}{path}?{'&'.join(pairs)}#{'&'.join(pairs)}&q=<img>")
        if path in maps:
            watched.page.wait_for_selector(READY, timeout=30_000)
        expect(watched.page.locator("h1")).to_be_visible()
        assert watched.page.locator("img[src=x]").count() == 0
        if answer.status == 200:
            watched.assert_quiet()
        else:
            assert turn > len(maps)
            expect(watched.page.locator("h1")).to_contain_text("query parameter")
            assert [one for one in watched.faults if "400" not in one] == []
        watched.page.close()


def test_a_hostile_layer_is_text_on_each_of_its_pages(
    watch: Watch, site: str, hostile_path: str
) -> None:
    home = f"/collections/{hostile_path}"
    watched = watch()
    page = watched.page
    page.goto(f"{site}{home}/items")
    first = page.locator(".items a").first.get_attribute("href")
    assert first
    for path in ("/", "/collections", "/maps", "/licences", "/about", home, f"{home}/items", first):
        answer = page.goto(path if path.startswith("http") else site + path)
        assert answer
        assert answer.status == 200
        expect(page.locator("h1")).to_be_visible()
        assert page.locator("img[src=x]").count() == 0
    watched.assert_quiet()
