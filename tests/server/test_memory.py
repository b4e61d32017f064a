"""How much memory of its own a process keeps that answered something of every kind.

What an answer leaves is looked for some seconds later, so the process is given time to settle.

Mapped files do not count as its own: processes share them, and the system takes them back when it
wants to.
"""

import subprocess
import sys
from pathlib import Path

import pytest

MOST_MB = 145  # it is 123, beside busy processes up to 136; shapes and texts held would be 56 more
ASKED = """
import gc, re, sys, time
from pathlib import Path
from layers.heap import keep_little
keep_little()
from starlette.testclient import TestClient
from server.settings import Settings
from server.start import open_app

app = open_app(Settings(cache=Path(sys.argv[1])))
app.state.site.where.prepare()
gc.freeze()  # as `marchland serve` does
with TestClient(app) as client:
    for path in sys.argv[3:]:
        assert client.get(path).status_code == 200, path
for _ in range(60):
    status = Path("/proc/self/status").read_text()
    held = int(re.search(r"RssAnon:\\s+(\\d+)", status)[1]) // 1024
    if held < int(sys.argv[2]):
        break
    time.sleep(0.5)
print(held)
"""
PATHS = (
    *("/", "/maps", "/about", "/docs", "/api", "/story", "/licences", "/collections/land"),
    *("/maps/arctic_claims?f=html", "/maps/arctic_claims/first.flat.json"),
    *("/maps/caucasus?projection=polar&f=html", "/maps/caucasus?projection=globe&f=html"),
    *("/maps/arctic_claims/layers/land.polar.json?fine=1", "/embed/bering"),
    "/maps/arctic_claims/layers/arctic_zones.globe.json",
    *("/collections/land/items?limit=1", "/collections/countries/items?bbox=0,60,30,80"),
    *("/collections/countries/items?limit=10000", "/collections/land/items?f=html"),
    *("/collections/airbases/items?datetime=2005-01-01/..", "/collections/airbases/items?f=html"),
    "/collections/airbases/items/manas_us_transit_center?f=html",
    *(f"/collections/countries/download.{form}" for form in ("geojson", "csv", "gpkg")),
    *("/collections/land/download.csv", "/collections/lakes/download.kml"),
    "/where?lon=-168.97&lat=65.78",
    "/collections/countries,land,arctic_zones/tiles/WebMercatorQuad/3/1/4",
    "/collections/countries/tiles/Arctic3575Quad/5/16/16",
    "/maps/arctic_claims/tiles/Arctic3575Quad/4/7/8.png",
    "/maps/bering/tiles/WebMercatorQuad/5/8/0.png",
    *("/maps/arctic/og.png", "/maps/caucasus/static.pdf", "/maps/caucasus/static.svg"),
    "/maps/arctic_claims/static.png",
)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says it so")
def test_a_process_that_answers_something_of_every_kind_has_little_memory(
    cache: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(cache), str(MOST_MB), *PATHS],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MOST_MB
