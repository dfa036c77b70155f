#!/usr/bin/env python3
"""A centre with a thousand controllers, each with a connection of its own over the loopback, at one second a second.

Every controller sends its status and what its detectors counted each second, and runs the plan that it is leased; the centre
(`greenband serve`) keeps every reading on the disk before it acknowledges it. Measured is the time from when a
second's readings are due to their acknowledgement, the memory of the centre over time, and what is in the store at the end beside what was sent. Both
programs share the machine. With `--control` the detectors are loops for control of the second instead: the centre decides on
every junction every second, leases stages, and the acknowledgement comes after the lease.

The last line on standard output is one JSON object. `--report FILE` also writes a page.
"""

import argparse
import datetime
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

from streets import GREENBAND, ROOT, built, machine, run, say, table


def memory(process):
    """Resident memory of a process, MiB."""
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def place_detectors(path, most):
    """Puts a loop at the stop line of every lane that leads to a junction, up to a number at each."""
    network = json.loads(path.read_text())
    junction_of = {node: junction["id"] for junction in network["junctions"] for node in junction["nodes"]}
    placed = {}
    for link in network["links"]:
        junction = junction_of.get(link["to"])
        for lane in link["lanes"] if junction else []:
            if placed.setdefault(junction, 0) < most:
                placed[junction] += 1
                network["detectors"].append({
                    "id": f"{lane['id']} stop", "lane": lane["id"], "position_m": max(0, lane["length_m"] - 1),
                    "purpose": "stopLine"})
    path.write_text(json.dumps(network))


def place_control(path, most):
    """Places the loops that control of the second needs, those at stop lines first, up to a number at each junction."""
    run(GREENBAND, "detectors", path, "-o", path)
    network = json.loads(path.read_text())
    lanes = {lane["id"]: (lane["length_m"], link["to"]) for link in network["links"] for lane in link["lanes"]}
    junction_of = {node: junction["id"] for junction in network["junctions"] for node in junction["nodes"]}
    before = lambda detector: lanes[detector["lane"]][0] - detector["position_m"]  # noqa: E731
    placed, kept = {}, []
    for detector in sorted(network["detectors"], key=before):
        junction = junction_of.get(lanes[detector["lane"]][1])
        if detector["purpose"] == "control" and junction and placed.setdefault(junction, 0) < most:
            placed[junction] += 1
            kept.append(detector)
    network["detectors"] = kept
    path.write_text(json.dumps(network))


def measure(folder, junctions, seconds, detectors, control):
    load = built("EdgeLoad")
    say(f"making a city of {junctions} junctions")
    run(ROOT / "Tools" / "make-city", junctions, 1, folder)
    (place_control if control else place_detectors)(folder / "network.json", detectors)
    (folder / "city.yaml").write_text(
        f"version: 1\nnetwork: {folder / 'network.json'}\nstore: centre.sqlite\nedges: {{port: 0}}\n"
        + ("control: {lease_s: 10}\n" if control else ""))
    log = open(folder / "centre.log", "w")
    centre = subprocess.Popen(
        [GREENBAND, "serve", folder / "city.yaml", "--log-level", "error"], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        line = centre.stdout.readline()
        if not line:
            sys.exit((folder / "centre.log").read_text())
        port = json.loads(line)["edges"]
        say(f"{junctions} controllers for {seconds} s")
        edges = subprocess.Popen(
            [str(part) for part in (load, folder / "network.json", port, seconds)], stdout=subprocess.PIPE,
            text=True)
        samples = []
        begun = time.monotonic()
        while edges.poll() is None:
            samples.append((time.monotonic() - begun, memory(centre)))
            time.sleep(max(1, seconds / 120))
        if edges.returncode != 0:
            sys.exit("the controllers failed")
        figures = json.loads(edges.stdout.read().splitlines()[-1])
        used = sum(float(field) for field in open(f"/proc/{centre.pid}/stat").read().split()[13:15]) / 100
    finally:
        centre.terminate()
        code = centre.wait(timeout=60)
    with sqlite3.connect(f"file:{folder / 'centre.sqlite'}?mode=ro", uri=True) as database:
        stored = database.execute("SELECT count(*) FROM (SELECT DISTINCT detector, start_s FROM reading)").fetchone()[0]
    # The first minute fills buffers; after it memory is to be steady.
    steady = [value for moment, value in samples if moment > 70] or [value for _, value in samples]
    third = max(1, len(steady) // 3)
    return {
        **figures, "stored": stored, "lost": figures["readings"] - stored, "exit_code": code,
        "memory_mib": {"first_third": sum(steady[:third]) / third, "last_third": sum(steady[-third:]) / third,
                       "greatest": max(value for _, value in samples)},
        "centre_processor_share": used / (time.monotonic() - begun)}


def report(figures, seconds, date, command):
    memory = figures["memory_mib"]
    rows = [
        ("controllers", f"{figures['edges']:.0f}"), ("time, s", seconds), ("readings sent", f"{figures['readings']:.0f}"),
        ("readings lost", f"{figures['lost']:.0f}"),
        ("from reading to acknowledgement, median", f"{1000 * figures['median_s']:.1f} ms"),
        ("99th percentile", f"{1000 * figures['p99_s']:.1f} ms"), ("99.9th", f"{1000 * figures['p999_s']:.1f} ms"),
        ("greatest", f"{1000 * figures['greatest_s']:.0f} ms"),
        ("seconds on a lease", f"{100 * figures['share_leased']:.2f} %"),
        ("memory of the centre, first third after a minute", f"{memory['first_third']:.0f} MiB"),
        ("last third", f"{memory['last_third']:.0f} MiB"), ("greatest", f"{memory['greatest']:.0f} MiB"),
        ("processor of the centre", f"{100 * figures['centre_processor_share']:.0f} % of one core"),
    ]
    return f"""# A centre under load

Made by `{" ".join(command)}` on {date}: {machine()}. {__doc__.split(chr(10) + chr(10))[1]}

{table(["", "measured"], rows)}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--junctions", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=600, help="3600 for a soak of an hour")
    parser.add_argument("--detectors", type=int, default=8, help="most detectors of a junction")
    parser.add_argument("--control", action="store_true", help="control of the second instead of plans")
    parser.add_argument("--report", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        figures = measure(pathlib.Path(folder), arguments.junctions, arguments.seconds, arguments.detectors,
                          arguments.control)
    if arguments.report:
        arguments.report.write_text(report(
            figures, arguments.seconds, datetime.date.today().isoformat(), ["Tools/bench", "load", *sys.argv[1:]]))
    print(json.dumps(figures))
    return 0 if figures["lost"] == 0 and figures["exit_code"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
