#!/usr/bin/env python3
"""Growth of time and memory of optimising with the number of junctions, and what several machines would make of it.

Made-up cities (Tools/make-city) of growing size are optimised by subareas. Time is that of the whole program: reading, seeking
a plan, checking it and writing it. The plan made by one thread must be that made by two, to the byte. One machine with as
many processors as one likes is simulated from the times that the subareas took on this one: each processor takes the next
subarea when it is free, longest first, and in the rounds of stitching the timings of the junctions beyond the borders go
over the network.

Ends with 1 where one thread and two make different plans. The last line on standard output is one JSON object.
"""

import argparse
import csv
import datetime
import hashlib
import heapq
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import streets

SEED = 1
# Time for a message to arrive, and to send a byte of it, s: 1 Gbit/s Ethernet.
LATENCY, PER_BYTE = 100e-6, 8e-9


def timed(command, output):
    """Runs a command; wall time and processor time in s, and greatest memory in bytes."""
    begun = time.monotonic()
    with open(output, "wb") as file:
        process = subprocess.Popen([str(part) for part in command], stdout=file)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))}: ended with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def optimised(folder, threads, steps=None):
    """A plan for a city: time, memory and digest."""
    plan = folder / f"plan{threads}.json"
    command = [
        streets.GREENBAND, "optimize", folder / "network.json", "--flows", folder / "flows.json", "--threads", threads]
    if steps:
        command += ["--steps", steps]
    wall, processor, memory = timed(command, plan)
    return {
        "wall": wall, "processor": processor, "memory": memory,
        "digest": hashlib.sha256(plan.read_bytes()).hexdigest(),
        "bytes_per_plan": len(json.dumps(json.loads(plan.read_text())["junctions"], separators=(",", ":")))}


def makespan(durations, processors):
    """Time until all is done where each processor takes the longest that is left."""
    free = [0.0] * processors
    for duration in sorted(durations, reverse=True):
        heapq.heapreplace(free, free[0] + duration)
    return max(free)


def simulated(steps, bytes_per_plan, processors):
    """Time of the search on a number of processors, s, and the part of it that messages take."""
    rounds, before = {}, 0.0
    for row in steps:
        end = float(row["end_s"])
        rounds.setdefault(int(row["round"]), []).append((end - before, int(row["foreign"])))
        before = end
    total = messages = 0.0
    for members in rounds.values():
        # Every subarea gets the timings beyond its border before it begins.
        waits = [LATENCY + foreign * bytes_per_plan * PER_BYTE if foreign else 0.0 for _, foreign in members]
        total += makespan([work + wait for (work, _), wait in zip(members, waits)], processors)
        messages += sum(waits) / processors
    return total, messages


def slope(points):
    """Exponent of growth: least squares of logarithms."""
    logs = [(math.log(size), math.log(value)) for size, value in points]
    mean = [sum(values) / len(logs) for values in zip(*logs)]
    return sum((x - mean[0]) * (y - mean[1]) for x, y in logs) / sum((x - mean[0]) ** 2 for x, _ in logs)


def measure(size, place, is_alone):
    folder = place / str(size)
    if not (folder / "flows.json").exists():
        streets.say(f"making a city of {size}")
        streets.run(streets.ROOT / "Tools" / "make-city", size, SEED, folder)
    streets.say(f"optimising {size} junctions")
    two = optimised(folder, 2)
    one, rows = two, []
    if is_alone:
        streets.say(f"optimising {size} junctions on one thread")
        steps = folder / "steps.csv"
        one = optimised(folder, 1, steps)
        with open(steps, newline="") as file:
            rows = list(csv.DictReader(file))
    stitches = [row for row in rows if int(row["round"]) > 0]
    bytes_per_plan = two["bytes_per_plan"] / size
    alone = sum(simulated(rows, bytes_per_plan, 1)[:1]) if rows else None
    return {
        "junctions": size, "subareas": len(rows) - len(stitches) if rows else 1,
        "rounds": 1 + max((int(row["round"]) for row in rows), default=0),
        "wall_s": two["wall"], "processor_s": two["processor"], "memory_bytes": two["memory"],
        "memory_per_junction_bytes": two["memory"] / size, "speed_of_two_threads": one["wall"] / two["wall"] if is_alone else None,
        "is_same_plan": one["digest"] == two["digest"] if is_alone else None, "input_bytes": sum(
            (folder / name).stat().st_size for name in ("network.json", "flows.json")),
        "bytes_per_plan": bytes_per_plan, "foreign_plans": sum(int(row["foreign"]) for row in stitches),
        "foreign_plans_greatest": max((int(row["foreign"]) for row in stitches), default=0),
        "processors": {
            str(count): {"speedup": alone / simulated(rows, bytes_per_plan, count)[0],
                         "messages_s": simulated(rows, bytes_per_plan, count)[1]}
            for count in (2, 4, 8, 16, 32, 64) if rows and count <= 2 * len(rows)}}


