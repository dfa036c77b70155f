#!/usr/bin/env python3
"""What greenband's plans are worth in SUMO, beside all baselines, on all networks.

For each network a plan with free and one with own stages is made from what detectors count in one run (seed 0), and
`greenband compare` runs them with every baseline over the same seeds, on the traffic as given and on traffic drawn anew.
Where a fixed-time plan is not shown to have more delay than ours, all of them run again on further seeds. Then one
optimisation and one run of SUMO are timed in turn. What `Tools/bench oracle --keep` found goes into the table.

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables; with `--keep FOLDER` runs
that are done are not repeated.
"""

import argparse
import json
import pathlib
import platform
import statistics
import sys
import tempfile
import time

import streets
from streets import GREENBAND, NETWORKS, OWN_NETWORKS, PACKAGED, ROOT, run, say, table

import sumo_delay
from oracle import DEMANDS

OURS = ("free", "own")
# Free tools that come with SUMO, and the network's own programs.
TOOLS = ("present", "sumo-webster", "sumo-coordinated", "sumo-offsets")
FIXED = (*TOOLS, "webster", "equisat", "bandwidth")
CONTROLLERS = ("actuated", "delay-based", "max-pressure")
TIMED_PAIRS = 5
# Seeds, after those that all networks have, for a plan of ours that those do not show below every fixed-time plan.
FURTHER_SEEDS = 60
HOUR = 3600
ANEW = ("redrawn", "drawn")


