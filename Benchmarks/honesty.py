#!/usr/bin/env python3
"""How often `greenband compare` claims a difference where there is none, and finds one that is there.

One plan is run in SUMO on many days drawn anew (each with its own seed of the drivers). Every trial takes twenty days of
its own: ten for the plan under one name, ten for the same plan under another, and lets `greenband compare` judge. Then the
second is made worse by a known amount, as much as ten seeds are promised to find with a probability of 80 %.

The last line on standard output is one JSON object.
"""

import argparse
import json
import math
import pathlib
import shutil
import statistics
import sys
import tempfile

import streets
from streets import GREENBAND, Street, run, say

import sumo_delay  # noqa: F401

SEEDS = 10


def compare(street, network, plans, seeds, folder):
    return json.loads(run(
        GREENBAND, "compare", network, *plans, "--simulator", "sumo", "--net", street.net, "--routes", street.routes,
        "--begin", street.begin, "--end", street.end, "--seeds", seeds, "--demand", "drawn", "--folder", folder, "--json"))


def trial(street, network, pool, number, worse, folder):
    """Has ten days of the plan compared with ten other days of the same plan, made worse; returns the verdict."""
    shutil.copytree(pool / "inputs", folder / "inputs")
    shutil.copy(pool / "comparison.txt", folder)
    (folder / "runs").mkdir()
    for place, (label, shift) in enumerate((("a", 0), ("b", worse))):
        for seed in range(1, SEEDS + 1):
            day = number * 2 * SEEDS + place * SEEDS + seed
            figures = json.loads((pool / "runs" / f"present 1.0 {day}.json").read_text())
            figures["delay"] += shift
            (folder / "runs" / f"{label} 1.0 {seed}.json").write_text(json.dumps(figures))
    result = compare(street, network, ["a=present", "b=present"], SEEDS, folder)
    return result["levels"][0]["outcomes"][1]["values"]["delay"]["difference"]["verdict"]


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench honesty", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", default="ingolstadt1", help="the network")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=15, help="length of a day's window")
    parser.add_argument("--keep", help="folder in which the runs stay")
    arguments = parser.parse_args()
    from scipy import stats

    name, = streets.chosen(parser, arguments.network)
    with tempfile.TemporaryDirectory(prefix="greenband-") as temporary:
        place = pathlib.Path(arguments.keep or temporary)
        street = Street(name, place)
        street.end = min(street.end, street.begin + 60 * arguments.minutes)
        network = street.folder / "network.json"
        run(GREENBAND, "import", "sumo", street.net, "--vehicle-types", street.routes, "-o", network)
        pool = street.folder / "days"
        say(f"{name}: {2 * SEEDS * arguments.trials} days in SUMO")
        days = compare(street, network, ["present"], 2 * SEEDS * arguments.trials, pool)
        delays = days["levels"][0]["outcomes"][0]["values"]["delay"]["bySeed"]
        deviation = math.sqrt(2) * statistics.stdev(delays)
        rejected = stats.t.ppf(0.975, SEEDS - 1)
        promised = stats.t.ppf(0.8, SEEDS - 1)
        worse = (rejected + promised) * deviation / math.sqrt(SEEDS)
        counts = {}
        for kind, amount in (("same", 0.0), ("worse", worse)):
            say(f"{name}: {arguments.trials} trials, {kind}")
            verdicts = []
            for number in range(arguments.trials):
                with tempfile.TemporaryDirectory(prefix="greenband-", dir=temporary) as folder:
                    verdicts.append(trial(street, network, pool, number, amount, pathlib.Path(folder)))
            counts[kind] = {verdict: verdicts.count(verdict) for verdict in ("lower", "higher", "noDifferenceShown")}
    trials = arguments.trials
    false_claims = (counts["same"]["lower"] + counts["same"]["higher"]) / trials
    found = counts["worse"]["higher"] / trials
    print(json.dumps({
        "network": name, "minutes": arguments.minutes, "trials": trials, "seeds": SEEDS, "mean_delay": statistics.mean(delays),
        "deviation_of_difference": deviation, "false_claims": false_claims,
        "false_claims_allowed": 0.05 + 2 * math.sqrt(0.05 * 0.95 / trials), "worse_by": worse, "found": found,
        "found_promised": 0.8, "found_at_least": 0.8 - 2 * math.sqrt(0.8 * 0.2 / trials)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
