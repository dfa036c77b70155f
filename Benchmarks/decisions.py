#!/usr/bin/env python3
"""How long the decisions of many junctions take, beside the same search in NumPy.

The junctions of the networks take turns until there are enough of them; the traffic before them is drawn. Every second all of
them decide, on one thread; times are the processor's. NumPy does the searches of some of the junctions, vectorised over all
schedules that are extended in a second, and must find the same costs, or there is no report.

The last line on standard output is one JSON object. `--report FILE` also writes a page.
"""

import argparse
import datetime
import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
import numpy as np  # noqa: E402

import adaptive_numpy  # noqa: E402
import streets  # noqa: E402
from streets import GREENBAND, NETWORKS, built, run, say, table  # noqa: E402

PROGRAM = "DecisionBenchmark"
GREATEST_DIFFERENCE = 1e-3


def networks(names, folder):
    """Our documents of the networks."""
    files = []
    for name in names:
        file = folder / f"{name}.json"
        street = streets.street(name, folder)
        run(GREENBAND, "import", "sumo", street.net, "--vehicle-types", street.routes, "-o", file)
        files.append(file)
    return files


def numpy_seconds(problems):
    """Processor time of NumPy for each search, s; ends where a cost differs."""
    times = []
    for problem in problems:
        begun = time.process_time()
        best = adaptive_numpy.Search(problem).run()
        times.append(time.process_time() - begun)
        ours = np.array(problem["costs"], np.float32)
        best = np.minimum(best, adaptive_numpy.NEVER)
        difference = np.max(np.abs(best - ours) / np.maximum(1, np.abs(ours)))
        if difference > GREATEST_DIFFERENCE:
            sys.exit(f"NumPy finds other costs: {best.tolist()} instead of {ours.tolist()}")
    return times


def measure(arguments, files, folder):
    dump = folder / "problems.json"
    result = json.loads(run(
        built(PROGRAM), *files, "--junctions", arguments.junctions, "--seconds", arguments.seconds,
        "--vehicles", arguments.vehicles, "--problems", dump, "--problem-count", arguments.searches))
    times = result["processorSeconds"]
    ours = statistics.median(times)
    peer = statistics.mean(numpy_seconds(json.loads(dump.read_text()))) * arguments.junctions
    say(f"{arguments.junctions} junctions decide in {ours:.3f} s, longest {max(times):.3f} s; NumPy takes {peer:.1f} s")
    return {
        "junctions": arguments.junctions, "median_s": ours, "longest_s": max(times), "numpy_s": peer,
        "ratio": peer / ours, "mean_stages": result["meanStages"], "mean_lanes": result["meanLanes"],
        "stage_changes": result["changes"],
    }


def report(result, arguments, date):
    return f"""# Decisions of the adaptive control

Made by `{streets.command("decisions")}` on {date}, {streets.machine()}, one thread, processor time.
{result['junctions']} junctions, those of {arguments.networks} in turn (on the average {result['mean_stages']:.1f} stages and
{result['mean_lanes']:.1f} lanes), {arguments.vehicles:g} vehicles a lane on the average, drawn anew for each of
{arguments.seconds} seconds; horizon and all else as in `AdaptiveSettings`. NumPy does the same search (`adaptive_numpy.py`),
vectorised over the schedules that are extended in a second, with the same costs; measured on {arguments.searches} junctions.

""" + table(
        ["all junctions decide, median s", "longest s", "NumPy s", "NumPy / ours"],
        [[f"{result['median_s']:.3f}", f"{result['longest_s']:.3f}", f"{result['numpy_s']:.1f}", f"{result['ratio']:.0f}"]]
    ) + "\n"


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench decisions", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--junctions", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--vehicles", type=float, default=4.0, help="mean number on a lane")
    parser.add_argument("--searches", type=int, default=50, help="searches that NumPy does")
    parser.add_argument("--report", help="file for the page")
    arguments = parser.parse_args()
    names = streets.chosen(parser, arguments.networks)
    with tempfile.TemporaryDirectory(prefix="greenband-") as place:
        folder = pathlib.Path(place)
        result = measure(arguments, networks(names, folder), folder)
    if arguments.report:
        pathlib.Path(arguments.report).write_text(report(result, arguments, datetime.date.today().isoformat()))
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
