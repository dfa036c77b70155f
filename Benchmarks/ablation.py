#!/usr/bin/env python3
"""What each part of the search contributes: plans made without it, beside those made with all, in SUMO and in the model.

The same networks, traffic and seeds as in `Tools/bench quality`. The difference is paired seed by seed; its 95 % interval is
Student's. The last line on standard output is one JSON object.
"""

import argparse
import datetime
import json
import math
import pathlib
import statistics
import sys
import tempfile
import time

import streets
from streets import GREENBAND, NETWORKS, run, say, table

# Part left out, as `greenband optimize --without` has it, and what it is.
PARTS = {
    "coordination": "common cycles: every junction keeps its own",
    "offsets": "offsets of all junctions at once: they come from the sweeps alone",
    "refinement": "steps of one second at the end: offsets of all junctions at once, then sweeps",
    "sketch": "steps of two seconds: all in steps of one second",
}


def made(street, stages, without):
    """A plan from the street's flows; its additional file, its delay in the model, and the time it took, s."""
    out = street.folder / stages
    name = without or "all"
    plan, add = out / f"ablation.{name}.json", out / f"ablation.{name}.add.xml"
    begun = time.monotonic()
    report = json.loads(run(
        GREENBAND, "optimize", out / "network.json", "--flows", out / "flows.json", "--stages", stages, "-o", plan,
        "--json", *(["--without", without] if without else [])))
    seconds = time.monotonic() - begun
    run(GREENBAND, "export", "sumo-program", out / "network.json", plan, "-o", add)
    return add, report["delay"], seconds


def measure(street, seeds):
    rows = []
    for stages in ("free", "own"):
        say(f"{street.name}, {stages} stages")
        street.plan(stages)
        whole = None
        for part in (None, *PARTS):
            add, model, seconds = made(street, stages, part)
            delays = street.delays([add], seeds=seeds)
            whole = whole or delays
            differences = [one / other - 1 for one, other in zip(delays, whole)]
            rows.append({
                "network": street.name, "stages": stages, "without": part, "delay": statistics.mean(delays),
                "model": model, "seconds": seconds, "change": statistics.mean(differences),
                "half_width": half_width(differences)})
    return rows


def half_width(values):
    from scipy import stats

    return float(stats.t.ppf(0.975, len(values) - 1)) * statistics.stdev(values) / math.sqrt(len(values))


def report(rows, means, seeds, date):
    def cell(row):
        if row["without"] is None:
            return f"{row['delay']:.1f} s"
        return f"{row['delay']:.1f} s ({row['change']:+.1%} ± {row['half_width']:.1%})"

    lines = {}
    for row in rows:
        lines.setdefault((row["network"], row["stages"]), []).append(row)
    body = [[network, stages, *[cell(row) for row in members]] for (network, stages), members in lines.items()]
    body.append(["mean", "", "", *[f"{means[part]['delay']:+.1%}" for part in PARTS]])
    body.append(["mean, in the model", "", "", *[f"{means[part]['model']:+.1%}" for part in PARTS]])
    body.append(["time, mean ratio", "", "", *[f"{means[part]['seconds']:.2f}" for part in PARTS]])
    return f"""# What the parts of the search are worth

Made by `{streets.command("ablation")}` on {date}; {streets.machine()}. Total delay in SUMO, s per scheduled vehicle, mean of
{len(seeds)} seeds, without one part of the search at a time, and how much more that is than with all of them.

{table(["network", "stages", "all", *[f"without {part}" for part in PARTS]], body)}

{chr(10).join(f"- {part}: {text}." for part, text in PARTS.items())}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench ablation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--report", type=pathlib.Path, help="page to write")
    arguments = parser.parse_args()
    if arguments.seeds < 2:
        parser.error("--seeds: expected at least 2")
    seeds = list(range(1, arguments.seeds + 1))
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        rows = []
        for name in streets.chosen(parser, arguments.networks):
            rows += measure(streets.street(name, pathlib.Path(folder)), seeds)
    whole = {(row["network"], row["stages"]): row for row in rows if row["without"] is None}
    means = {}
    for part in PARTS:
        members = [(row, whole[row["network"], row["stages"]]) for row in rows if row["without"] == part]
        means[part] = {
            "delay": statistics.mean(row["change"] for row, _ in members),
            "model": statistics.mean(row["model"] / other["model"] - 1 for row, other in members),
            "seconds": statistics.mean(row["seconds"] / other["seconds"] for row, other in members)}
    if arguments.report:
        arguments.report.write_text(report(rows, means, seeds, datetime.date.today().isoformat()))
    print(json.dumps({"means": means, "rows": rows}))


if __name__ == "__main__":
    sys.exit(main())
