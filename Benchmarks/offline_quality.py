#!/usr/bin/env python3
"""What greenband's plans are worth in SUMO, beside the network's own programs and SUMO's signal tools.

For each network: `Tools/sumo-plan` makes a plan with free and one with own stages from what detectors count in one run
(seed 0); SUMO's tools make theirs from the traffic itself. All are run with seeds 1 to 5, on the traffic as given and
on traffic drawn anew; then one optimisation and one run of SUMO are timed in turn.

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables.
"""

import argparse
import concurrent.futures
import datetime
import json
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tools"))
import sumo_delay  # noqa: E402
import sumo_peers  # noqa: E402

GREENBAND = ROOT / ".build" / "release" / "greenband"
DATA = ROOT.parent / "shared" / "data" / "sumo"
# Analysis period of each network, s; and the yellow that its own programs use, s (the tool's own where they have none).
NETWORKS = {
    "cologne1": (25200, 28800, 5), "cologne8": (25200, 28800, 3), "ingolstadt1": (57600, 61200, 3),
    "ingolstadt7": (57600, 61200, 3), "grid4x4": (0, 3600, 3), "hangzhou": (0, 3600, 4),
}
OURS = ("free", "own")
SEEDS = [1, 2, 3, 4, 5]
DRAWS = [101, 102, 103, 104, 105]
TIMED_PAIRS = 5


class Street:
    """One network with its traffic and a folder for what is made of them."""

    def __init__(self, name, folder):
        self.name = name
        self.net = DATA / name / f"{name}.net.xml"
        self.routes = DATA / name / f"{name}.rou.xml"
        self.begin, self.end, self.yellow = NETWORKS[name]
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=True)

    def delays(self, plan, routes=None, seeds=None):
        """Mean total delay of each seed under a plan (additional files; none for the own programs)."""
        results = sumo_delay.seeds(
            str(self.net), str(routes or self.routes), self.begin, self.end, seeds or SEEDS,
            [str(file) for file in plan])
        return [result["total_delay"] for result in results]

    def plan(self, stages):
        """Makes our plan; returns its additional file and the figures."""
        out = self.folder / stages
        done = subprocess.run([
            str(ROOT / "Tools" / "sumo-plan"), "--net", self.net, "--routes", self.routes, "--begin", str(self.begin),
            "--end", str(self.end), "--seed", "0", "--stages", stages, "--out", out,
        ], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"offline-quality: sumo-plan failed on {self.name}:\n{done.stderr}")
        return [out / "plan.add.xml"], json.loads(done.stdout.splitlines()[-1])


def say(text):
    print(f"• {text}", file=sys.stderr, flush=True)


def quality(street):
    """Delays of all plans over the seeds; and the files of ours."""
    plans = {"own program": []}
    plans.update(sumo_peers.fixed_time(
        street.net, street.routes, street.begin, street.end, street.yellow, street.folder))
    figures = {}
    for stages in OURS:
        plans[stages], figures[stages] = street.plan(stages)
    delays = {}
    for name, plan in plans.items():
        delays[name] = street.delays(plan)
        mean, half = sumo_delay.interval(delays[name])
        say(f"{street.name}, {name}: {mean:.1f} ± {half:.1f} s")
    return plans, delays, figures


def resampled(street, plans):
    """Delays of the own program and our plans on traffic drawn anew, one seed for each draw."""
    def one(draw):
        routes = street.folder / f"draw-{draw}.rou.xml"
        sumo_delay.resample(str(street.routes), street.begin, street.end, draw, str(routes))
        return {name: street.delays(plans[name], routes, [draw])[0] for name in ("own program", *OURS)}

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(one, DRAWS))
    return {name: [row[name] for row in rows] for name in rows[0]}


def cost(street, stages):
    """Wall time of optimising over that of one SUMO run of the same period, in turn."""
    folder = street.folder / stages
    ratios = []
    for _ in range(TIMED_PAIRS):
        begun = time.monotonic()
        subprocess.run([
            GREENBAND, "optimize", folder / "network.json", "--flows", folder / "flows.json", "--stages", stages],
            check=True, capture_output=True)
        middle = time.monotonic()
        subprocess.run([
            sumo_delay.program(), "-n", street.net, "-r", street.routes, "-b", str(street.begin), "-e",
            str(street.end), "--time-to-teleport", "-1", "--no-step-log", "--no-warnings"],
            check=True, capture_output=True)
        ratios.append((middle - begun) / (time.monotonic() - middle))
    return ratios


