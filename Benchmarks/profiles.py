#!/usr/bin/env python3
"""How fast the cyclic flow profile engine is, beside what the core can do at all and beside NumPy.

Candidates are the networks' own programs at a common cycle with random offsets and greens. Everything is measured in turn,
round by round, in processes that live through all rounds: the product of two large matrices (OpenBLAS, single precision, one
thread) and the engine in the same process, the same model in NumPy (`profiles_numpy.py`) in this one. NumPy must give the same
costs, or there is no report.

One link-bin is one lane group (TRANSYT's link) in one second of the cycle for one candidate in one pass: its part in mixing,
delaying and dispersing what comes to its road, the search for the queue at the start of the cycle, the queue with its
departures, area and stops, and gaps where it gives way. Times are of whole evaluations, from greens as starts and lengths to
costs, with all passes until profiles have settled; what is done once for a candidate or a pass (greens, the check of what has
changed, costs) costs time and counts no operations.

On one thread the time is the processor's, so that others on the machine do not count; with two it is the time that passes, and
says something on a quiet machine only (see its load).

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

import profiles_numpy
from streets import GREENBAND, ROOT, built, command, run, say, table

PROGRAM = "ProfileBenchmark"
NETWORKS = ("hangzhou", "district")
# Candidates that NumPy takes at once; the fastest is measured.
WIDTHS = (512, 1024, 2048, 4096)
GREATEST_DIFFERENCE = 1e-3


class Program:
    """The benchmark program on one network: a command a line, an answer a line."""

    def __init__(self, program, network, flows, cycle, count, environment=None):
        self.process = subprocess.Popen(
            [program, network, flows, str(cycle), str(count)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})

    def ask(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{PROGRAM} ended at '{command}'")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def timed(peer, starts, lengths):
    """Link-bins a second of one evaluation in NumPy, and its costs."""
    begin = time.process_time()
    costs, bins = peer.evaluate(starts, lengths)
    return bins / (time.process_time() - begin), costs


def fastest_peer(outline, starts, lengths, expected):
    """NumPy's evaluator at its best width; ends where it does not give the engine's costs."""
    rates = {}
    for width in [width for width in WIDTHS if width <= len(starts)]:
        peer = profiles_numpy.Peer(outline, width)
        timed(peer, starts[:width], lengths[:width])
        rates[width], costs = timed(peer, starts[:width], lengths[:width])
        difference = float(np.abs(costs / expected[:width] - 1).max())
        say(f"NumPy, {width} candidates at once: {rates[width] / 1e6:.0f} million link-bins/s, costs within {difference:.1e}")
        if not difference < GREATEST_DIFFERENCE:
            sys.exit(f"NumPy and the engine differ by {difference:.1e}: expected less than {GREATEST_DIFFERENCE}")
    return profiles_numpy.Peer(outline, max(rates, key=rates.get)), difference


def measure(program_file, name, arguments, folder):
    network, flows = ROOT / "Networks" / name / "network.json", folder / f"{name}.json"
    run(GREENBAND, "flows", network, "--counts", ROOT / "Networks" / name / "counts.csv", "-o", flows)
    program = Program(program_file, network, flows, arguments.cycle, arguments.candidates)
    # What the core can do with its widest vectors, where this OpenBLAS does not choose them by itself.
    wide = "avx512f" in pathlib.Path("/proc/cpuinfo").read_text()
    wider = Program(program_file, network, flows, arguments.cycle, 1, {"OPENBLAS_CORETYPE": "SkylakeX"}) if wide else None
    outline = program.ask("describe")
    greens = program.ask(f"greens {arguments.candidates}")
    starts, lengths = (np.array(greens[key], np.float32) for key in ("starts", "lengths"))
    expected = np.array(program.ask(f"costs {arguments.candidates}"))
    peer, difference = fastest_peer(outline, starts, lengths, expected)
    rounds = []
    for number in range(arguments.rounds):
        row = {}
        product = program.ask("product")
        row["product"] = product["operations"] / product["processorSeconds"]
        one = program.ask("engine 1")
        row["rate"] = one["linkBins"] / one["processorSeconds"]
        row["operations"] = one["operations"] / one["processorSeconds"]
        row["candidates"] = arguments.candidates / one["processorSeconds"]
        two = program.ask("engine 2")
        row["two"] = one["seconds"] / two["seconds"]
        row["all"] = two["linkBins"] / two["seconds"]
        row["kept"] = one["processorSeconds"] / two["processorSeconds"]
        if wider:
            product = wider.ask("product")
            row["wide"] = product["operations"] / product["processorSeconds"]
        row["numpy"], _ = timed(peer, starts[:peer.width], lengths[:peer.width])
        row["reference"] = program.ask("reference 4")["seconds"]
        tables = program.ask("tables")
        row["table"] = tables["seconds"] / tables["tables"]
        row["load"] = os.getloadavg()[0]
        change = program.ask("change")
        row["change"] = change["wholeSeconds"] / change["partSeconds"]
        change_work = change["wholeLinkBins"] / change["partLinkBins"]
        row["share"] = row["operations"] / row["product"]
        row["over_numpy"] = row["rate"] / row["numpy"]
        row["all_over_numpy"] = row["all"] / row["numpy"]
        row["over_reference"] = row["candidates"] * row["reference"]
        if wider:
            row["wide_share"] = row["operations"] / row["wide"]
        rounds.append(row)
        say(f"{name}, round {number + 1}: {row['rate'] / 1e9:.2f} billion link-bins/s, {row['share']:.0%} of the product, "
            f"{row['over_numpy']:.1f} × NumPy, {row['two']:.2f} × on two cores")
    accuracy = program.ask("reference 200")
    alternatives = program.ask("alternatives")
    result = {
        "junctions": len(json.loads(network.read_text())["junctions"]), "roads": len(outline["order"]),
        "lane_groups": len(outline["groups"]),
        "giving_way": sum(any(part["foes"] for part in group["parts"]) for group in outline["groups"]),
        "passes": one["linkBins"] / (len(outline["groups"]) * arguments.cycle * arguments.candidates),
        "operations_per_link_bin": one["operations"] / one["linkBins"], "numpy_width": peer.width,
        "numpy_difference": difference, "change_work": change_work, "change_difference": change["worst"],
        "accuracy": max(accuracy[key] for key in ("uniformDelay", "incrementalDelay", "stops")),
        "library": program.ask("library")["library"], "alternatives": alternatives,
        "rounds": {key: [row[key] for row in rounds] for key in rounds[0]},
        "medians": {key: statistics.median(row[key] for row in rounds) for key in rounds[0]},
    }
    program.close()
    if wider:
        wider.close()
    return result


NOTES = """## Design notes

