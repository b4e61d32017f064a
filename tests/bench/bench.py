"""Starts marchland and its peers on the same data and prints who costs how much. See README.md."""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # the floors, also where nothing is installed

from figures import Row, table
from rooms import Unavailable
from scenarios import ALL, Plan


def main() -> int:
    """Exit code 0: measured; 1: a target was missed; 2: a scenario could not be measured."""
    said = _words().parse_args()
    plan = Plan(
        rounds=said.rounds,
        seconds=said.seconds,
        server_core=said.server_core,
        load_core=said.load_core,
        deepest=said.deepest,
        sample=said.sample,
        peers=frozenset(filter(None, said.peers.split(","))),
        say=lambda text: print(text, file=sys.stderr, flush=True),
    )
    os.sched_setaffinity(0, {plan.load_core})
    rows: list[Row] = []
    failed = False
    for name in said.scenarios or ALL:
        try:
            for row in ALL[name](plan):
                rows.append(row)
                plan.say(" | ".join(row.cells()))
        except Unavailable as error:
            failed = True
            plan.say(f"{name}: {error}")
    print(table(rows))
    return 2 if failed else int(any(row.verdict == "MISSED" for row in rows))


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("scenarios", nargs="*", help=f"of: {', '.join(ALL)} (default: all)")
    words.add_argument("--peers", default="", help="nginx,tileserver,tipg,pygeoapi,martin (all)")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--seconds", type=float, default=3, help="of load in each hot round")
    words.add_argument("--server-core", type=int, default=0)
    words.add_argument("--load-core", type=int, default=1)
    words.add_argument("--deepest", type=int, default=6, help="zoom of the walk")
    words.add_argument("--sample", type=int, help="walk over that many tiles instead of all")
    return words


if __name__ == "__main__":
    sys.exit(main())
