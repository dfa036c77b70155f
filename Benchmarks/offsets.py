#!/usr/bin/env python3
"""How good the offsets are that the solver finds, and its bound, beside toulbar2 and OR-Tools' CP-SAT on the same costs.

The costs are the delay on the roads of made-up towns for all offset differences. The solver runs on one thread and on two,
and must find the same. Each peer then has ten times the wall time that it took, on as many threads: on one, toulbar2's
tree search, its neighbourhood search, and CP-SAT; on two, CP-SAT with two workers, and toulbar2's two searches side by side.
All labels are valued here, from the costs alone. Peers get towns of up to --peers-most junctions.

Ends with 1 when a peer finds less delay. The last line on standard output is one JSON object. `--report FILE` also writes
a page of tables.
"""

import argparse
import concurrent.futures
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

from streets import ROOT, built, command, dated, run, say, table

PROGRAM = "OffsetBenchmark"
PACKAGES = ROOT / ".build" / "offset-peers"
REQUIREMENTS = ROOT / "Benchmarks" / "offset-peers-requirements.txt"
# Junctions and cycle, s, of each town.
TOWNS = "10x60,50x80,100x90,200x90,1000x90,10000x90"
TIMES_OURS = 10
LEAST_SECONDS = 2
# Junctions of the largest town that peers get: each needs the costs pair by pair, or a constraint for each road.
PEERS_MOST = 1000


def set_up():
    """Installs the peers, once."""
    stamp = PACKAGES / ".requirements"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        say("installing the peers")
        run(sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", PACKAGES, "-r",
            REQUIREMENTS)
        stamp.write_text(REQUIREMENTS.read_text())


def value(energy, labels):
    """The cost of labels."""
    total = 0.0
    for edge in energy["edges"]:
        costs = edge["difference"]
        total += costs[(labels[edge["to"]] - labels[edge["from"]]) % len(costs)]
    return total


def ours(file, energy, threads):
    found = json.loads(run(built(PROGRAM), "solve", file, "--threads", threads))
    known = value(energy, found["labels"])
    if abs(known - found["value"]) > 1e-9 * known:
        sys.exit(f"{file.name}: the solver says {found['value']} for labels that are worth {known}")
    return found


def peer(name, file, energy, seconds, threads):
    """Value and bound of a peer; no value where it found nothing."""
    seconds = max(LEAST_SECONDS, seconds)
    try:
        done = subprocess.run(
            [sys.executable, ROOT / "Benchmarks" / "offset_peers.py", name, file, str(seconds), str(threads),
             "--packages", PACKAGES], capture_output=True, text=True, timeout=5 * seconds + 300)
    except subprocess.TimeoutExpired:
        return {"name": name, "value": None, "bound": None, "seconds": None}
    if done.returncode != 0:
        sys.exit(f"{name} failed:\n{done.stderr.strip()}")
    found = json.loads(done.stdout.splitlines()[-1])
    worth = value(energy, found["labels"]) if found["labels"] else None
    return {"name": name, "value": worth, "bound": found["bound"], "seconds": found["seconds"]}


def peers(file, energy, seconds, threads):
    names = ["toulbar2", "toulbar2-vns"]
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        toulbar2 = list(pool.map(lambda name: peer(name, file, energy, seconds, 1), names))
    return [*toulbar2, peer("cp-sat", file, energy, seconds, threads)]


def measure(town, seed, most, folder):
    junctions, cycle = (int(part) for part in town.split("x"))
    file = folder / f"{town}.json"
    run(built(PROGRAM), "make", "--junctions", junctions, "--cycle", cycle, "--seed", seed, "-o", file)
    energy = json.loads(file.read_text())
    row = {"junctions": junctions, "cycle": cycle, "edges": len(energy["edges"])}
    row["mean"] = sum(sum(edge["difference"]) / len(edge["difference"]) for edge in energy["edges"])
    row["minima"] = sum(min(edge["difference"]) for edge in energy["edges"])
    for threads in (1, 2):
        found = ours(file, energy, threads)
        say(f"{town}, {threads} thread(s): {found['value']:.4f}, gap {found['gap']:.4%}, {found['seconds']:.1f} s")
        row[str(threads)] = {
            **{key: found[key] for key in ("value", "lowerBound", "gap", "isExact", "seconds")},
            "peers": peers(file, energy, TIMES_OURS * found["seconds"], threads) if junctions <= most else []}
        if threads == 2 and any(row["1"][key] != row["2"][key] for key in ("value", "lowerBound")):
            sys.exit(f"{town}: one thread and two find different results")
        for other in row[str(threads)]["peers"]:
            say(f"    {other['name']}: {other['value']}, bound {other['bound']}")
    return row


