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


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"demo: {pathlib.Path(str(command[0])).name} failed:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


def say(text):
    print(f"• {text}", file=sys.stderr)


def build_street(folder):
    """The network for SUMO, from our own network document."""
    run(GREENBAND, "export", "sumo-network", NETWORK, "--folder", folder, "--name", "hangzhou")
    subprocess.run(
        [sumo_delay.program("netconvert"), "-c", "hangzhou.netccfg"], cwd=folder, check=True, capture_output=True)
    return folder / "hangzhou.net.xml"


def compare(net, folder, program, seeds):
    """Mean total delay of both plans for every seed: the same vehicles and drivers for both."""
    rows = []
    for seed in seeds:
        routes = folder / f"demand-{seed}.rou.xml"
        run(GREENBAND, "export", "sumo-routes", NETWORK, "--counts", COUNTS, "--seed", seed, "-o", routes)
        pair = [
            sumo_delay.seeds(str(net), str(routes), BEGIN, END, [seed], additional)[0]
            for additional in ((), (str(program),))
        ]
        rows.append((pair[0]["total_delay"], pair[1]["total_delay"]))
        say(f"seed {seed}: {rows[-1][0]:.1f} s before, {rows[-1][1]:.1f} s after")
    return rows


def main():
    parser = argparse.ArgumentParser(prog="Tools/demo", description=__doc__)
    parser.add_argument("--seeds", type=int, default=4, help="number of paired runs")
    parser.add_argument("--stages", choices=("own", "free"), default="own")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenband-demo-") as name:
        folder = pathlib.Path(name)
        say("Hangzhou, Gudang district: 16 junctions, one measured hour; estimating flows and optimising")
        plan, program = folder / "plan.json", folder / "plan.add.xml"
        figures = json.loads(run(
            GREENBAND, "optimize", NETWORK, "--counts", COUNTS, "--stages", arguments.stages, "-o", plan, "--json"))
        run(GREENBAND, "check", NETWORK, plan)
        run(GREENBAND, "export", "sumo-program", NETWORK, plan, "-o", program)
        say(f"the plan keeps every rule; running both in SUMO, {arguments.seeds} paired seeds")
        rows = compare(build_street(folder), folder, program, range(1, arguments.seeds + 1))
        notices = {}
        for notice in json.loads(plan.read_text())["notices"]:
            notices[notice["kind"]] = notices.get(notice["kind"], 0) + 1
    before, before_half = sumo_delay.interval([row[0] for row in rows])
    after, after_half = sumo_delay.interval([row[1] for row in rows])
    change, change_half = sumo_delay.interval([row[1] - row[0] for row in rows])
    cycles = sorted(set(figures["cycles"].values()))
    print(f"""
Total delay per vehicle in SUMO 1.28.0, s, with the 95 % interval over {len(rows)} paired seeds
(time loss + departure delay, over every vehicle scheduled in the hour, unfinished ones included)

  present programs   {before:7.1f} ± {before_half:.1f}
  greenband          {after:7.1f} ± {after_half:.1f}
  difference         {change:7.1f} ± {change_half:.1f}   {'shown' if abs(change) > change_half else 'no difference shown'}

Stages: {arguments.stages}. Cycle: {', '.join(f'{cycle:g} s' for cycle in cycles)}. Model: {figures.get('presentDelay') or float('nan'):.1f} s before, {figures['delay']:.1f} s after, signals alone.
Notices for the engineer: {', '.join(f'{kind} {count}' for kind, count in sorted(notices.items())) or 'none'}.""")
    return 0


if __name__ == "__main__":
    sys.exit(main())