**Operations of a link-bin**: additions, multiplications, and lesser or greater of two, each as one, as many as the equations
need and no more (`CyclicNetwork.operations(ofRoad:)`):

| step | for each | operations |
| --- | --- | --- |
| mixing, with F and turning share in the weight | source of a road | 2 |
| dispersion, y = m + (1 − F)·y | road | 2, or 5 where the lag is no whole number of seconds |
| what the turns of the cycle before have left | road, in the seconds that feel it | 2 |
| queue at the start of the cycle: Q = max(0, Q + (IN − s·g)) | lane group | 4 |
| queue: Q + IN, s·g, OUT the lesser, Q' the difference; sum of Q'; stops (lesser, sum) | lane group | 7 |
| gaps: (1 − q·k/4)⁴, at least the sneakers, times green | lane group that gives way | 7, and 2 for each opposing one |

**Steady states are exact in two rounds.** Dispersion from nothing, and then c^(t+1)·y(C − 1)/(1 − c^C) on top; a queue from nothing
ends with that of the steady state, as arrivals beyond capacity are scaled down first (by raising the capacity in the units of
the road, so that it costs nothing in the loops).

**Layout.** Lane group, then second, then candidate; 32 candidates (two cache lines) in a block. A road's arrivals (12 kB at 90 s)
and the greens of its lane groups stay in the first cache between their rounds. Half a block and the loops wait for their own
results; with twice the block large networks leave the second cache.

