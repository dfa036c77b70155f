#!/usr/bin/env python3
"""What the adaptive control is worth in SUMO, beside controllers and the best fixed plan, with three kinds of detectors.

For each network a fixed plan with free stages is made from what detectors count in one run (seed 0; for our own networks
from the counts that belong to them, and every seed has another day's vehicles); the same counts tell the control how many
vehicles turn where. Then `greenband compare` runs everything over the same seeds.

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables; with `--keep FOLDER` runs
that are done are not repeated.
"""

import json
import statistics
import sys

import streets
from streets import GREENBAND, ROOT, run, say, table

OURS = {"adaptive-loops": "loops", "adaptive": "lane areas", "adaptive-perfect": "perfect"}
# These have 3 s between all greens, whatever the junction needs.
HASTY = ("max-pressure", "max-pressure-1s", "max-wave")
# These keep the intergreens of the network's own programs, as ours does.
LAWFUL = ("actuated", "delay-based", "max-pressure-own", "max-pressure-1s-own", "max-wave-own")
CONTROLLERS = (*HASTY, *LAWFUL)
FAULTY = {"adaptive-faulty": "a fifth dead", "adaptive-blind": "all dead"}
PEERS = (*CONTROLLERS, "fixed")
PUBLISHED = ROOT.parent / "shared" / "cases" / "resco_delay.json"


def compare(street, contestants, seeds):
    """Runs `greenband compare` in SUMO; returns its values by contestant and measure."""
    plan = street.folder / "free"
    if not (plan / "plan.json").exists():
        street.plan("free")
    vehicles = ["--routes", street.routes] if street.has_vehicles else ["--demand", "counted"]
    done = json.loads(run(
        GREENBAND, "compare", plan / "network.json", *contestants, "--flows", plan / "flows.json", "--simulator", "sumo",
        "--net", street.net, *vehicles, "--begin", street.begin, "--end", street.end, "--seeds", seeds,
        "--folder", street.folder / "runs", "--json"))
    return {outcome["label"]: outcome["values"] for outcome in done["levels"][0]["outcomes"]}


def measure(street, seeds):
    values = compare(street, [*CONTROLLERS, f"fixed={street.folder / 'free' / 'plan.json'}", *OURS, *FAULTY], seeds)
    result = {label: {
        name: {"mean": statistics.mean(value["bySeed"]), "greatest": max(value["bySeed"]), "interval": value["interval"]}
        for name, value in measures.items() if name in ("delay", "delay95", "greatestDelay", "unserved")
    } for label, measures in values.items()}
    by_delay = lambda label: result[label]["delay"]["mean"]  # noqa: E731
    for label in (*PEERS, *OURS, *FAULTY):
        say(f"{street.name}, {label}: {interval(result[label]['delay']['interval'])} s")
    return {
        "figures": result, "best_peer": min((*LAWFUL, "fixed"), key=by_delay), "best_of_all": min(PEERS, key=by_delay)}


def interval(value):
    """A mean with its interval, as people write it."""
    if value.get("low") is None:
        return f"{value['mean']:.1f}"
    below, above = value["mean"] - value["low"], value["high"] - value["mean"]
    if value["method"] == "t":
        return f"{value['mean']:.1f} ± {above:.1f}"
    return f"{value['mean']:.1f} (−{below:.1f} +{above:.1f})"


def saved(result, label, of="best_peer"):
    """Share of the delay of the best peer that ours saves."""
    return 1 - result["figures"][label]["delay"]["mean"] / result["figures"][result[of]]["delay"]["mean"]


def summary(results):
    line = {}
    for label in OURS:
        shares = [saved(result, label) for result in results.values()]
        of_all = [saved(result, label, "best_of_all") for result in results.values()]
        line[label] = {
            "mean_saved_of_best_peer": statistics.mean(shares), "least_saved_of_best_peer": min(shares),
            "mean_saved_of_best_of_all": statistics.mean(of_all), "least_saved_of_best_of_all": min(of_all)}
    ratios = [result["figures"]["adaptive-loops"]["delay"]["mean"] / result["figures"]["adaptive"]["delay"]["mean"]
              for result in results.values()]
    line["loops_over_lane_areas"] = {"mean": statistics.mean(ratios), "greatest": max(ratios)}
    line["a_fifth_dead_over_none"] = statistics.mean(
        result["figures"]["adaptive-faulty"]["delay"]["mean"] / result["figures"]["adaptive"]["delay"]["mean"]
        for result in results.values())
    return line


def published():
    """Figures of the RESCO benchmark by controller and network, s."""
    if not PUBLISHED.exists():
        return {}
    return json.loads(PUBLISHED.read_text())["published"]