def measure(street, timed):
    plans, delays, figures = quality(street)
    drawn = resampled(street, plans)
    peers = {name: statistics.mean(values) for name, values in delays.items() if name not in OURS}
    best = min(peers, key=peers.get)
    result = {
        "delay": {name: sumo_delay.interval(values) for name, values in delays.items()}, "by_seed": delays,
        "best_peer": best, "drawn_anew": drawn, "model": {stages: figures[stages]["model"] for stages in OURS},
        "notices": {stages: figures[stages]["notices"] for stages in OURS},
    }
    for stages in OURS:
        ours = statistics.mean(delays[stages])
        gain = peers["own program"] - ours
        gain_drawn = statistics.mean(a - b for a, b in zip(drawn["own program"], drawn[stages]))
        result[stages] = {
            "ratio_to_best_peer": ours / peers[best], "below_every_peer": ours < peers[best],
            "gain_kept_when_drawn_anew": gain_drawn / gain,
            "delay_saved": gain / peers["own program"],
            "delay_saved_when_drawn_anew": gain_drawn / statistics.mean(drawn["own program"]),
        }
        if timed:
            ratios = cost(street, stages)
            result[stages]["time_over_one_sumo_run"] = {
                "median": statistics.median(ratios), "least": min(ratios), "greatest": max(ratios)}
    return result


def summary(results):
    line = {}
    for stages in OURS:
        rows = [result[stages] for result in results.values()]
        line[stages] = {
            "mean_ratio_to_best_peer": statistics.mean(row["ratio_to_best_peer"] for row in rows),
            "below_every_peer_on": sum(row["below_every_peer"] for row in rows),
            "least_gain_kept_when_drawn_anew": min(row["gain_kept_when_drawn_anew"] for row in rows),
        }
        if all("time_over_one_sumo_run" in row for row in rows):
            line[stages]["greatest_median_time_over_one_sumo_run"] = max(
                row["time_over_one_sumo_run"]["median"] for row in rows)
    return line


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def report(results, date):
    names = list(next(iter(results.values()))["delay"])
    delays = [
        [network] + [f"{mean:.1f} ± {half:.1f}" if name in result["delay"] else "–"
                     for name in names for mean, half in [result["delay"].get(name, (0, 0))]]
        for network, result in results.items()]
    verdicts = []
    for network, result in results.items():
        for stages in OURS:
            row = result[stages]
            timed = row.get("time_over_one_sumo_run")
            verdicts.append([
                network, stages, f"{row['ratio_to_best_peer']:.3f}", result["best_peer"],
                f"{100 * row['delay_saved']:.0f} %", f"{100 * row['delay_saved_when_drawn_anew']:.0f} %",
                f"{100 * row['gain_kept_when_drawn_anew']:.0f} %",
                f"{timed['median']:.2f} ({timed['least']:.2f}–{timed['greatest']:.2f})" if timed else "–",
                ", ".join(f"{kind} {count}" for kind, count in sorted(result["notices"][stages].items())) or "none"])
    whole = summary(results)
    lines = [f"- {stages} stages: {whole[stages]['mean_ratio_to_best_peer']:.3f} of the best peer on the average."
             for stages in OURS]
    return f"""# Plans in SUMO, beside free tools

Made by `Benchmarks/offline-quality --report Benchmarks/OFFLINE.md` on {date}: SUMO 1.28.0, {platform.machine()},
Python {platform.python_version()}, two cores.

## Mean total delay, s per scheduled vehicle

With the 95 % interval over seeds 1 to 5. Total delay is time loss + departure delay of a vehicle that entered, arrived
or not, and the time from scheduled departure to the end of the period of one that never did. No teleporting. Ours are
made from detector counts of one run with seed 0; the tools' see the traffic itself.

{table(["network", *names], delays)}

`tlsCycleAdaptation` and `tlsCoordinator` are SUMO's own tools; coordinated plans have one cycle for all junctions.

## Ours against the best of them

Saved: the part of the own program's delay that the plan saves, on the traffic as given and on traffic drawn anew from
five-minute counts, five draws. Gain kept: the seconds saved on the latter over those on the former; traffic drawn anew
comes more evenly, so that there is less to save in all. Time: wall time of optimising over that of one SUMO run, in
turn, median (least–greatest) of {TIMED_PAIRS} pairs.

{table(["network", "stages", "ratio", "best peer", "saved", "saved, drawn anew", "gain kept", "time", "notices in the plan"], verdicts)}

{chr(10).join(lines)}
"""


def chosen(parser, text):
    """The networks that a command line names, all of them there."""
    names = text.split(",")
    for name in names:
        if name not in NETWORKS:
            parser.error(f"--networks: {name} is not one of {', '.join(NETWORKS)}")
        if not (DATA / name).is_dir():
            sys.exit(f"{parser.prog}: {DATA / name} is not there")
    return names


def main():
    parser = argparse.ArgumentParser(
        prog="Benchmarks/offline-quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--no-times", action="store_true", help="leave out the timing")
    parser.add_argument("--keep", help="folder in which the plans stay")
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    names = chosen(parser, arguments.networks)
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        place = pathlib.Path(arguments.keep or folder)
        results = {name: measure(Street(name, place), not arguments.no_times) for name in names}
    if arguments.report:
        pathlib.Path(arguments.report).write_text(report(results, datetime.date.today().isoformat()))
    print(json.dumps({"summary": summary(results), "networks": results}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
