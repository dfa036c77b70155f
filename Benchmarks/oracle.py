#!/usr/bin/env python3
"""How far our plan is from the best fixed plan that a long search in SUMO itself can find.

The search (CMA-ES) starts from our plan with free stages and moves the greens of its stages, and so cycle and splits, and
the offset; stages and intergreens stay. Each candidate is run in SUMO itself with the seeds that it is judged by: the
oracle knows the very traffic and the very drivers, which no plan made from counts can. Both are then run with seeds that
the search has not seen.

The last line on standard output is one JSON object, which `--keep FILE` also writes.
"""

import argparse
import concurrent.futures
import json
import pathlib
import statistics
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import streets
from streets import Street, say

sys.path.insert(0, str(streets.ROOT / "Tools"))
import sumo_delay  # noqa: E402

# The two smallest networks.
NETWORKS = ("cologne1", "ingolstadt1")
SEARCH_SEEDS = [1, 2, 3, 4, 5]
OTHER_SEEDS = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
LEAST_GREEN = 5


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


def search(street, start, folder, budget):
    """The best programs that `budget` candidates lead to; returns their file and how many were run."""
    import cma

    programs = Programs(start)
    known = {}

    def judge(path):
        runs = [sumo_delay.run(str(street.net), str(street.routes), street.begin, street.end, seed, [str(path)])
                for seed in SEARCH_SEEDS]
        return statistics.mean(run["total_delay"] for run in runs)

    def delays(candidates):
        keys, jobs = [], {}
        for values in candidates:
            path = folder / f"candidate-{len(known) + len(jobs)}.add.xml"
            key = programs.write(values, path)
            keys.append(key)
            if key not in known and key not in jobs:
                jobs[key] = path
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for key, path, delay in zip(jobs, jobs.values(), pool.map(judge, jobs.values())):
                known[key] = (delay, path)
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
            strategy.tell(candidates, delays(candidates))
        round_number += 1
        say(f"{street.name}: {len(known)} candidates, best {min(known.values())[0]:.2f} s")
    return min(known.values())[1], len(known)


def measure(street, folder, budget):
    ours, _ = street.plan("free")
    best, candidates = search(street, ours[0], folder, budget)
    result = {"candidates": candidates, "runs": candidates * len(SEARCH_SEEDS)}
    for name, seeds in (("search_seeds", SEARCH_SEEDS), ("other_seeds", OTHER_SEEDS)):
        mine, oracle = street.delays(ours, seeds=seeds), street.delays([best], seeds=seeds)
        ratios = [a / b for a, b in zip(mine, oracle)]
        mean, half = sumo_delay.interval(ratios)
        result[name] = {
            "ours": statistics.mean(mine), "oracle": statistics.mean(oracle),
            "distance": statistics.mean(mine) / statistics.mean(oracle) - 1, "distance_half_width_95": half,
        }
        say(f"{street.name}, {name}: ours {statistics.mean(mine):.2f} s, oracle {statistics.mean(oracle):.2f} s")
    result["oracle_program"] = best.read_text()
    return result


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench oracle", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--budget", type=int, default=300, help="candidates, each run with five seeds")
    parser.add_argument("--keep", help="file for the result")
    arguments = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory(prefix="greenband-") as temporary:
        for name in streets.chosen(parser, arguments.networks):
            street = Street(name, pathlib.Path(temporary))
            results[name] = measure(street, street.folder, arguments.budget)
    if arguments.keep:
        pathlib.Path(arguments.keep).write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
