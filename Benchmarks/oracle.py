#!/usr/bin/env python3
"""How far our plan is from the best fixed plan that a long search in SUMO itself can find.

The search (CMA-ES) starts from our plan with free stages and moves the greens of its stages, and so cycle and splits, and
the offset; stages and intergreens stay. Each candidate is run in SUMO itself with the seeds that it is judged by. Both are
then run with seeds that the search has not seen.

There are two such plans. `given` is searched and judged on the very vehicles of the network's routes, which come in the same
seconds of every run, so that a cycle can be laid between them: no plan that is made from counts can know that, nor would it
be worth anything on another day. `drawn` is searched on fifteen days that are drawn from these routes, each vehicle a Poisson
number of times and up to 30 s earlier or later, and judged on twenty other days: what is best on five days is fitted to them.

The last line on standard output is one JSON object, which `--keep FILE` also writes.
"""

import argparse
import json
import pathlib
import statistics
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import streets
from streets import GREENBAND, Street, run, say

sys.path.insert(0, str(streets.ROOT / "Tools"))
import sumo_delay  # noqa: E402

# The two smallest networks.
NETWORKS = ("cologne1", "ingolstadt1")
# First seed and number of seeds: those of the search, and others.
SEARCH_SEEDS = {"given": (1, 5), "drawn": (101, 15)}
OTHER_SEEDS = {"given": (11, 10), "drawn": (11, 20)}
LEAST_GREEN = 5
DEMANDS = ("given", "drawn")


class Programs:
    """Our programs, with the greens of their stages and the offsets as numbers to be changed."""

    def __init__(self, path):
        self.root = ElementTree.parse(path).getroot()
        self.start, self.least, self.places = [], [], []
        for logic in self.root.findall("tlLogic"):
            self.places.append((logic, "offset"))
            self.start.append(float(logic.get("offset")))
            self.least.append(None)
            for phase in logic.findall("phase"):
                # A change between stages has a yellow, or nobody has green.
                if "y" in phase.get("state") or not set("gG") & set(phase.get("state")):
                    continue
                self.places.append((phase, "duration"))
                self.start.append(float(phase.get("duration")))
                self.least.append(min(LEAST_GREEN, self.start[-1]))

    def write(self, values, path):
        """Writes the programs with other numbers, whole seconds and no green below its least; returns what was written."""
        for (element, attribute), value, least in zip(self.places, values, self.least):
            element.set(attribute, str(int(round(value if least is None else max(value, least)))))
        for logic in self.root.findall("tlLogic"):
            cycle = sum(int(float(phase.get("duration"))) for phase in logic.findall("phase"))
            logic.set("offset", str(int(logic.get("offset")) % cycle))
        ElementTree.ElementTree(self.root).write(path)
        return tuple(element.get(attribute) for element, attribute in self.places)


def delays(street, programs, demand, seeds):
    """Mean total delay in each seed under each of some programs, s per scheduled vehicle."""
    first, count = seeds
    folder = street.folder / "free"
    comparison = json.loads(run(
        GREENBAND, "compare", folder / "network.json", *(f"{number}={path}" for number, path in enumerate(programs)),
        "--flows", folder / "flows.json", "--simulator", "sumo", "--net", street.net, "--routes", street.routes, "--begin",
        street.begin, "--end", street.end, "--first-seed", first, "--seeds", count, "--demand", demand, "--json"))
    outcomes = {outcome["label"]: outcome["values"]["delay"] for outcome in comparison["levels"][0]["outcomes"]}
    return [outcomes[str(number)]["bySeed"] for number in range(len(programs))]


def search(street, start, folder, demand, budget):
    """The best programs that `budget` candidates lead to; returns their file and how many were run."""
    import cma

    programs = Programs(start)
    known = {}

    def judge(candidates):
        keys, jobs = [], {}
        for values in candidates:
            path = folder / f"candidate-{len(known) + len(jobs)}.add.xml"
            key = programs.write(values, path)
            keys.append(key)
            if key not in known and key not in jobs:
                jobs[key] = path
        if jobs:
            for (key, path), found in zip(jobs.items(), delays(street, list(jobs.values()), demand, SEARCH_SEEDS[demand])):
                known[key] = (statistics.mean(found), path)
        return [known[key][0] for key in keys]

    round_number = 0
    while len(known) < budget and round_number < 20:
        # Each round starts from the best so far, with another spread and another seed.
        best = min(known, key=known.get) if known else None
        origin = [float(value) for value in best] if best else programs.start
        spread = (6.0, 2.0, 12.0)[round_number % 3]
        strategy = cma.CMAEvolutionStrategy(
            origin, spread, {"seed": 100 + round_number, "verbose": -9, "popsize": 12, "tolfun": 0.02, "tolx": 0.3})
        while not strategy.stop() and len(known) < budget:
            candidates = strategy.ask()
            strategy.tell(candidates, judge(candidates))
        round_number += 1
        say(f"{street.name}, {demand}: {len(known)} candidates, best {min(known.values())[0]:.2f} s")
    return min(known.values())[1], len(known)


def measure(street, demand, budget):
    ours = street.folder / "free" / "plan.add.xml"
    folder = street.folder / demand
    folder.mkdir()
    best, candidates = search(street, ours, folder, demand, budget)
    result = {"candidates": candidates, "runs": candidates * SEARCH_SEEDS[demand][1]}
    for name, seeds in (("search_seeds", SEARCH_SEEDS[demand]), ("other_seeds", OTHER_SEEDS[demand])):
        mine, oracle = delays(street, [ours, best], demand, seeds)
        _, half = sumo_delay.interval([a / b for a, b in zip(mine, oracle)])
        result[name] = {
            "ours": statistics.mean(mine), "oracle": statistics.mean(oracle),
            "distance": statistics.mean(mine) / statistics.mean(oracle) - 1, "distance_half_width_95": half,
        }
        say(f"{street.name}, {demand}, {name}: ours {statistics.mean(mine):.2f} s, oracle {statistics.mean(oracle):.2f} s")
    result["oracle_program"] = best.read_text()
    return result


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench oracle", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--budget", type=int, default=250, help="candidates, each run with five seeds or on fifteen days")
    parser.add_argument("--keep", help="file for the result")
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory(prefix="greenband-") as temporary:
        for name in streets.chosen(parser, arguments.networks):
            street = Street(name, pathlib.Path(temporary))
            street.plan("free")
            results[name] = {demand: measure(street, demand, arguments.budget) for demand in DEMANDS}
    if arguments.keep:
        pathlib.Path(arguments.keep).write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
