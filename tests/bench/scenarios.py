"""What is measured, against whom, and the target of each."""

import gzip
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import firstview
import peers
import synthetic
import walk
from figures import Row, alone, compared
from load import Answer, Headers, fetch, hot
from mvtcount import features
from peers import Server, Tile
from postgis import PostGIS
from rooms import Unavailable

from layers.catalogue import load_catalogue
from layers.collection import Collection
from layers.folder import our_folders
from layers.maps import load_maps
from server.settings import default_cache

GZIP = {"Accept-Encoding": "gzip"}
NOTHING: Headers = {}
GOOD = (200, 204)


@dataclass(frozen=True)
class Plan:
    """How long, how often, on which cores, and which peers are wanted."""

    rounds: int
    seconds: float
    server_core: int
    load_core: int
    peers: frozenset[str]
    deepest: int  # zoom of the walk
    sample: int | None
    say: Callable[[str], None]

    def wants(self, peer: str) -> bool:
        return not self.peers or peer in self.peers


@contextmanager
def _serving(server: Server) -> Iterator[Server]:
    try:
        yield server
    finally:
        server.stop()


def _try(plan: Plan, name: str, start: Callable[[], Server], stack: ExitStack) -> Server | None:
    """The peer, or None with a word why there is none."""
    if not plan.wants(name):
        return None
    try:
        plan.say(f"starting {name}")
        return stack.enter_context(_serving(start()))
    except Unavailable as error:
        plan.say(f"{name} is left out: {error}")
        return None


# ------------------------------------------------------------------- hot


def hot_tiles(plan: Plan) -> Iterator[Row]:
    """A made tile of about 20 KB and its 304, against nginx, TileServer GL light and Martin."""
    with ExitStack() as stack:
        ours = stack.enter_context(_serving(peers.marchland(plan.server_core)))
        vector, tile, packed = _near_20_kb(ours)
        raster, picture = _picture(ours)
        files = {vector: (packed.body, "gzip"), raster: (picture.body, None)}
        nginx = _try(plan, "nginx", lambda: peers.nginx(plan.server_core, files), stack)
        if nginx:
            yield from _hot(plan, ours, nginx, "hot vector tile", vector, vector, GZIP, 0.7)
            yield from _hot(plan, ours, nginx, "hot raster tile", raster, raster, NOTHING, 0.7)
            yield _unmodified(plan, ours, nginx, raster)
        gl = _try(
            plan,
            "tileserver",
            lambda: peers.tileserver(plan.server_core, {tile: packed.body}),
            stack,
        )
        if gl:
            theirs = gl.path("countries", tile)
            yield from _hot(plan, ours, gl, "hot vector tile", vector, theirs, GZIP, 50)
        if plan.wants("martin"):
            yield from _hot_martin(plan, stack, ours, vector, tile)


def _hot_martin(plan: Plan, stack: ExitStack, ours: Server, path: str, tile: Tile) -> Iterator[Row]:
    try:
        base = stack.enter_context(PostGIS(plan.server_core))
        base.load(_countries())
    except Unavailable as error:
        plan.say(f"martin is left out: {error}")
        return
    martin = _try(plan, "martin", lambda: peers.martin(plan.server_core, base, kept=True), stack)
    if martin:
        theirs = martin.path("countries", tile)
        yield from _hot(plan, ours, martin, "hot vector tile", path, theirs, GZIP, 1)
        plain = {"Accept-Encoding": "identity"}  # Martin packs a tile each time that it sends it
        yield from _hot(plan, ours, martin, "hot tile, not packed", path, theirs, plain, 1)


def _hot(
    plan: Plan,
    ours: Server,
    peer: Server,
    name: str,
    our_path: str,
    their_path: str,
    headers: Headers,
    target: float,
) -> Iterator[Row]:
    rates: dict[str, list[float]] = {}
    costs: dict[str, list[float]] = {}
    for number in range(plan.rounds + 1):
        for server, path in ((ours, our_path), (peer, their_path)):
            seen = _loaded(plan, server, path, headers)
            if number:  # the first round warms up
                rates.setdefault(server.name, []).append(seen[0])
                costs.setdefault(server.name, []).append(seen[1])
    per_s = {who: round(median(values)) for who, values in rates.items()}
    note = f"{per_s[ours.name]}/s against {per_s[peer.name]}/s"
    yield compared(name, peer.name, "µs CPU", costs[ours.name], costs[peer.name], target, note)


