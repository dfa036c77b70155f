#!/usr/bin/env python3
"""How near the model's delay is to SUMO's, for the network and movement by movement.

Both sides count the same thing: time lost on the roads before the signals and inside the junctions behind them, with
the wait to enter the network there, over every vehicle scheduled. SUMO's drivers lose a part of that whatever the
signals show, starting, dawdling and slowing down to turn: what one vehicle in twenty loses on the same roads, on its
own, with every signal green. That part is taken off, and shown, as is what SUMO's vehicles lose elsewhere. The flows
come from what detectors count in one run (seed 0); SUMO's figures are means over seeds 1 to 5.

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables.
"""

import argparse
import concurrent.futures
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

import streets
import sumo_signal_delay
from streets import GREENBAND, NETWORKS, SEEDS, Street, say, table

PLANS = ("present", "own", "free")
# A movement counts in the rank correlation when this many vehicles take it in the period.
LEAST_VEHICLES = 10
# Length of a link below which no vehicle has room on it, m: who waits at its end stands, in SUMO, on the road before.
ROOM_OF_VEHICLE = 7.5


def movement_names(network):
    """Name of each movement by its edge and the next."""
    document = json.loads(network.read_text())
    return {(movement["from"], movement["to"]): movement["id"] for movement in document["movements"]}


def with_their_roads(rows, network):
    """Movements of roads that have room for a vehicle, each with what its vehicles lose at the ends of links that have none.

    `rows` are name, delay in the model, delay in SUMO and vehicles.
    """
    document = json.loads(network.read_text())
    ends = {movement["id"]: (movement["from"], movement["to"]) for movement in document["movements"]}
    known = {name: list(values) for name, *values in rows}
    short = [link["id"] for link in document["links"] if link["length_m"] < ROOM_OF_VEHICLE]
    # Such links may follow one another.
    for link in short * len(short):
        behind = [name for name in known if ends[name][0] == link]
        before = [name for name in known if ends[name][1] == link]
        vehicles = sum(known[name][2] for name in behind)
        if not before or not vehicles:
            continue
        for place in (0, 1):
            lost = sum(known[name][place] * known[name][2] for name in behind) / vehicles
            for name in before:
                known[name][place] += lost
        for name in behind:
            del known[name]
    return [(name, *values) for name, values in known.items()]


def compare(street, stages, folder):
    """The model and SUMO on one network under one plan."""
    from scipy import stats

    network, flows = folder / "network.json", folder / "flows.json"
    present = stages == "present"
    modelled = json.loads(subprocess.run(
        [GREENBAND, "evaluate", network, *([] if present else [folder / "plan.json"]), "--flows", flows, "--json"],
        check=True, capture_output=True, text=True).stdout)
    reported = {row["movement"] for row in modelled["movements"]}
    movements = {ends: name for ends, name in movement_names(network).items() if name in reported}
    program = [] if present else [folder / "plan.add.xml"]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda seed: sumo_signal_delay.run(
            street.net, street.routes, street.begin, street.end, seed, movements, program), SEEDS))
    free, free_by_movement = sumo_signal_delay.free_flow(
        street.net, street.routes, street.begin, street.end, SEEDS, movements)
    rows = []
    for row in modelled["movements"]:
        seen = [run["movements"][row["movement"]] for run in runs]
        count = sum(vehicles for vehicles, _ in seen)
        if count >= LEAST_VEHICLES * len(runs):
            lost = sum(delay for _, delay in seen) / count - free_by_movement.get(row["movement"], 0)
            rows.append((row["movement"], row["delay"], lost, count / len(runs)))
    rows = with_their_roads(rows, network)
    signals = statistics.mean(run["signal_delay"] for run in runs) - free
    correlation = stats.spearmanr([row[1] for row in rows], [row[2] for row in rows]).statistic
    return {
        "model": modelled["delay"], "sumo_at_signals": signals, "sumo_free_flow": free,
        "sumo_total": statistics.mean(run["total_delay"] for run in runs), "ratio": modelled["delay"] / signals,
        "rank_correlation": float(correlation), "movements": rows,
    }


def report(results, date):
    rows = [
        [network, plan, f"{row['model']:.1f}", f"{row['sumo_at_signals']:.1f}", f"{row['ratio']:.2f}",
         f"{row['sumo_free_flow']:.1f}",
         f"{row['sumo_total'] - row['sumo_at_signals'] - row['sumo_free_flow']:.1f}", f"{row['rank_correlation']:.2f}",
         str(len(row["movements"]))]
        for network, plans in results.items() for plan, row in plans.items()]
    return f"""# How near the model is to SUMO

Made by `{streets.command("fidelity")}` on {date}, with SUMO 1.28.0, seeds 1 to 5. All delays in
seconds per scheduled vehicle.

{__doc__.split(chr(10) * 2)[1]}

The rank correlation (Spearman) is over the movements that at least {LEAST_VEHICLES} vehicles take. Links below {ROOM_OF_VEHICLE:g} m have no room for a
vehicle: who waits at their end stands on the road before them, and is counted there on both sides.

{table(["network", "plan", "model", "SUMO, at signals", "ratio", "SUMO, whatever they show", "SUMO, elsewhere", "rank correlation", "movements"],
       rows)}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench fidelity", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--plans", default=",".join(PLANS), help="of present, own, free")
    parser.add_argument("--keep", help="folder with plans that are there already, and where new ones stay")
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    results, days = {}, []
    with tempfile.TemporaryDirectory(prefix="greenband-") as temporary:
        for name in streets.chosen(parser, arguments.networks):
            street = Street(name, pathlib.Path(arguments.keep or temporary))
            days.append(street.begun)
            results[name] = {}
            for plan in arguments.plans.split(","):
                folder = street.folder / ("own" if plan == "present" else plan)
                if not (folder / "plan.add.xml").exists():
                    street.plan(folder.name)
                row = results[name][plan] = compare(street, plan, folder)
                say(f"{name}, {plan}: model {row['model']:.1f}, SUMO {row['sumo_at_signals']:.1f} at signals, "
                    f"{row['sumo_total']:.1f} in all, rank correlation {row['rank_correlation']:.2f}")
    if arguments.report:
        pathlib.Path(arguments.report).write_text(report(results, streets.dated(days)))
    print(json.dumps(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
