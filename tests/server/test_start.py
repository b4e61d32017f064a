"""What a start loads, and what it leaves until somebody asks for it."""

import subprocess
import sys
import threading

from server.start import warm

LOADED = """
import sys
import server.commands.root
print(*sorted({"folium", "branca", "pyproj", "requests"} & set(sys.modules)))
"""


def test_neither_folium_nor_pyproj_is_loaded_before_somebody_needs_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def test_what_maps_need_is_loaded_soon_after_the_start_by_a_thread_that_ends() -> None:
    script = """
import sys
from server.start import warm
warm(0).join()
print("folium" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "True"


def test_a_stop_does_not_break_off_what_is_being_loaded() -> None:
    timer = warm(0)
    assert not timer.daemon
    timer.join(30)
    assert timer not in threading.enumerate()