def _loaded(plan: Plan, server: Server, path: str, headers: Headers) -> tuple[float, float]:
    seen = hot(server.child, server.port, path, headers, plan.load_core, plan.seconds)
    return seen.per_s, seen.cpu_us


def _unmodified(plan: Plan, ours: Server, nginx: Server, path: str) -> Row:
    costs: dict[str, list[float]] = {}
    tags = {one.name: fetch(one.port, [path], NOTHING)[0].headers["etag"] for one in (ours, nginx)}
    for number in range(plan.rounds + 1):
        for server in (ours, nginx):
            held = {"If-None-Match": tags[server.name]}
            assert fetch(server.port, [path], held)[0].status == 304
            cost = _loaded(plan, server, path, held)[1]
            if number:
                costs.setdefault(server.name, []).append(cost)
    return compared(
        "304 of a hot tile", nginx.name, "µs CPU", costs[ours.name], costs[nginx.name], 0.6
    )


def _near_20_kb(ours: Server) -> tuple[str, Tile, Answer]:
    """The tile of countries whose gzipped bytes are nearest to 20 KB, as gzip."""
    tiles = [(z, x, y) for z in (3, 4) for x in range(2**z) for y in range(2**z)]
    answers = fetch(ours.port, [ours.path("countries", tile) for tile in tiles], GZIP)
    best = min(range(len(tiles)), key=lambda at: abs(len(answers[at].body) - 20_000))
    answer = answers[best]
    if answer.headers.get("content-encoding") != "gzip":
        answer = Answer(200, {}, gzip.compress(answer.body, 6, mtime=0), 0)
    return ours.path("countries", tiles[best]), tiles[best], answer


def _picture(ours: Server) -> tuple[str, Answer]:
    """The raster tile of the Arctic map whose bytes are nearest to 20 KB."""
    paths = [f"/maps/arctic/tiles/WebMercatorQuad/4/{y}/{x}.png" for y in (2, 3) for x in range(16)]
    answers = fetch(ours.port, paths, NOTHING)
    _hold_good(ours, answers)
    best = min(range(len(paths)), key=lambda at: abs(len(answers[at].body) - 20_000))
    return paths[best], answers[best]


# ------------------------------------------------------------------ cold

COUNTRIES = {0: (40, 25), 3: (10, 25), 6: (8, 25), 10: (8, 25)}  # zoom → × tipg, × pygeoapi


def cold_countries(plan: Plan) -> Iterator[Row]:
    """Vector tiles of the countries, each made anew, against what stands on PostGIS."""
    yield from _cold(plan, [_countries()], {"countries": COUNTRIES}, count=40)


def cold_synthetic(plan: Plan) -> Iterator[Row]:
    """200 000 points and 20 000 lines."""
    targets = {
        synthetic.POINTS: {3: (1.5, None), 6: (1.5, None)},
        synthetic.LINES: {3: (2.5, None), 6: (2.5, None)},
    }
    yield from _cold(plan, [synthetic.points(), synthetic.lines()], targets, count=12)


def _cold(
    plan: Plan, collections: list[Collection], targets: dict[str, Any], count: int
) -> Iterator[Row]:
    layers = [one.id for one in collections]
    with ExitStack() as stack:
        options = ["--cold"] + (["--synthetic"] if synthetic.POINTS in layers else [])
        ours = stack.enter_context(_serving(peers.marchland(plan.server_core, *options)))
        try:
            base = stack.enter_context(PostGIS(plan.server_core))
            for one in collections:
                plan.say(f"loading {one.id} into PostGIS")
                base.load(one)
        except Unavailable as error:
            plan.say(f"no PostGIS: {error}")
            return
        core = plan.server_core
        started = {
            "tipg": _try(plan, "tipg", lambda: peers.tipg(core, base), stack),
            "pygeoapi": _try(plan, "pygeoapi", lambda: peers.pygeoapi(core, base, layers), stack),
            "martin": _try(plan, "martin", lambda: peers.martin(core, base), stack),
        }
        for layer, zooms in targets.items():
            for zoom, wanted in zooms.items():
                tiles = _filled(ours, layer, zoom, count)
                for peer, target in zip(started.values(), (*wanted, 1), strict=True):
                    try:
                        if peer:
                            yield _cold_row(plan, ours, peer, layer, tiles, target)
                    except Unavailable as error:  # the others go on
                        plan.say(f"{layer} z{zoom} is left out: {error}")


