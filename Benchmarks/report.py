#!/usr/bin/env python3
"""How large the engineer's report on a great city is, and how long it takes to open in Chromium.

A made-up city (Tools/make-city) is optimised with its report. The page is opened as a reader's browser opens it, from the start
of the navigation until it has been drawn, each time in a new browser; every number of it is held against the JSON.
"""

import argparse
import json
import pathlib
import statistics
import sys
import tempfile

import streets

# A folder of compiled Python has no place among the tests.
sys.dont_write_bytecode = True
sys.path.insert(0, str(streets.ROOT / "Tests" / "PlanPagesTests"))
import look_at_page  # noqa: E402

# What a report may weigh and how long it may take, bytes and s.
MOST_BYTES, MOST_SECONDS = 20_000_000, 5.0


def main():
    parser = argparse.ArgumentParser(prog="Tools/bench report", description=__doc__)
    parser.add_argument("--junctions", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5, help="how often the page is opened")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenband-report-") as name:
        folder = pathlib.Path(name)
        streets.run(streets.ROOT / "Tools" / "make-city", arguments.junctions, 1, folder)
        streets.say(f"optimising {arguments.junctions} junctions")
        page, report = folder / "report.html", folder / "report.json"
        report.write_text(streets.run(
            streets.GREENBAND, "optimize", folder / "network.json", "--flows", folder / "flows.json", "-o",
            folder / "plan.json", "--report", page, "--json"))
        seen = [look_at_page.look(page, report, folder, True) for _ in range(arguments.runs)]
    seconds = sorted(look["openSeconds"] for look in seen)
    last = seen[-1]
    print(f"""{arguments.junctions} junctions: {last['bytes'] / 1e6:.1f} MB, open after {statistics.median(seconds):.2f} s \
({seconds[0]:.2f} to {seconds[-1]:.2f} s in {len(seconds)} runs);
{last['cells'] + last['figures']} numbers, {last['wrong']} of them not those of the JSON; {last['pictures']} pictures, no script.""")
    is_kept = last["bytes"] < MOST_BYTES and seconds[-1] < MOST_SECONDS and last["wrong"] == 0 and not last["messages"]
    print(json.dumps({
        "junctions": arguments.junctions, "bytes": last["bytes"], "open_s": seconds, "numbers": last["cells"] + last["figures"],
        "wrong": last["wrong"], "is_kept": is_kept}))
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