def kept(town, seed, most, folder):
    """What was measured before in this folder, or is now."""
    folder.mkdir(parents=True, exist_ok=True)
    result = folder / f"{town}-seed{seed}-result.json"
    if not result.exists():
        today = datetime.date.today().isoformat()
        result.write_text(json.dumps({"date": today, **measure(town, seed, most, folder)}))
    row = json.loads(result.read_text())
    # What was kept before results had a date is as old as its file.
    row.setdefault("date", datetime.date.fromtimestamp(result.stat().st_mtime).isoformat())
    return row


def is_worse(row):
    """Whether a peer found less, by more than rounding of its costs explains."""
    return any(
        other["value"] is not None and row[threads]["value"] > other["value"] * (1 + 1e-7)
        for threads in ("1", "2") for other in row[threads]["peers"])


def gap(value, bound):
    return "none found" if value is None else f"{max(0, value - bound) / value:.2%}"


def report(rows, memory, most, date):
    own = [[
        str(row["junctions"]), str(row["cycle"]), f"{row['mean']:.2f}", f"{row['1']['value']:.2f}",
        f"{row['1']['lowerBound']:.2f}", "exact" if row["1"]["isExact"] else f"{row['1']['gap']:.3%}",
        gap(row["1"]["value"], row["minima"]), f"{row['1']['seconds']:.2f}", f"{row['2']['seconds']:.2f}"]
        for row in rows]
    others = [[
        str(row["junctions"]), str(row["cycle"]), threads, other["name"],
        "" if other["seconds"] is None else f"{other['seconds']:.0f}",
        "none found" if other["value"] is None else f"{other['value']:.2f}",
        "" if other["value"] is None else f"{other['value'] / row[threads]['value'] - 1:+.3%}",
        gap(other["value"], other["bound"] or 0)]
        for row in rows for threads in ("1", "2") for other in row[threads]["peers"]]
    return f"""# How good the offsets are

Made on {date} by `{command("offsets")}`. Wall times are those of a machine that may have had other
work; peers' times grow with ours. The towns are made up: irregular plane graphs with
arterials, roads of 80 to 600 m in two directions, platoons that spread on their way (Robertson) to a vertical queue. Values
are the uniform delay on all roads between signals, veh·h/h, for whole seconds of offset; the part that no offset saves is in
them. The gap is the share of the value that better offsets might save at most, proved, in this model.

{table(["junctions", "cycle, s", "random offsets", "value", "bound", "gap", "gap by each road's least", "s, 1 thread", "s, 2 threads"], own)}

Results on one thread and on two are the same to the bit. The most memory that a run took was {memory} MB.

## Peers

Each had ten times our wall time, at least {LEAST_SECONDS} s, on as many threads; the time is what it took, which with toulbar2
is limited as processor time. On two threads toulbar2's tree search and its neighbourhood search ran side by side. "More delay"
is that of the peer's offsets beyond ours; the gap is its own. The peers had the towns of up to {most} junctions.

{table(["junctions", "cycle, s", "threads", "peer", "s", "value", "more delay", "its gap"], others)}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench offsets", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--towns", default=TOWNS, help=f"junctions and cycle of each (default {TOWNS})")
    parser.add_argument("--seed", type=int, default=1, help="seed of the towns")
    parser.add_argument("--folder", help="keeps towns and results, and goes on where a measurement ended")
    parser.add_argument(
        "--peers-most", type=int, default=PEERS_MOST, help=f"junctions of the largest town that peers get ({PEERS_MOST})")
    parser.add_argument("--report", help="page to write")
    options = parser.parse_args()
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(options.folder or folder)
        rows = [kept(town, options.seed, options.peers_most, folder) for town in options.towns.split(",")]
    memory = memory_of_largest(rows, options.seed)
    if options.report:
        pathlib.Path(options.report).write_text(report(rows, memory, options.peers_most, dated(row["date"] for row in rows)))
    worse = [f"{row['junctions']}x{row['cycle']}" for row in rows if is_worse(row)]
    print(json.dumps({"towns": rows, "memory_mb": memory, "worse_than_a_peer": worse}))
    sys.exit(1 if worse else 0)


def memory_of_largest(rows, seed):
    """Most memory of the solver on the largest town, MB; run again, because peers' memory would be counted too."""
    largest = max(rows, key=lambda row: row["junctions"])
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "town.json"
        run(built(PROGRAM), "make", "--junctions", largest["junctions"], "--cycle", largest["cycle"], "--seed", seed, "-o", file)
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)")
        return int(run(sys.executable, "-c", code, built(PROGRAM), "solve", file, "--threads", 2))


if __name__ == "__main__":
    main()