def about_package(results):
    """Which networks of a page come from the package, and what was chosen on them; nothing where there are none."""
    names = [name for name in results if name in streets.PACKAGED]
    if not names:
        return ""
    return f"""Of the package {streets.PACKAGE} on PyPI: {", ".join(names)}.
Most parameters were chosen without them. But `queueSpeed` and `leastExitWeight` come from the need of them in runs of ingolstadt21
and arterial4x4, that derived stages serve no shared lane in part from arterial4x4, how many may stand between two loops from
2way and Nguyen, and `lightWork` and `startDelay` from 2way: it is no witness for these.

"""


def counted(results):
    """Which networks of a page have vehicles that are drawn anew for every seed, as a paragraph."""
    names = [name for name in results if name in streets.OWN_NETWORKS]
    if not names:
        return ""
    return f"""Where every seed has the vehicles of another day, drawn from counts: {", ".join(names)}.

"""


def report(results, seeds, date):
    lines = [f"""# Adaptive control in SUMO

Made by `{streets.command("adaptive")}` on {date}: SUMO 1.28.0, the same seeds, 1 to {seeds}, for all.

Total delay, s per scheduled vehicle: time loss + departure delay of a vehicle that entered, arrived or not, and the time from
scheduled departure to the end of the hour of one that never did. No teleporting. One set of parameters, `AdaptiveSettings`,
for all networks. `fixed` is `greenband optimize --stages free`, from counts of a run with seed 0; ours takes the shares of
turns from the same counts.

{about_package(results)}{counted(results)}Ours keeps the intergreens of the networks' own programs (5 s in cologne1; 3 s of yellow and 2 s of red in hangzhou, whose
programs have no yellow; what our own networks state; 3 s elsewhere), as do `fixed`, `actuated` and `delay-based`, the latter
without yellow in hangzhou, and the peers whose name ends in `-own`. `max-pressure`, `max-pressure-1s` and `max-wave` are as
RESCO has them: 3 s everywhere and no red beside. "Best peer" is the best of those that keep the intergreens; "of all" counts the others too, which have an advantage
in cologne1, in hangzhou and where people cross.

Lane areas lie on the last 200 m before each stop line, over unsignalised nodes too, and tell zones of up to 20 m apart: in each
the number of vehicles, of standing ones, and their mean speed. Loops lie 3, 25, 60 and 150 m before the stop line, or 10 m from
the start of shorter lanes and of the lanes before those. Whatever the detectors before the stop line, a lane area on each way
over the junction tells how many are there and how fast: while vehicles stand or creep inside whose green is over, nobody starts
across them, for at most 10 s. The areas on the ways also tell who turns where, and, where lanes have areas, who leaves a lane
whose own area is dead. A dead detector is a whole area with all its zones; of the areas on the ways the same share is
dead. Junctions with lane areas tell each other every second how many vehicles have left them towards whom.
"""]
    peers = [[name, *(interval(result["figures"][label]["delay"]["interval"]) for label in PEERS)]
             for name, result in results.items()]
    lines.append("## Peers\n\n" + table(["network", *PEERS], peers) + "\n")
    for label, title in OURS.items():
        rows = []
        for name, result in results.items():
            figures = result["figures"]
            own, best, of_all, pressure = figures[label], result["best_peer"], result["best_of_all"], figures["max-pressure"]
            rows.append([
                name, interval(own["delay"]["interval"]),
                f"{figures[best]['delay']['mean']:.1f} ({best})", f"{100 * saved(result, label):.0f} %",
                f"{figures[of_all]['delay']['mean']:.1f} ({of_all})",
                f"{100 * saved(result, label, 'best_of_all'):.0f} %",
                f"{own['delay95']['mean']:.0f} / {pressure['delay95']['mean']:.0f}",
                f"{own['greatestDelay']['greatest']:.0f} / {pressure['greatestDelay']['greatest']:.0f}"])
        lines.append(f"## Ours, {title}\n\n" + table(
            ["network", "delay", "best peer", "saved", "best of all", "saved", "95th percentile, ours / max-pressure",
             "worst vehicle of all seeds, ours / max-pressure"], rows) + "\n")
    rows = [[name, *(interval(result["figures"][label]["delay"]["interval"]) for label in ("adaptive", *FAULTY, "actuated"))]
            for name, result in results.items()]
    lines.append("## Dead detectors\n\nLane areas of which none, a fifth or all say nothing; the fallback is the network's own "
                 "plan.\n\n" + table(["network", "none", *FAULTY.values(), "SUMO's actuated, for context"], rows) + "\n")
    known = published()
    rows = [[name, *(str(known[key].get(name, "–")) for key in known)] for name in results]
    if known:
        lines.append("## Published figures\n\nOf the RESCO benchmark (Ault and Sharon 2021), made with SUMO 1.9 and its own way "
                     "of counting; for context.\n\n" + table(["network", *known], rows) + "\n")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(streets.main(
        "adaptive", __doc__, measure, summary, report,
        known=(*streets.NETWORKS, *streets.PACKAGED, *streets.OWN_NETWORKS)))