**C, and not Swift, for the loops.** Measured on the queue loop of two parts of 16 candidates, without the check of changes: Swift's
SIMD16 on the least processor that it builds for reaches 34 Gflop/s, with `-march=x86-64-v3` 56, with `-march=x86-64-v4` and 512-bit
vectors 125. The loops are as fast as C's; but code that is built so runs on such processors only, and Swift has no functions of
several versions. C has (`target_clones`): the kernel is built for three levels of x86-64, and the right one chosen at start. On
other processors the compiler's own choice is taken.

**Measured and not taken**. The products are measured again with every report; the other figures are from the course of the work,
each pair from the same hour, on an AMD EPYC of family 26 whose cores were shared:

| what | figure | in its place |
| --- | --- | --- |
| dispersion as a product with a circulant matrix (`sgemm`), one road, one block | {disperse:.1f} µs | {arrive3:.2f} µs for mixing three sources and dispersing, by recursion |
| mixing as a product of all lane groups of a junction and its roads (`sgemm`), a road | {mix:.2f} µs | {added:.3f} µs for each source beyond the first |
| 16 candidates in a block, kernel alone, 2 lane groups a road | 66 Gflop/s | 91 with 32 |
| 64 candidates in a block, likewise, 64 and 200 roads | 80 and 68 Gflop/s | 92 and 91 with 32 |
| three lane groups as two queues side by side and one on its own | 57 Gflop/s in all | 64 with three side by side |
| dispersion with two dependent operations a second | 0.39 µs a road of three sources | 0.27 with one |
| comparing departures by the greatest change | 3.2 billion link-bins/s | 3.6 with squares, greens turned round by block |
| Q' the greater of 0 and Q + IN − GO, OUT what is left | 3.65 billion link-bins/s | 3.8 with OUT the lesser of Q + IN and GO |
| roads in the order of their junctions, for the cache | 4.3 billion link-bins/s, twice the passes | 3.85 in the order of the flows |
| profiles settled to 10⁻⁴ veh/s in every second | 5.8 passes, costs within 10⁻⁵ | 4.6 passes, costs within 10⁻⁴ |

The products lose because they do what is not needed: 2·C operations a second where the recursion needs 5, and all shares of a
junction where most are zero.

**Changes at one junction** are followed until departures change by no more than the tolerance: the profiles of a plan are kept, the
roads reached are computed anew, and put back afterwards.

