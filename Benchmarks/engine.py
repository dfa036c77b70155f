#!/usr/bin/env python3
"""Everything that is claimed of the engine, one measurement after the other.

profiles  evaluation of cyclic flow profiles beside a matrix product and NumPy, and on two cores beside one
offsets   values and bounds of offset energies beside toulbar2 and OR-Tools at ten times the time
times     optimising each network beside one run of SUMO of the same period
scaling   growth of time and memory with junctions
ablation  what each part of the search is worth in SUMO

Ends with 1 where one of them does not end with 0. The last line on standard output is one JSON object with the ratios of each,
and the exit codes of those that failed. `--report` writes the pages of all of them.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from quality import cost
from streets import NETWORKS, ROOT, chosen, say, street

HERE = pathlib.Path(__file__).resolve().parent
PAGES = {"profiles": "PROFILES.md", "offsets": "OFFSETS.md", "scaling": "SCALING.md", "ablation": "ABLATION.md"}
PARTS = ("profiles", "offsets", "times", "scaling", "ablation")


def measured(part, with_page):
    """Runs a measurement that has a program of its own; its result, none where it has printed none, and its exit code."""
    page = ["--report", f"{HERE.name}/{PAGES[part]}"] if with_page else []
    done = subprocess.run([sys.executable, HERE / f"{part}.py", *page], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        return json.loads(done.stdout.splitlines()[-1]), done.returncode
    except (IndexError, ValueError):
        return None, done.returncode or 1


def times(names):
    """Wall time of optimising over that of one run of SUMO, by network and stages."""
    found = {}
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        for name in names:
            place = street(name, pathlib.Path(folder))
            found[name] = {}
            for stages in ("free", "own"):
                place.plan(stages)
                found[name][stages] = cost(place, stages)
                say(f"{name}, {stages}: {found[name][stages]['median']:.2f} of one run of SUMO")
    return found


def ratios(part, result):
    """What of a result is a claim of the engine."""
    if part == "profiles":
        return {name: {
            "over_matrix_product": row["share"], "over_numpy": row["over_numpy"], "two_cores_over_one": row["two"],
            "link_bins_per_second": row["rate"], "operations_per_link_bin": row["operations_per_link_bin"],
            "greatest_difference_to_double": row["accuracy"]} for name, row in result.items()}
    if part == "offsets":
        return {"worse_than_a_peer": result["worse_than_a_peer"], "towns": [
            {"junctions": row["junctions"], "cycle": row["cycle"], "gap": row["1"]["gap"]} for row in result["towns"]]}
    if part == "scaling":
        return {key: value for key, value in result.items() if key != "sizes"} | {
            "memory_bytes": {row["junctions"]: row["memory_bytes"] for row in result["sizes"]}}
    if part == "ablation":
        return result["means"]
    return result


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench engine", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS), help=f"which of them (default {','.join(PARTS)})")
    parser.add_argument("--networks", default=",".join(NETWORKS), help="networks of `times`")
    parser.add_argument("--report", action="store_true", help="write the pages beside this program")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    for part in parts:
        if part not in PARTS:
            parser.error(f"--parts: {part} is not one of {', '.join(PARTS)}")
    names = chosen(parser, arguments.networks)
    results, failed = {}, {}
    for part in parts:
        say(part)
        result, code = (times(names), 0) if part == "times" else measured(part, arguments.report)
        if code != 0:
            say(f"Tools/bench {part} ended with {code}")
            failed[part] = code
        if result is not None:
            results[part] = ratios(part, result)
    print(json.dumps({**results, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