def _cold_row(
    plan: Plan, ours: Server, peer: Server, layer: str, tiles: Sequence[Tile], target: float | None
) -> Row:
    took: dict[str, list[float]] = {ours.name: [], peer.name: []}
    spent: dict[str, list[float]] = {ours.name: [], peer.name: []}
    held: dict[str, int] = {}
    for number in range(plan.rounds + 1):
        for server in (ours, peer):
            begin = server.cpu_s()
            answers = _asked(server, layer, tiles)
            if number:
                spent[server.name].append((server.cpu_s() - begin) / len(tiles) * 1e3)
                took[server.name].append(sum(one.ms for one in answers) / len(tiles))
            else:  # the first round warms up
                held[server.name] = sum(features(one.body) for one in answers)
    cpu = " against ".join(f"{median(values):.3g}" for values in spent.values())
    note = f"{len(tiles)} tiles; features {held[ours.name]} against {held[peer.name]}; CPU {cpu} ms"
    name = f"cold {layer} z{tiles[0][0]}"
    return compared(name, peer.name, "ms", took[ours.name], took[peer.name], target, note)


def _asked(server: Server, layer: str, tiles: Sequence[Tile]) -> list[Answer]:
    paths = [server.path(layer, tile) for tile in tiles]
    try:
        answers = fetch(server.port, paths, {"Accept-Encoding": "identity"})
    except (HTTPException, OSError) as error:
        raise Unavailable(f"{server.name} breaks off: {error}") from error
    _hold_good(server, answers)
    return answers


def _hold_good(server: Server, answers: Sequence[Answer]) -> None:
    bad = [one for one in answers if one.status not in GOOD]
    if bad:
        log = server.child.log.read_text(encoding="utf-8")[-600:]
        raise Unavailable(f"{server.name}: {bad[0].status} {bad[0].body[:200]!r}\n{log}")


def _filled(ours: Server, layer: str, zoom: int, count: int) -> list[Tile]:
    """Up to ``count`` tiles, the same each time, in which something lies."""
    size = 2**zoom
    every = (
        [(zoom, x, y) for x in range(size) for y in range(size)] if zoom < 7 else _near_borders()
    )
    order = random.Random(1).sample(every, min(len(every), count * 12))  # noqa: S311
    found = []
    for tile in order:
        (answer,) = fetch(ours.port, [ours.path(layer, tile)], NOTHING)
        if answer.status == 200 and len(answer.body) > 100:
            found.append(tile)
        if len(found) == count:
            break
    return found


def _near_borders() -> list[Tile]:
    """Tiles of zoom 10 between the Rhine and Lake Baikal, where there are many borders."""
    return [(10, x, y) for x in range(530, 810, 3) for y in range(300, 400, 3)]


def _countries() -> Collection:
    return load_catalogue(our_folders(), default_cache())["countries"]


# -------------------------------------------------------------- pictures


def cold_raster(plan: Plan) -> Iterator[Row]:
    """Labelled raster tiles of 256 px, zoom 4 to 8; then the same with two at once."""
    every = list[list[float]]()
    with _serving(peers.marchland(plan.server_core, "--cold")) as ours:
        for zoom in range(4, 9):
            paths = _raster(zoom)
            fetch(ours.port, paths[:2], NOTHING)  # names are placed once for the zoom
            took = [_ms(ours, paths) for _ in range(plan.rounds)]
            every += took
            yield alone(f"cold labelled raster z{zoom}", "ms", [median(one) for one in took], 12)
    turns = [every[at :: plan.rounds] for at in range(plan.rounds)]
    together = [median(one for took in turn for one in took) for turn in turns]
    yield alone("cold labelled raster, all of z4 to z8", "ms", together, 12)
    both = f"{plan.server_core},{plan.load_core}"
    with _serving(peers.marchland(both, "--cold")) as ours:
        paths = _raster(6)
        fetch(ours.port, paths, NOTHING)
        one, two = [], []
        for _ in range(plan.rounds):
            one.append(_seconds(ours, [paths * 2]))
            two.append(_seconds(ours, [paths, paths]))
        yield compared("cold raster z6, two threads", "one thread", "s", two, one, 1.7)


