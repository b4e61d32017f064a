"""The peers: how each is installed into the cache, started on a core, and asked for a tile."""

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from postgis import PostGIS
from rooms import Child, Unavailable, cache, free_port, need, run, scratch

Tile = tuple[int, int, int]  # zoom, column, row


class Server:
    """A started program: its port, its child process, and the path of a tile."""

    def __init__(
        self, name: str, child: Child, port: int, pattern: str, base: PostGIS | None = None
    ) -> None:
        self.name = name
        self.child = child
        self.base = base
        self.port = port
        self._pattern = pattern

    def path(self, layer: str, tile: Tile) -> str:
        """The address of a vector tile of a layer."""
        z, x, y = tile
        return self._pattern.format(layer=layer, z=z, x=x, y=y)

    def cpu_s(self) -> float:
        """Seconds of processor time so far, with those of the database behind it."""
        return self.child.cpu_s() + (self.base.cpu_s() if self.base else 0)

    def stop(self) -> None:
        """End it."""
        self.child.stop()


def marchland(core: int | str, *options: str) -> Server:
    """Ours, from this checkout."""
    port = free_port()
    script = Path(__file__).parent / "ours.py"
    words: list[str | Path] = [sys.executable, script, "--port", str(port), *options]
    root = str(Path(__file__).parents[2])
    child = Child(words, core, scratch("ours"), {"PYTHONPATH": root})
    child.start(f"http://127.0.0.1:{port}/healthz", 600)
    pattern = "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}"
    return Server("marchland", child, port, pattern)


def nginx(core: int, files: Mapping[str, tuple[bytes, str | None]]) -> Server:
    """nginx over files: path → bytes and, where they are compressed already, their coding."""
    folder, port = scratch("nginx"), free_port()
    for path, (body, coding) in files.items():
        target = folder / "www" / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
        if coding == "gzip":  # sent as it is
            target.rename(target.with_name(target.name + ".gz"))
            target.write_bytes(b"plain")
    (folder / "conf").write_text(_NGINX.format(folder=folder, port=port))
    child = Child([need("nginx", "nginx (apt)"), "-c", folder / "conf", "-p", folder], core, folder)
    child.start(f"http://127.0.0.1:{port}/")
    return Server("nginx static", child, port, "")


_NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
  open_file_cache max=1000; open_file_cache_valid 600s; gzip_static on;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; default_type application/octet-stream; }}
}}
"""


def tileserver(core: int, tiles: Mapping[Tile, bytes]) -> Server:
    """TileServer GL light over an MBTiles file of gzipped vector tiles."""
    home = cache() / "tileserver"
    program = home / "node_modules" / ".bin" / "tileserver-gl"
    if not program.exists():
        home.mkdir(exist_ok=True)
        run([need("npm", "Node.js"), "install", "--no-audit", "--no-fund", "tileserver-gl-light@5"],
            cwd=home)  # fmt: skip
    folder, port = scratch("tileserver"), free_port()
    _mbtiles(folder / "bench.mbtiles", tiles)
    config = {"options": {}, "data": {"bench": {"mbtiles": "bench.mbtiles"}}}
    (folder / "config.json").write_text(json.dumps(config))
    child = Child(
        [program, "--config", "config.json", "--port", str(port), "--silent"], core, folder
    )
    child.start(f"http://127.0.0.1:{port}/health")
    return Server("TileServer GL light", child, port, "/data/bench/{z}/{x}/{y}.pbf")


def _mbtiles(path: Path, tiles: Mapping[Tile, bytes]) -> None:
    with sqlite3.connect(path) as base:
        base.execute("create table metadata (name text, value text)")
        base.execute(
            "create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)"
        )
        zooms = [z for z, _, _ in tiles]
        layers = json.dumps({"vector_layers": [{"id": "countries", "fields": {}}]})
        said = {"name": "bench", "format": "pbf", "minzoom": min(zooms), "maxzoom": max(zooms),
                "bounds": "-180,-85,180,85", "type": "baselayer", "json": layers}  # fmt: skip
        base.executemany(
            "insert into metadata values (?, ?)", [(k, str(v)) for k, v in said.items()]
        )
        base.executemany(
            "insert into tiles values (?, ?, ?, ?)",
            [(z, x, 2**z - 1 - y, body) for (z, x, y), body in tiles.items()],
        )
    base.close()


def tipg(core: int, base: PostGIS) -> Server:
    """tipg on PostGIS, told not to cut a tile at 10 000 features."""
    python = _venv("tipg", "tipg", "uvicorn", "httptools", "uvloop")
    port = free_port()
    said = {
        "DATABASE_URL": base.url,
        "TIPG_MAX_FEATURES_PER_TILE": "1000000",
        "TIPG_DEFAULT_MINZOOM": "0",
    }
    words: list[str | Path] = [
        python,
        "-m",
        "uvicorn",
        "tipg.main:app",
        "--port",
        str(port),
        "--no-access-log",
    ]
    child = Child(words, core, scratch("tipg"), said)
    child.start(f"http://127.0.0.1:{port}/healthz")
    pattern = "/collections/public.{layer}/tiles/WebMercatorQuad/{z}/{x}/{y}"
    return Server("tipg", child, port, pattern, base)


def pygeoapi(core: int, base: PostGIS, layers: list[str]) -> Server:
    """pygeoapi on the same PostGIS."""
    python = _venv(
        "pygeoapi", "pygeoapi", "sqlalchemy", "geoalchemy2", "psycopg2-binary", "gunicorn"
    )
    folder, port = scratch("pygeoapi"), free_port()
    (folder / "config.json").write_text(json.dumps(_pygeoapi(port, base, layers)))
    said = {
        "PYGEOAPI_CONFIG": str(folder / "config.json"),
        "PYGEOAPI_OPENAPI": str(folder / "openapi.json"),
    }
    generate = "from pygeoapi.openapi import generate_openapi_document as g; import sys, pathlib; "
    generate += "pathlib.Path(sys.argv[2]).write_text(g(pathlib.Path(sys.argv[1]), 'json'))"
    run([python, "-c", generate, *said.values()], env={**os.environ, **said})
    words: list[str | Path] = [
        python,
        "-m",
        "gunicorn",
        "-w",
        "1",
        "--timeout",
        "600",  # else gunicorn ends a worker that takes 30 s for a tile
        "-b",
        f"127.0.0.1:{port}",
        "pygeoapi.flask_app:APP",
    ]
    child = Child(words, core, folder, said)
    child.start(f"http://127.0.0.1:{port}/conformance?f=json")
    pattern = "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}?f=mvt"
    return Server("pygeoapi", child, port, pattern, base)


def _pygeoapi(port: int, base: PostGIS, layers: list[str]) -> dict[str, object]:
    words = {"en": "bench"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": f"http://127.0.0.1:{port}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": 1000},
            "map": {"url": "http://127.0.0.1/{z}/{x}/{y}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": words, "description": words, "keywords": {"en": ["bench"]},
                               "keywords_type": "theme", "terms_of_service": "none",
                               "url": "http://127.0.0.1"},
            "license": {"name": "CC0", "url": "http://127.0.0.1"},
            "provider": {"name": "us", "url": "http://127.0.0.1"},
            "contact": {"name": "us"},
        },
        "resources": {one: _resource(base, one) for one in layers},
    }  # fmt: skip


def _resource(base: PostGIS, layer: str) -> dict[str, object]:
    data = {"host": "127.0.0.1", "port": base.port, "dbname": "bench", "user": "bench",
            "password": "none", "search_path": ["public"]}  # fmt: skip
    common = {"data": data, "id_field": "fid", "table": layer, "geom_field": "geom"}
    form = {"name": "pbf", "mimetype": "application/vnd.mapbox-vector-tile"}
    return {
        "type": "collection",
        "title": layer,
        "description": layer,
        "keywords": ["bench"],
        "extents": {"spatial": {"bbox": [-180, -90, 180, 90],
                                "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
        "providers": [
            {"type": "feature", "name": "PostgreSQL", **common},
            {"type": "tile", "name": "MVT-postgresql", **common, "format": form,
             "options": {"zoom": {"min": 0, "max": 15}}},
        ],
    }  # fmt: skip


def martin(core: int, base: PostGIS, *, kept: bool = False) -> Server:
    """Martin on the same PostGIS; ``kept`` is whether it remembers tiles that it made."""
    program = _martin()
    port = free_port()
    words: list[str | Path] = [program, base.url, "-l", f"127.0.0.1:{port}", "-W", "1"]
    words += [] if kept else ["--cache-size", "0"]
    child = Child(words, core, scratch("martin"))
    child.start(f"http://127.0.0.1:{port}/health")
    return Server("Martin", child, port, "/{layer}/{z}/{x}/{y}", base)


def _martin() -> Path:
    """The program; built on the first use, which takes very long on few cores."""
    found = shutil.which("martin")
    program = Path(found) if found else cache() / "martin" / "bin" / "martin"
    if not program.exists():
        if os.environ.get("MARCHLAND_BENCH_BUILD") != "yes":
            raise Unavailable("Martin is not built; MARCHLAND_BENCH_BUILD=yes builds it (an hour)")
        words = [need("cargo", "Rust"), "install", "martin", "--version", "1.14.0", "--locked"]
        words += ["--no-default-features", "--features", "postgres"]  # else it clones a renderer
        run(["nice", "-n", "19", *words, "-j", "1", "--root", str(cache() / "martin")])
    return program


def _venv(name: str, *packages: str) -> Path:
    python = cache() / name / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", cache() / name])
        run([python, "-m", "pip", "install", "-q", *packages])
    return python