def number_of_seeds(street, seeds):
    """`seeds` for a period of an hour or more; for a shorter one as many as make the same hours of traffic."""
    return seeds * max(1, HOUR // (street.end - street.begin))


def compare(street, plans, seeds, folder, demand, reference, first_seed=1):
    """Runs `greenband compare` in SUMO; returns its JSON."""
    flows = street.folder / "free" / "flows.json"
    return json.loads(run(
        GREENBAND, "compare", street.folder / "free" / "network.json", *plans, "--flows", flows, "--simulator", "sumo",
        "--net", street.net, "--routes", street.routes, "--begin", street.begin, "--end", street.end, "--seeds",
        number_of_seeds(street, seeds), "--first-seed", first_seed, "--demand", demand, "--reference", reference, "--folder",
        street.folder / folder, "--json"))


def outcomes(comparison, measure="delay"):
    return {outcome["label"]: outcome["values"][measure] for outcome in comparison["levels"][0]["outcomes"]}


def not_shown_below(comparison):
    """Fixed-time plans that are not shown to have more delay than the plan that they are compared with."""
    return [label for label, value in outcomes(comparison).items()
            if label in FIXED and value["difference"]["verdict"] != "higher"]


def look_again(street, plan, stages, seeds, demand, left):
    """One of our plans beside the fixed-time plans on seeds that have not been seen.

    `left` are those of them that were not shown to have more delay.
    """
    first = number_of_seeds(street, seeds) + 1
    comparison = compare(street, [*FIXED, plan], FURTHER_SEEDS, f"further-{stages}", demand, stages, first)
    values = outcomes(comparison)
    return {
        "first_seed": first, "seeds": number_of_seeds(street, FURTHER_SEEDS), "delay": values[stages]["interval"],
        "differences": {label: values[label]["difference"] for label in left},
        "not_shown_below": not_shown_below(comparison),
    }


def cost(street, stages):
    """Wall time of optimising over that of one SUMO run of the same period, in turn."""
    folder = street.folder / stages
    ratios = []
    for _ in range(TIMED_PAIRS):
        begun = time.monotonic()
        run(GREENBAND, "optimize", folder / "network.json", "--flows", folder / "flows.json", "--stages", stages)
        middle = time.monotonic()
        run(sumo_delay.program(), "-n", street.net, "-r", street.routes, "-b", street.begin, "-e", street.end,
            "--time-to-teleport", "-1", "--no-step-log", "--no-warnings")
        ratios.append((middle - begun) / (time.monotonic() - middle))
    return {"median": statistics.median(ratios), "least": min(ratios), "greatest": max(ratios)}


def measure(street, seeds, timed):
    notices = {stages: street.plan(stages)[1]["notices"] for stages in OURS}
    mine = [f"{stages}={street.folder / stages / 'plan.json'}" for stages in OURS]
    peers = [*FIXED, *CONTROLLERS]
    # Where the vehicles are drawn from counts, every seed is another day.
    usual = "given" if street.has_vehicles else "counted"
    given = {stages: compare(street, [*peers, *mine], seeds, "given", usual, stages) for stages in OURS}
    delays = {label: value["interval"] for label, value in outcomes(given["free"]).items()}
    anew = {demand: outcomes(compare(street, ["present", *mine], seeds, demand, demand, "present"))
            for demand in ANEW if street.has_vehicles}
    result = {"delay": delays}
    for stages in OURS:
        own = delays[stages]["mean"]
        gain = delays["present"]["mean"] - own
        best_tool = min(TOOLS, key=lambda label: delays[label]["mean"])
        best = min(FIXED, key=lambda label: delays[label]["mean"])
        result[stages] = {
            "best_tool": best_tool, "ratio_to_best_tool": own / delays[best_tool]["mean"],
            "best_fixed": best, "ratio_to_best_fixed": own / delays[best]["mean"],
            "not_shown_below": not_shown_below(given[stages]),
            "delay_saved": gain / delays["present"]["mean"],
            "notices": notices[stages],
        }
        means = {demand: [found[label]["interval"]["mean"] for label in ("present", stages)] for demand, found in anew.items()}
        result[stages]["gain_kept"] = {
            demand: (present - ours) / gain for demand, (present, ours) in means.items()}
        result[stages]["share_kept"] = {
            demand: (1 - ours / present) / result[stages]["delay_saved"] for demand, (present, ours) in means.items()}
        left = result[stages]["not_shown_below"]
        if left:
            plan = mine[OURS.index(stages)]
            result[stages]["again"] = look_again(street, plan, stages, seeds, usual, left)
        if timed:
            result[stages]["time_over_one_sumo_run"] = cost(street, stages)
    for label in (*FIXED, *CONTROLLERS, *OURS):
        say(f"{street.name}, {label}: {interval(delays[label])} s")
    return result


def interval(value):
    """A mean with its interval, as people write it."""
    if value.get("low") is None:
        return f"{value['mean']:.1f}"
    below, above = value["mean"] - value["low"], value["high"] - value["mean"]
    if value["method"] == "t":
        return f"{value['mean']:.1f} ± {above:.1f}"
    return f"{value['mean']:.1f} (−{below:.1f} +{above:.1f})"


def percent(share):
    return f"{100 * share:.0f} %"


def kept(row, demand):
    """What is kept of the seconds saved, and of the share of the delay saved."""
    if demand not in row["gain_kept"]:
        return "–"
    return f"{percent(row['gain_kept'][demand])} ({percent(row['share_kept'][demand])})"


def distance(found):
    return f"{100 * found['distance']:.1f} ± {100 * found['distance_half_width_95']:.1f} %"


def shown(row):
    """Whether every fixed-time plan is shown to have more delay."""
    again = row.get("again", row)
    if again["not_shown_below"]:
        return "not " + ", ".join(again["not_shown_below"])
    return "yes, on further seeds" if "again" in row else "yes"


def looked_again(results):
    """What further seeds showed, as a section of the page."""
    rows = []
    for name, result in results.items():
        for stages in OURS:
            again = result[stages].get("again")
            if again:
                others = [f"{label} {value['interval']['low']:.1f} to {value['interval']['high']:.1f}"
                          for label, value in again["differences"].items()]
                rows.append([name, stages, f"{again['first_seed']}–{again['first_seed'] + again['seeds'] - 1}",
                             interval(again["delay"]), ", ".join(others),
                             ", ".join(again["not_shown_below"]) or "none"])
    if not rows:
        return ""
    return f"""
## On further seeds

Plans of ours that the usual seeds do not show below every fixed-time plan, beside all of those on seeds that had not been seen. The
intervals are of what the others have more than ours, those that were not shown before; all of them together hold at 95 %.

{table(["network", "stages", "seeds", "ours", "more than ours", "not shown to have more"], rows)}
"""


def summary(results):
    """The figures that matter over SUMO's networks."""
    line = {}
    for stages in OURS:
        rows = [result[stages] for name, result in results.items() if name in NETWORKS]
        if not rows:
            continue
        line[stages] = {
            "mean_ratio_to_best_tool": statistics.mean(row["ratio_to_best_tool"] for row in rows),
            "mean_ratio_to_best_fixed": statistics.mean(row["ratio_to_best_fixed"] for row in rows),
            "shown_below_every_fixed_peer_on": sum(not row.get("again", row)["not_shown_below"] for row in rows),
            "least_gain_kept": {demand: min(row["gain_kept"][demand] for row in rows) for demand in ANEW},
            "least_share_kept": {demand: min(row["share_kept"][demand] for row in rows) for demand in ANEW},
        }
        if all("time_over_one_sumo_run" in row for row in rows):
            line[stages]["greatest_median_time_over_one_sumo_run"] = max(
                row["time_over_one_sumo_run"]["median"] for row in rows)
    return line


def report(results, oracle, seeds, date):
    labels = [*FIXED, *CONTROLLERS, *OURS]
    delays = [[name] + [interval(result["delay"][label]) for label in labels] for name, result in results.items()]
    rows = []
    for name, result in results.items():
        for stages in OURS:
            row = result[stages]
            timed = row.get("time_over_one_sumo_run")
            found = oracle.get(name) if stages == "free" else None
            rows.append([
                name, stages, f"{row['ratio_to_best_tool']:.3f} ({row['best_tool']})",
                f"{row['ratio_to_best_fixed']:.3f} ({row['best_fixed']})",
                shown(row),
                f"{100 * row['delay_saved']:.0f} %", *(kept(row, demand) for demand in ANEW),
                f"{timed['median']:.2f} ({timed['least']:.2f}–{timed['greatest']:.2f})" if timed else "–",
                *(distance(found[demand]["other_seeds"]) if found else "–" for demand in DEMANDS),
                ", ".join(f"{kind} {count}" for kind, count in sorted(row["notices"].items())) or "none"])
    means = [
        f"- {stages} stages, the networks from elsewhere: {row['mean_ratio_to_best_tool']:.3f} of the best free tool on the "
        f"average, {row['mean_ratio_to_best_fixed']:.3f} of the best fixed-time plan."
        for stages, row in summary(results).items()]
    budget = "; ".join(
        f"{name} {' and '.join(str(row[demand]['runs']) for demand in DEMANDS)}" for name, row in oracle.items()) or "not run"
    return f"""# Plans in SUMO, beside all baselines

Made by `{streets.command("quality")}` on {date}: SUMO 1.28.0, Python {platform.python_version()},
{streets.machine()}.

## Mean total delay, s per scheduled vehicle

With the 95 % interval over {seeds} seeds, the same for every plan. Total delay is time loss + departure delay of a vehicle
that entered, arrived or not, and the time from scheduled departure to the end of the period of one that never did. No
teleporting. Ours, `webster`, `equisat` and `bandwidth` are made from detector counts of one run with seed 0; SUMO's tools see
the traffic itself, and the controllers see every vehicle. The vehicles of our own networks are drawn from counts, for every
seed anew (SUMO's tools see one draw); the HCM example, whose period is a quarter of an hour, has four times the seeds.

{table(["network", *labels], delays)}

`sumo-webster` is tlsCycleAdaptation, `sumo-coordinated` the same with tlsCoordinator, `sumo-offsets` the own programs with
tlsCoordinator. `actuated`, `delay-based` and `max-pressure` are not fixed plans.

## Ours

Tool: delay over that of the best of `present` and SUMO's tools. Fixed: over that of the best fixed-time plan of all. Shown
below: whether every fixed-time plan is shown to have more delay, seed by seed, all differences together at 95 %; where those
seeds do not show it, whether further ones do, which have to on their own. Saved: the part
of the present delay that the plan saves. Kept: the part of the seconds saved that it still saves where the counts stay and
departures are redrawn, each vehicle at another time of the 5 minutes that it came in; and on days drawn anew, each vehicle a
Poisson number of times and up to 30 s earlier or later; in brackets what is kept of the share of the delay, as the present plan
has less of it on some of those days. Time: optimising over one run of SUMO, in turn, median (least–greatest) of {TIMED_PAIRS} pairs. Oracle: how much
more delay than the best fixed plan that a search in SUMO itself finds, started from ours, on seeds that the search has not
seen. `given`: searched and judged on the very vehicles, which come in the same seconds of every run; `drawn`: on days that
are drawn from them as above (runs of SUMO: {budget}).

{table(["network", "stages", "tool", "fixed", "shown below", "saved", "kept, redrawn", "kept, drawn", "time",
        "oracle, given", "oracle, drawn", "notices in the plan"], rows)}

{chr(10).join(means)}
{looked_again(results)}"""


def main():
    known = [*NETWORKS, *PACKAGED, *OWN_NETWORKS]
    parser = argparse.ArgumentParser(
        prog="Tools/bench quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--networks", default=",".join([*NETWORKS, *OWN_NETWORKS]), help="names, with commas between them")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--no-times", action="store_true", help="leave out the timing")
    parser.add_argument("--keep", help="folder in which plans and runs stay")
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    names = streets.chosen(parser, arguments.networks, known)
    found = ROOT / "Benchmarks" / "oracle.json"
    oracle = json.loads(found.read_text()) if found.exists() else {}
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        place = pathlib.Path(arguments.keep or folder)
        members = [streets.street(name, place) for name in names]
        results = {member.name: measure(member, arguments.seeds, not arguments.no_times) for member in members}
    if arguments.report:
        date = streets.dated(member.begun for member in members)
        pathlib.Path(arguments.report).write_text(report(results, oracle, arguments.seeds, date))
    print(json.dumps({"summary": summary(results), "oracle": {
        name: {demand: row[demand]["other_seeds"]["distance"] for demand in DEMANDS} for name, row in oracle.items()}, "networks": results}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