def _raster(zoom: int) -> list[str]:
    """Thirty tiles around the Bering Strait and the north of Europe, without order."""
    half = 2 ** (zoom - 1)
    middle = range(max(0, half // 4), half)
    every = [(x, y) for x in range(2**zoom) for y in middle]
    chosen = random.Random(zoom).sample(every, min(30, len(every)))  # noqa: S311
    return [f"/maps/arctic/tiles/WebMercatorQuad/{zoom}/{y}/{x}.png" for x, y in chosen]


def _ms(ours: Server, paths: list[str]) -> list[float]:
    answers = fetch(ours.port, paths, NOTHING)
    _hold_good(ours, answers)
    return [one.ms for one in answers]


def _seconds(ours: Server, parts: list[list[str]]) -> float:
    begin = perf_counter()
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(lambda paths: fetch(ours.port, paths, NOTHING), parts))
    return perf_counter() - begin


def cold_static(plan: Plan) -> Iterator[Row]:
    """Static maps of 1200 by 630, each drawn anew: each map of a name, and all together.

    No two have one height: the engine remembers for a while what it has drawn.
    """
    with _serving(peers.marchland(plan.server_core, "--cold")) as ours:
        every = []
        for map_id in load_maps():
            count = 4 * plan.rounds
            paths = [
                f"/maps/{map_id}/static.png?width=1200&height={630 + n - count // 2}"
                for n in range(count + 2)
            ]
            fetch(ours.port, paths[count:], NOTHING)
            answers = fetch(ours.port, paths[:count], NOTHING)
            _hold_good(ours, answers)
            took = [one.ms for one in answers]
            every += took
            yield alone(f"static map {map_id} 1200×630", "ms", took, None)
        yield alone("static maps 1200×630, p95 of all", "ms", [quantiles(every, n=20)[-1]], 300)


def where_am_i(plan: Plan) -> Iterator[Row]:
    """Answers to ``/where`` at 500 positions north of 45° N, each at its quickest of the rounds."""
    dice = random.Random(1)  # noqa: S311
    spots = [(dice.uniform(-180, 180), dice.uniform(45, 90)) for _ in range(500)]
    with _serving(peers.marchland(plan.server_core, "--cold")) as ours:
        paths = [f"/where?lon={lon:.4f}&lat={lat:.4f}" for lon, lat in spots]
        _ms(ours, paths)  # opens the indices, and reads the texts that features have
        rounds = [_ms(ours, paths) for _ in range(plan.rounds)]
    least = [min(took) for took in zip(*rounds, strict=True)]  # others use the cores too
    yield alone("where, p99 of 500 positions", "ms", [quantiles(least, n=100)[-1]], 5)


def every_tile(plan: Plan) -> Iterator[Row]:
    """Every tile of every grid, or a sample of them, twice."""
    both = f"{plan.server_core},{plan.load_core}"
    with _serving(peers.marchland(both)) as ours:
        yield from walk.walk(ours, plan.deepest, plan.sample)


def first_view(plan: Plan) -> Iterator[Row]:
    """The first view of every named map on a slow line, beside stock folium."""
    with _serving(peers.marchland(plan.server_core)) as ours:
        yield from firstview.first_views(ours, plan.rounds, plan.server_core, plan.say)


ALL: dict[str, Callable[[Plan], Iterator[Row]]] = {
    "hot": hot_tiles,
    "countries": cold_countries,
    "synthetic": cold_synthetic,
    "raster": cold_raster,
    "static": cold_static,
    "where": where_am_i,
    "walk": every_tile,
    "first-view": first_view,
}
