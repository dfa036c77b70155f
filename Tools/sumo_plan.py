#!/usr/bin/env python3
"""From a SUMO network and its traffic to a checked plan, by way of detector counts.

Runs SUMO once with the network's own programs and greenband's detectors, estimates flows from what the detectors
counted, optimises, checks, and leaves network.json, counts.csv, flows.json, plan.json and plan.add.xml in a folder.
The last line on standard output is one JSON object with the figures.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import sumo_delay

GREENBAND = sumo_delay.HERE.parent / ".build" / "release" / "greenband"
KEPT = ("network.json", "counts.csv", "flows.json", "plan.json", "plan.add.xml")


class StepFailed(Exception):
    """A program that a step runs has failed; the message says which and why."""


def step(timings, name, command):
    """Runs one program, keeps its time, returns what it printed."""
    print(f"• {name}", file=sys.stderr)
    begun = time.monotonic()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=sumo_delay.ENVIRONMENT)
    timings[name] = round(time.monotonic() - begun, 3)
    if done.returncode != 0:
        raise StepFailed(f"{name} failed (exit code {done.returncode}):\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def make_plan(arguments, folder):
    """Makes all files in a folder; returns the figures."""
    timings = {}
    network, counts, flows = folder / "network.json", folder / "counts.csv", folder / "flows.json"
    plan, program, loops = folder / "plan.json", folder / "plan.add.xml", folder / "e1.xml"
    window = ["--begin", arguments.begin, "--end", arguments.end]
    losses = json.loads(step(timings, "reading the network", [
        GREENBAND, "import", "sumo", arguments.net, "--vehicle-types", arguments.routes, "-o", network, "--json"]))
    step(timings, "placing detectors", [
        GREENBAND, "export", "sumo-detectors", network, "--counts-file", loops, "-o", folder / "detectors.add.xml"])
    step(timings, "running SUMO with the present programs", [
        sumo_delay.program(), "-n", arguments.net, "-r", arguments.routes, "-a", folder / "detectors.add.xml",
        "-b", arguments.begin, "-e", arguments.end, "--seed", arguments.seed, "--step-length", "1",
        "--time-to-teleport", "-1", "--no-step-log", "--no-warnings"])
    step(timings, "reading the counts", [GREENBAND, "import", "e1", loops, "-o", counts])
    remarks = json.loads(step(timings, "estimating flows", [
        GREENBAND, "flows", network, "--counts", counts, *window, "-o", flows, "--json"]))
    figures = json.loads(step(timings, "optimising", [
        GREENBAND, "optimize", network, "--flows", flows, "--stages", arguments.stages, "--seed", arguments.seed,
        "-o", plan, "--json"]))
    step(timings, "checking the plan", [GREENBAND, "check", network, plan])
    step(timings, "writing SUMO's program", [GREENBAND, "export", "sumo-program", network, plan, "-o", program])
    # The whole network's figures; those of each movement stay in the report.
    figures = {key: figures.get(key) for key in ("vehicles", "presentDelay", "delay", "cycles", "isCoordinated")}
    notices = {}
    for notice in json.loads(plan.read_text())["notices"]:
        notices[notice["kind"]] = notices.get(notice["kind"], 0) + 1
    return {
        "stages": arguments.stages, "seed": arguments.seed, "model": figures, "notices": notices,
        "not_carried_over": losses["entries"], "faulty_detectors": remarks["detectors"]["leftOut"],
        "unseen_demand": remarks["detectors"]["unseen"], "seconds": timings,
    }


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/sumo-plan", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True, help="SUMO network, .net.xml or .net.xml.gz")
    parser.add_argument("--routes", required=True, help="the traffic, .rou.xml")
    parser.add_argument("--begin", type=float, required=True, help="start of the analysis period, s")
    parser.add_argument("--end", type=float, required=True, help="end of the analysis period, s")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stages", choices=("free", "own"), default="free")
    parser.add_argument("--out", required=True, help="folder for the results")
    arguments = parser.parse_args()
    for path in (arguments.net, arguments.routes):
        if not pathlib.Path(path).is_file():
            parser.error(f"{path}: no such file")
    if not arguments.end > arguments.begin:
        parser.error("--end: expected a time after --begin")
    out = pathlib.Path(arguments.out)
    with tempfile.TemporaryDirectory(prefix="greenband-") as name:
        folder = pathlib.Path(name)
        try:
            figures = make_plan(arguments, folder)
            out.mkdir(parents=True, exist_ok=True)
            for kept in KEPT:
                # Beside its place first, so that it appears whole or not at all.
                shutil.copyfile(folder / kept, out / f".{kept}.part")
                (out / f".{kept}.part").replace(out / kept)
        except (StepFailed, OSError) as error:
            print(f"sumo-plan: {error}", file=sys.stderr)
            return 1
    figures["files"] = {kept: str(out / kept) for kept in KEPT}
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