**Offset tables**: all C shifts of a road's arrivals are the candidates of one call, read from the reversed arrivals at
neighbouring addresses.
"""


def report(results, arguments, date):
    medians = {name: result["medians"] for name, result in results.items()}

    rows = []
    for label, key, scale, form in (
            ("link-bins, one thread, 10⁹/s", "rate", 1e9, ".2f"), ("arithmetic, one thread, Gflop/s", "operations", 1e9, ".1f"),
            ("matrix product, one thread, Gflop/s", "product", 1e9, ".1f"),
            ("**arithmetic over the product**", "share", 1, ".2f"),
            ("matrix product with AVX-512 (OPENBLAS_CORETYPE=SkylakeX), Gflop/s", "wide", 1e9, ".1f"),
            ("arithmetic over that product", "wide_share", 1, ".2f"), ("NumPy, link-bins, 10⁹/s", "numpy", 1e9, ".3f"),
            ("**one thread over NumPy**", "over_numpy", 1, ".1f"), ("**two threads over NumPy**", "all_over_numpy", 1, ".1f"),
            ("**two threads over one**", "two", 1, ".2f"),
            ("processor time of one thread over that of both", "kept", 1, ".2f"), ("candidates, one thread, 10³/s", "candidates", 1e3, ".1f"),
            ("one thread over the double reference", "over_reference", 1, ".0f"),
            ("a change at one junction: whole network over what is reached, time", "change", 1, ".2f"),
            ("an offset table, all differences, µs", "table", 1e-6, ".1f"), ("load of the machine", "load", 1, ".1f")):
        if all(key in median for median in medians.values()):
            cells = []
            for name, result in results.items():
                values = [value / scale for value in result["rounds"][key]]
                cells.append(f"{statistics.median(values):{form}} ({min(values):{form}} – {max(values):{form}})")
            rows.append([label, *cells])
    facts = [
        [label, *(form(result) for result in results.values())] for label, form in (
            ("junctions, roads, lane groups", lambda r: f"{r['junctions']}, {r['roads']}, {r['lane_groups']}"),
            ("lane groups that give way", lambda r: str(r["giving_way"])),
            ("passes over a lane group", lambda r: f"{r['passes']:.1f}"),
            ("operations of a link-bin", lambda r: f"{r['operations_per_link_bin']:.1f}"),
            ("greatest difference from the double reference", lambda r: f"{r['accuracy']:.1e}"),
            ("greatest difference from NumPy", lambda r: f"{r['numpy_difference']:.1e}"),
            ("candidates that NumPy takes at once", lambda r: str(r["numpy_width"])),
            ("a change at one junction: link-bins of the whole over those reached", lambda r: f"{r['change_work']:.2f}"),
            ("greatest difference of its costs from the whole network's", lambda r: f"{r['change_difference']:.1e}"))]
    alternatives = next(iter(results.values()))["alternatives"]
    processor = next(
        (line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
         if line.startswith("model name")), platform.machine())
    swift = run("swift", "--version").splitlines()[0]
    notes = NOTES.format(
        disperse=alternatives["disperseByProduct"] * 1e6, arrive3=alternatives["arriveOfThree"] * 1e6,
        mix=alternatives["mixFourByProduct"] / 4 * 1e6,
        added=(alternatives["arriveOfThree"] - alternatives["arriveOfOne"]) / 2 * 1e6)
    return f"""# How fast the cyclic flow profile engine is

Made by `{command("profiles")}` on {date}: {processor}, {os.cpu_count()} cores; {swift};
{next(iter(results.values()))['library']}; NumPy {np.__version__}. Cycle {arguments.cycle} s, {arguments.candidates} candidates,
{arguments.rounds} rounds: medians, with the least and the greatest.

{__doc__.split(chr(10) * 2, 1)[1].rsplit(chr(10) * 2, 1)[0]}

{table(["", *results], facts)}

{table(["", *results], rows)}

{notes}"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench profiles", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="folders of Networks with counts, commas between")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cycle", type=int, default=90, help="common cycle, s")
    parser.add_argument("--candidates", type=int, default=4096)
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    if arguments.rounds < 1 or arguments.candidates < WIDTHS[0]:
        parser.error(f"expected at least 1 round and {WIDTHS[0]} candidates")
    unknown = [name for name in arguments.networks.split(",") if not (ROOT / "Networks" / name / "counts.csv").exists()]
    if unknown:
        parser.error(f"no network with counts: {', '.join(unknown)}")
    program_file = built(PROGRAM)
    with tempfile.TemporaryDirectory(prefix="greenband-") as temporary:
        results = {
            name: measure(program_file, name, arguments, pathlib.Path(temporary)) for name in arguments.networks.split(",")}
    if arguments.report:
        pathlib.Path(arguments.report).write_text(report(results, arguments, datetime.date.today().isoformat()))
    print(json.dumps({
        name: {**result["medians"], "passes": result["passes"], "accuracy": result["accuracy"],
               "operations_per_link_bin": result["operations_per_link_bin"], "change_work": result["change_work"]}
        for name, result in results.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
