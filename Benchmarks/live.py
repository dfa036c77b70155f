#!/usr/bin/env python3
"""What live control is worth in SUMO when demand doubles and halves within the hour.

The vehicles of each network are drawn anew so that 0.6 of them come in the first twenty minutes, twice as many in the
second, and as few again in the third. Controllers with real sockets run in `greenband street`: from the centre, second by
second (`adaptive`); by themselves, second by second (`local`); or under plans that follow the counts (`following`). Beside them
are the present programs, SUMO's actuated control, and fixed plans that were made for the very demand of this hour (with the
programs' own stages, and with free ones), which no city knows beforehand. All run with the same seeds.

The last line on standard output is one JSON object. `--report FILE` also writes a page; with `--keep FOLDER` runs that are done
are not repeated.
"""

import json
import statistics
import sys

import streets
from streets import GREENBAND, run, say, table

import street_demand

PEERS = ("present", "actuated", "fixed-own", "fixed-free")
OURS = ("following", "adaptive", "local")
SHARES = (0.6, 1.2, 0.6)


def vary(street):
    """Draws the vehicles of the hour anew; the street then has those."""
    third = (street.end - street.begin) / len(SHARES)

    def factor(departure):
        return SHARES[min(len(SHARES) - 1, max(0, int((departure - street.begin) / third)))]

    routes = street.folder / "varied.rou.xml"
    if not routes.exists():
        street_demand.redraw(street.routes, routes, factor, 1)
    street.routes = routes


def peers(street, seeds):
    """Delay by seed of each peer."""
    for stages in ("own", "free"):
        if not (street.folder / stages / "plan.json").exists():
            street.plan(stages)
    done = json.loads(run(
        GREENBAND, "compare", street.folder / "free" / "network.json", "present", "actuated",
        *(f"fixed-{stages}={street.folder / stages / 'plan.json'}" for stages in ("own", "free")),
        "--flows", street.folder / "free" / "flows.json", "--simulator", "sumo", "--net", street.net,
        "--routes", street.routes, "--begin", street.begin, "--end", street.end, "--seeds", seeds,
        "--folder", street.folder / "runs", "--json"))
    return {outcome["label"]: outcome["values"]["delay"]["bySeed"] for outcome in done["levels"][0]["outcomes"]}


def ours(street, control, seeds):
    """What each seed came to under a control of ours; what an older program made is made again."""
    built = GREENBAND.stat().st_mtime
    results = []
    for seed in range(1, seeds + 1):
        kept = street.folder / f"{control}.{seed}.json"
        if not kept.exists() or kept.stat().st_mtime < built:
            line = run(
                GREENBAND, "street", "--net", street.net, "--routes", street.routes, "--begin", street.begin, "--end",
                street.end, "--control", control, "--seed", seed, "--json").splitlines()[-1]
            kept.write_text(line)
        results.append(json.loads(kept.read_text()))
    return results


def interval(values):
    """Mean and half of the 95 % interval (Student's t)."""
    from scipy import stats

    mean = statistics.mean(values)
    if len(values) < 2:
        return mean, None
    return mean, stats.t.ppf(0.975, len(values) - 1) * statistics.stdev(values) / len(values) ** 0.5


def shown(values):
    mean, half = interval(values)
    return f"{mean:.1f}" if half is None else f"{mean:.1f} ± {half:.1f}"


def measure(street, seeds):
    vary(street)
    delays = peers(street, seeds)
    refused = {}
    for control in OURS:
        done = ours(street, control, seeds)
        delays[control] = [result["total_delay"] for result in done]
        refused[control] = sum(result.get("leases_refused", 0) for result in done)
    for label in (*PEERS, *OURS):
        say(f"{street.name}, {label}: {shown(delays[label])} s")
    differences = {
        f"{control}-{peer}": dict(zip(("mean", "half"), interval(
            [own - other for own, other in zip(delays[control], delays[peer])])))
        for control in OURS for peer in PEERS}
    return {"delays": delays, "refused": refused, "differences": differences}


def summary(results):
    def ratios(control, names):
        return [statistics.mean(result["delays"][control])
                / min(statistics.mean(result["delays"][name]) for name in names) for result in results.values()]

    line = {}
    for control in OURS:
        fixed, actuated = ratios(control, ("fixed-own", "fixed-free")), ratios(control, ("actuated",))
        line[control] = {
            "over_best_fixed": {"mean": statistics.mean(fixed), "greatest": max(fixed)},
            "over_actuated": {"mean": statistics.mean(actuated), "greatest": max(actuated)}}
    return line


def report(results, seeds, date):
    rows = [[name, *(shown(result["delays"][label]) for label in (*PEERS, *OURS))] for name, result in results.items()]
    paired = [[name, control, *(
        f"{one['mean']:+.1f}" + ("" if one["half"] is None else f" ± {one['half']:.1f}")
        for one in (result["differences"][f"{control}-{peer}"] for peer in PEERS))]
        for name, result in results.items() for control in OURS]
    return f"""# Live control when demand doubles and halves

Made by `{streets.command("live")}` on {date}: SUMO 1.28.0, {streets.machine()}, seeds 1 to {seeds}.

Total delay, s per scheduled vehicle, mean and 95 % interval. Demand is 0.6, 1.2 and 0.6 of the networks' own in thirds of the
hour. `fixed-own` and `fixed-free` are `greenband optimize` for this very hour, from counts of a run with seed 0. `following`,
`adaptive` and `local` are controls of `greenband street`, with the intergreens of the networks' own programs, and the
detectors that `greenband detectors` places: loops before the signals, and areas that see who stands inside the junctions.

{table(["network", *PEERS, *OURS], rows)}

Paired differences, ours less the other, s per vehicle; below 0 is better, and what spans 0 shows nothing.

{table(["network", "ours", *PEERS], paired)}
"""


if __name__ == "__main__":
    sys.exit(streets.main("live", __doc__, measure, summary, report))