def report(rows, exponents, date):
    sizes = streets.table(
        ["junctions", "wall, two threads", "processor time", "speed over one thread", "memory", "per junction",
         "same plan on one thread"],
        [[f"{row['junctions']:,}", f"{row['wall_s']:.1f} s", f"{row['processor_s']:.1f} s",
          f"{row['speed_of_two_threads']:.2f}" if row["speed_of_two_threads"] else "–", f"{row['memory_bytes'] / 2**20:.0f} MiB",
          f"{row['memory_per_junction_bytes'] / 2**20:.2f} MiB", {True: "yes", False: "NO", None: "–"}[row["is_same_plan"]]]
         for row in rows])
    spread = [row for row in rows if row["processors"]]
    counts = sorted({int(count) for row in spread for count in row["processors"]})
    processors = streets.table(
        ["junctions", *[f"{count} processors" for count in counts]],
        [[f"{row['junctions']:,}", *[
            f"{row['processors'][str(count)]['speedup']:.1f}" if str(count) in row["processors"] else "–"
            for count in counts]] for row in spread])
    messages = streets.table(
        ["junctions", "network and flows", "of a subarea", "timings in all", "greatest for one subarea", "rounds"],
        [[f"{row['junctions']:,}", f"{row['input_bytes'] / 2**20:.1f} MiB",
          f"{row['input_bytes'] / row['subareas'] / 2**10:.0f} KiB",
          f"{row['foreign_plans'] * row['bytes_per_plan'] / 2**10:.0f} KiB",
          f"{row['foreign_plans_greatest'] * row['bytes_per_plan'] / 2**10:.1f} KiB", row["rounds"]] for row in spread])
    return f"""# Great networks

Made by `{streets.command("scaling")}` on {date}; {streets.machine()}.

## Time and memory on this machine

Cities made by `Tools/make-city`, seed {SEED}, own stages, an hour of demand in intervals of five minutes. The whole
program: reading, seeking, checking, writing. From 100 junctions on, processor time grows with the junctions to the power of
{exponents['processor']:.2f} and wall time to the power of {exponents['wall']:.2f} (least squares of logarithms).

{sizes}

## How the work is cut

1. The network is cut by halves, across its longer side, where least traffic crosses near the middle, until no subarea has more
   than 40 junctions (`SubareaPartition`). Cutting takes the position of each junction and the traffic between neighbours.
2. Each subarea is optimised as if it were alone: traffic enters at its border as the flows say. No messages.
3. Subareas are put into rounds such that none touches another of its round. In each round, every subarea gets the timings of the
   junctions just beyond its border, and times its own border junctions anew, with both sides of the border simulated; cycles
   stay. One round follows another; what a subarea sends is the timings of its border junctions.

Nothing else is shared: no queues, no profiles. So a rank needs its subareas' part of the network and flows once, then the
messages below. Two ranks exchange timings only where their subareas touch. The plan is the same on any number of ranks, since
rounds, and what is known in each, do not depend on who computes.

## Messages

Timings as compact JSON, as they stand in a plan.

{messages}

## More than one machine, simulated

From the times that the steps took here on one thread: every processor takes the longest step that is left, and in each round
waits for the timings it needs ({LATENCY * 1e6:.0f} µs for a message, 1 Gbit/s). Reading the files is not in it.

{processors}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench scaling", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000,10000", help="numbers of junctions, with commas between them")
    parser.add_argument("--alone-most", type=int, default=10_000, help="greatest city that is also optimised on one thread")
    parser.add_argument("--keep", type=pathlib.Path, help="folder for the cities; they are not made again")
    parser.add_argument("--report", type=pathlib.Path, help="page to write")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.keep or pathlib.Path(folder)
        rows = [
            measure(int(size), place, int(size) <= arguments.alone_most) for size in arguments.sizes.split(",")]
    great = [row for row in rows if row["junctions"] >= 100]
    exponents = {
        kind: slope([(row["junctions"], row[f"{kind}_s"]) for row in great]) if len(great) > 1 else math.nan
        for kind in ("processor", "wall")}
    if arguments.report:
        arguments.report.write_text(report(rows, exponents, datetime.date.today().isoformat()))
    is_same = all(row["is_same_plan"] is not False for row in rows)
    print(json.dumps({
        "exponent_of_processor_time": exponents["processor"], "exponent_of_wall_time": exponents["wall"],
        "is_same_plan_on_two_threads": is_same, "sizes": rows}))
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
