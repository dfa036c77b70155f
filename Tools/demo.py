#!/usr/bin/env python3
"""Optimises Networks/hangzhou from its detector counts and compares present programs and new plan in SUMO."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import sumo_delay

ROOT = sumo_delay.HERE.parent
GREENBAND = ROOT / ".build" / "release" / "greenband"
NETWORK = ROOT / "Networks" / "hangzhou" / "network.json"
COUNTS = ROOT / "Networks" / "hangzhou" / "counts.csv"
BEGIN, END = 0, 3600


def run(*command, cwd=None):
    # What goes to standard error is progress, for who watches.
    done = subprocess.run([str(part) for part in command], cwd=cwd, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"demo: {pathlib.Path(str(command[0])).name} failed")
    return done.stdout


def say(text):
    print(f"• {text}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(prog="Tools/demo", description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="number of paired runs")
    parser.add_argument("--stages", choices=("own", "free"), default="own")
    parser.add_argument("--folder", help="where the comparison stays, with its page (report.html)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenband-demo-") as name:
        folder = pathlib.Path(name)
        say("Hangzhou, Gudang district: 16 junctions, one measured hour; estimating flows and optimising")
        plan = folder / "plan.json"
        figures = json.loads(run(
            GREENBAND, "optimize", NETWORK, "--counts", COUNTS, "--stages", arguments.stages, "-o", plan, "--json"))
        run(GREENBAND, "check", NETWORK, plan)
        say(f"the plan keeps every rule; running both in SUMO, {arguments.seeds} paired seeds")
        run(GREENBAND, "export", "sumo-network", NETWORK, "--folder", folder, "--name", "street")
        run(sumo_delay.program("netconvert"), "-c", "street.netccfg", cwd=folder)
        compared = run(
            GREENBAND, "compare", NETWORK, "present", f"greenband={plan}", "--simulator", "sumo", "--net",
            folder / "street.net.xml", "--counts", COUNTS, "--begin", BEGIN, "--end", END, "--seeds", arguments.seeds,
            "--folder", arguments.folder or folder / "comparison")
        notices = {}
        for notice in json.loads(plan.read_text())["notices"]:
            notices[notice["kind"]] = notices.get(notice["kind"], 0) + 1
    cycles = sorted(set(figures["cycles"].values()))
    present = figures.get("presentDelay")
    print(f"""
{compared}
Stages: {arguments.stages}. Cycle: {', '.join(f'{cycle:g} s' for cycle in cycles)}. Model: {'-' if present is None else f'{present:.1f} s'} before, {figures['delay']:.1f} s after, signals alone.
Notices for the engineer: {', '.join(f'{kind} {count}' for kind, count in sorted(notices.items())) or 'none'}.""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
