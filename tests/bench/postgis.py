"""A PostGIS of our own: a cluster in a scratch folder, and the same features as tables."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import shapely
from rooms import Unavailable, cpu_s, free_port, run, scratch

from layers.collection import Collection

_SETTINGS = (
    "shared_buffers=512MB",
    "work_mem=64MB",
    "jit=off",
    "max_parallel_workers_per_gather=0",  # one core for everybody
    "fsync=off",
)


class PostGIS:
    """Started with ``with``; ``url`` is its address. Raises `Unavailable` where there is none."""

    def __init__(self, core: int) -> None:
        self.core = core
        self.port = free_port()
        self.url = f"postgresql://bench@127.0.0.1:{self.port}/bench"
        self.folder = scratch("pg")

    def __enter__(self) -> "PostGIS":
        data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._as_postgres(
            _program("initdb"), "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8"
        )
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 "
        options += " ".join(f"-c {one}" for one in _SETTINGS)
        self._as_postgres(
            "taskset", "-c", self.core, _program("pg_ctl"), "-D", data, "-o", options,
            "-l", self.folder / "log", "-w", "start",
        )  # fmt: skip
        self.sql("create database bench", database="postgres")
        self.sql("create extension postgis")
        return self

    def __exit__(self, *_: object) -> None:
        self._as_postgres(_program("pg_ctl"), "-D", self.folder / "data", "-m", "fast", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def cpu_s(self) -> float:
        """Seconds of processor time that it has used so far."""
        lines = (self.folder / "data" / "postmaster.pid").read_text().splitlines()
        return cpu_s(int(lines[0]))

    def sql(self, text: str, database: str = "bench") -> None:
        """Run a statement."""
        run(["psql", "-q", "-v", "ON_ERROR_STOP=1", self._address(database), "-c", text])

    def load(self, collection: Collection) -> None:
        """A table named as the collection: the columns that our tiles have, and geom (4326)."""
        table = collection.id
        columns = ", ".join(f'"{name}" {kind}' for name, kind in _columns(collection).items())
        self.sql(f"create table {table} ({columns}, geom geometry(Geometry, 4326))")
        copy = f"\\copy {table} from stdin"
        done = subprocess.run(
            ["psql", "-q", "-v", "ON_ERROR_STOP=1", self._address("bench"), "-c", copy],
            input="".join(_rows(collection)).encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise Unavailable(f"{table} into PostGIS: {done.stderr.decode()[-300:]}")
        self.sql(f"create index on {table} using gist (geom)")
        self.sql(f"vacuum analyze {table}")

    def _address(self, database: str) -> str:
        return self.url.rpartition("/")[0] + "/" + database

    def _as_postgres(self, *words: object) -> None:
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        run([*other, *map(str, words)], cwd=self.folder)


def _columns(collection: Collection) -> dict[str, str]:
    """What a feature of our vector tiles says, as columns: a tag that is a number stays one."""
    kinds = {"fid": "integer primary key", "id": "text", "name": "text", "kind": "text",
             "status": "text", "evidence": "text"}  # fmt: skip
    for tag in collection.tags:
        values = [one.properties.tags.get(tag) for one in collection.features]
        number = all(isinstance(value, int | float) for value in values)
        kinds["tag_" + tag] = "double precision" if number else "text"
    return kinds


def _rows(collection: Collection) -> Iterator[str]:
    for number, feature in enumerate(collection.features, 1):
        said = feature.properties
        shape = shapely.set_srid(feature.geometry, 4326)
        plain = [number, feature.id, said.name, said.kind, said.status, said.evidence]
        tags = [said.tags.get(tag) for tag in collection.tags]
        hexed = shapely.to_wkb(shape, hex=True, include_srid=True)
        yield "\t".join(map(_cell, [*plain, *tags, hexed])) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(one) for one in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None
    )
    if not found:
        raise Unavailable(
            f"{name} is not here; install postgresql and postgresql-NN-postgis-3 (apt)"
        )
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise Unavailable("there is no user postgres") from None
    return found
