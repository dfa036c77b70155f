#!/usr/bin/env python3
"""Mean total delay per scheduled vehicle in SUMO, over seeds.

Total delay of a vehicle: time loss + departure delay when it entered the network, whether it arrived or not;
end of the window - scheduled departure when it never entered.
"""

import argparse
import concurrent.futures
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent
# What SUMO 1.28 does with one seed can depend on how many environment variables it is started with (seen with
# cologne1: two outcomes, one for even and one for odd numbers). So it is always started with the same.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}


def program(name="sumo"):
    """Path of one of SUMO's programs in the virtual environment."""
    local = HERE.parent / ".venv" / "bin" / name
    return str(local if local.exists() else os.environ.get("GREENBAND_" + name.upper(), name))


def run(net, routes, begin, end, seed, additional=(), more=()):
    """Runs SUMO once; returns (mean total delay, vehicles, never inserted, unfinished, teleports)."""
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        trips = os.path.join(folder, "tripinfo.xml")
        command = [
            program(), "-n", net, "-r", routes, "-b", str(begin), "-e", str(end), "--seed", str(seed),
            "--step-length", "1", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings",
            "--tripinfo-output", trips, "--tripinfo-output.write-unfinished",
            "--tripinfo-output.write-undeparted", *more,
        ]
        if additional:
            command += ["-a", ",".join(additional)]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
        if done.returncode != 0:
            raise RuntimeError(f"SUMO failed on {net}: {done.stderr.strip()[-500:]}")
        return read(trips, begin, end)


def read(trips, begin, end):
    """Total delay from a tripinfo file."""
    total = 0.0
    vehicles = outside = unfinished = 0
    for _, element in ElementTree.iterparse(trips):
        if element.tag != "tripinfo":
            continue
        depart = float(element.get("depart"))
        waited = float(element.get("departDelay"))
        vehicles += 1
        if depart < 0:
            # Never inserted: its departure delay runs to the end of the window.
            outside += 1
            total += waited
        else:
            total += float(element.get("timeLoss")) + waited
            unfinished += float(element.get("arrival")) < 0
        element.clear()
    return {
        "total_delay": total / max(1, vehicles), "vehicles": vehicles, "never_inserted": outside,
        "unfinished": unfinished,
    }


def seeds(net, routes, begin, end, numbers, additional=(), more=(), workers=2):
    """Runs several seeds; returns the results in the order of the numbers."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        jobs = [pool.submit(run, net, routes, begin, end, number, additional, more) for number in numbers]
        return [job.result() for job in jobs]


def interval(values):
    """Mean and half width of the 95 % interval (Student's t)."""
    from scipy import stats

    count = len(values)
    mean = sum(values) / count
    if count < 2:
        return mean, math.nan
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (count - 1))
    return mean, stats.t.ppf(0.975, count - 1) * deviation / math.sqrt(count)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--net", required=True)
    parser.add_argument("--routes", required=True)
    parser.add_argument("--begin", type=float, required=True)
    parser.add_argument("--end", type=float, required=True)
    parser.add_argument("--additional", action="append", default=[], help="an additional file; may be repeated")
    parser.add_argument("--seeds", default="1,2,3,4,5")
    arguments = parser.parse_args()
    results = seeds(
        arguments.net, arguments.routes, arguments.begin, arguments.end,
        [int(seed) for seed in arguments.seeds.split(",")], arguments.additional)
    values = [result["total_delay"] for result in results]
    mean, half = interval(values)
    print(json.dumps({"total_delay": mean, "half_width_95": half, "by_seed": values, "vehicles": results[0]["vehicles"]}))


if __name__ == "__main__":
    sys.exit(main())
