"""Where the bench puts things: a cache outside the repository, free ports, child processes."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Unavailable(Exception):
    """A peer that cannot be installed or started here; the message says why."""


def cache() -> Path:
    """What peers are installed into, and data; `MARCHLAND_BENCH_CACHE` or the user's cache."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("MARCHLAND_BENCH_CACHE") or home / "marchland-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def scratch(name: str) -> Path:
    """A folder of this run alone that other users may enter (PostgreSQL runs as its own)."""
    folder = Path(tempfile.mkdtemp(prefix=f"marchland-{name}-"))
    folder.chmod(0o755)
    return folder


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def need(program: str, package: str) -> str:
    """The path of a program. Raises `Unavailable` naming what to install."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise Unavailable(f"{program} is not here; install {package}")
    return found


def run(words: Sequence[str | Path], **named: Any) -> str:
    """Run to the end. Raises `Unavailable` with the last lines when it fails."""
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, **named
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        raise Unavailable(f"{words[0]} {words[1]}: {last}")
    return str(done.stdout)


@dataclass
class Child:
    """A server that was started, pinned to a core, and all processes below it."""

    words: Sequence[str | Path]
    core: int | str
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self, url: str, patience_s: float = 120) -> None:
        """Start and wait until ``url`` answers with anything but a refusal."""
        words = ["taskset", "-c", str(self.core), *map(str, self.words)]
        self.log = self.folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                words,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        deadline = time.monotonic() + patience_s
        while not _answers(url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                tail = "\n".join(self.log.read_text().splitlines()[-8:])
                self.stop()
                raise Unavailable(f"{words[3]} does not answer: {tail}")
            time.sleep(0.2)

    def cpu_s(self) -> float:
        """Seconds of processor time that it and everything below it have used so far."""
        return cpu_s(self.process.pid)

    def memory_mb(self, kind: str) -> float:
        """Memory of all of them, megabytes: ``RssAnon`` is their own, ``VmRSS`` with files."""
        return sum(_memory_mb(pid, kind) for pid in _family(self.process.pid))

    def stop(self) -> None:
        """End it, kindly first; its folder goes with it."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, sign)
                self.process.wait(10)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        shutil.rmtree(self.folder, ignore_errors=True)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30):  # noqa: S310  # loopback
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def _family(pid: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    family, todo = [], [pid]
    while todo:
        family.append(one := todo.pop())
        todo += parents.get(one, [])
    return family


def cpu_s(pid: int) -> float:
    """Seconds of processor time of a process and everything below it."""
    return sum(map(_cpu_s, _family(pid)))


def _cpu_s(pid: int) -> float:
    """What the scheduler counted, in nanoseconds, for every thread."""
    spent = 0
    for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):
            spent += int(file.read_text().split()[0])
    return spent / 1e9


def _memory_mb(pid: int, kind: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith(kind))
