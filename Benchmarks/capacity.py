#!/usr/bin/env python3
"""What leaves a queue in each green: the model's capacity beside SUMO's.

One approach of a crossroads has a queue all the time: through traffic on one lane or two, or a left turn, with an arrow or
against random traffic that queues in red, on one lane or two. On 200 m vehicles stop once and leave; on 400 m they move up and
stop again, and stand farther apart. Cars are SUMO's own, cycles as long as the green and 45 s of red and yellow. SUMO's figures
are vehicles that pass the stop line of each lane per green, mean over seeds 1 to 3 of an hour each, without its first five
minutes; the model's are the capacity that it states for the same network, as `greenband import` reads it.

The last line on standard output is one JSON object. `--report FILE` also writes a page of tables.
"""

import argparse
import concurrent.futures
import datetime
import json
import pathlib
import re
import statistics
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from streets import GREENBAND, command, run, say, table

# Among the tools, which `streets` makes known.
import sumo_delay  # noqa: E402

SEEDS = (1, 2, 3)
DURATION, WARM_UP, INTERVAL = 3600, 300, 300
RED, YELLOW = 42, 3
# Of the approach, where its vehicles stop once and more than once, m.
SHORT, LONG = 200, 400
# Lanes and length of approaches of through traffic.
QUEUES = ((1, SHORT), (1, LONG), (2, LONG))
GREENS = (10, 20, 30, 45)
SPEEDS = (8.33, 11.11, 13.89, 16.67)
# Left turns for which there are gaps: lanes that oppose them, radius of the corners of the junction, m, and flows in veh/h.
NARROW, WIDE = 4, 15
GAPS = ((1, NARROW, (100, 200, 400, 600)), (2, NARROW, (200, 400, 600, 800)), (2, WIDE, (200, 400, 600, 800)))
GAP_GREENS = (20, 30, 45)
# What tells one case from another.
KEYS = ("kind", "lanes", "length", "speed", "facing", "radius", "opposing", "green")
# Demand that keeps a queue on each lane, veh/h.
QUEUED = 1500


def build(folder, speed, lanes, state, green, length, facing, radius):
    """Makes the crossroads, with one stage in which the movements of `state` have green; returns its network file."""
    edges = [("in", "west", "J", lanes + 1), ("against", "east", "J", facing), ("through", "J", "east", lanes),
             ("left", "J", "north", 1), ("back", "J", "west", facing)]
    place = {"west": (-length, 0), "east": (LONG, 0), "north": (0, LONG), "J": (0, 0)}
    (folder / "s.nod.xml").write_text("<nodes>" + "".join(
        f'<node id="{name}" x="{x}" y="{y}" radius="{radius}" type="{"traffic_light" if name == "J" else "priority"}"/>'
        for name, (x, y) in place.items()) + "</nodes>")
    (folder / "s.edg.xml").write_text("<edges>" + "".join(
        f'<edge id="{name}" from="{start}" to="{end}" numLanes="{count}" speed="{speed}"/>'
        for name, start, end, count in edges) + "</edges>")
    connections = [("in", "through", lane, lane) for lane in range(lanes)]
    connections += [("in", "left", lanes, 0)] + [("against", "back", lane, lane) for lane in range(facing)]
    (folder / "s.con.xml").write_text("<connections>" + "".join(
        f'<connection from="{start}" to="{end}" fromLane="{lane}" toLane="{other}"/>'
        for start, end, lane, other in connections) + "</connections>")
    net = folder / "s.net.xml"
    run(sumo_delay.program("netconvert"), "-n", folder / "s.nod.xml", "-e", folder / "s.edg.xml", "-x",
        folder / "s.con.xml", "--no-turnarounds", "-o", net)
    signals = {}
    for connection in ElementTree.parse(net).getroot().iter("connection"):
        if connection.get("linkIndex"):
            signals[int(connection.get("linkIndex"))] = connection.get("from"), connection.get("to")
    shown = "".join(state.get(signals[number], "r") for number in range(len(signals)))
    phases = [(green, shown), (YELLOW, re.sub("[Gg]", "y", shown)), (RED, "r" * len(shown))]
    program = "".join(f'<phase duration="{time}" state="{text}"/>' for time, text in phases)
    net.write_text(re.sub(r'(<tlLogic[^>]*>).*?(</tlLogic>)', rf"\1{program}\2", net.read_text(), flags=re.DOTALL))
    return net


def in_sumo(folder, net, lanes, flows, cycle, seed):
    """Vehicles that pass the stop line of each of some lanes per cycle."""
    routes, loops, seen = (folder / f"{seed}.{kind}.xml" for kind in ("rou", "add", "seen"))
    routes.write_text("<routes>" + "".join(
        f'<flow id="{start}{end}" begin="0" end="{DURATION}" period="exp({flow / 3600})" departLane="best" '
        f'departSpeed="max"><route edges="{start} {end}"/></flow>' for (start, end), flow in flows.items()) + "</routes>")
    loops.write_text("<additional>" + "".join(
        f'<instantInductionLoop id="{lane}" lane="{lane}" pos="-0.5" file="{seen}"/>' for lane in lanes)
        + "</additional>")
    run(sumo_delay.program("sumo"), "-n", net, "-r", routes, "-a", loops, "-e", DURATION, "--seed", seed,
        "--step-length", 1, "--time-to-teleport", -1, "--no-step-log", "--no-warnings")
    first, last = -(-WARM_UP // cycle), DURATION // cycle
    passed = sum(
        event.get("state") == "leave" and first * cycle <= float(event.get("time")) < last * cycle
        for event in ElementTree.parse(seen).getroot().iter("instantOut"))
    return passed / (last - first) / len(lanes)


def in_model(folder, net, movement, lanes, flows, cycle):
    """The same by the capacity that the model states."""
    network = folder / "network.json"
    run(GREENBAND, "import", "sumo", net, "-o", network)
    names = {(row["from"], row["to"]): row for row in json.loads(network.read_text())["movements"]}
    count = DURATION // INTERVAL
    document = {
        "format": "greenband-flows", "version": 1, "start_s": 0, "intervalLength_s": INTERVAL, "intervalCount": count,
        "sources": [
            {"link": link, "flow_vehPerHour": [sum(flow for (start, _), flow in flows.items() if start == link)] * count}
            for link in {start for start, _ in flows}],
        "movements": [
            {"movement": names[ends]["id"], "flow_vehPerHour": [flow] * count, "standardError_vehPerHour": [0] * count,
             "laneShares": [1 / len(names[ends]["connections"])] * len(names[ends]["connections"])}
            for ends, flow in flows.items()],
        "crossings": [],
    }
    (folder / "flows.json").write_text(json.dumps(document))
    figures = json.loads(run(GREENBAND, "evaluate", network, "--flows", folder / "flows.json", "--json"))
    stated, = (row for row in figures["movements"] if row["movement"] == names[movement]["id"])
    return stated["capacityPerHour"] * cycle / 3600 / lanes


def measure(case):
    """One case: what both say, vehicles per green and lane."""
    with tempfile.TemporaryDirectory(prefix="greenband-") as place:
        folder = pathlib.Path(place)
        lanes, green = case.get("lanes", 1), case["green"]
        turn = case["kind"] != "through"
        movement = ("in", "left" if turn else "through")
        opposing = case.get("opposing")
        state = {movement: "g" if opposing else "G"} | ({("against", "back"): "G"} if opposing else {})
        net = build(folder, case["speed"], lanes, state, green, case["length"], case.get("facing", 1),
                    case.get("radius", NARROW))
        flows = {movement: QUEUED * lanes} | ({("against", "back"): opposing} if opposing else {})
        cycle = green + RED + YELLOW
        watched = [f"in_{lanes}"] if turn else [f"in_{lane}" for lane in range(lanes)]
        found = [in_sumo(folder, net, watched, flows, cycle, seed) for seed in SEEDS]
        model = in_model(folder, net, movement, lanes, flows, cycle)
    return case | {"sumo": statistics.mean(found), "model": model, "ratio": model / statistics.mean(found)}


def cases():
    for lanes, length in QUEUES:
        for speed in SPEEDS:
            for green in GREENS:
                yield {"kind": "through", "lanes": lanes, "length": length, "speed": speed, "green": green}
    for green in GREENS:
        yield {"kind": "left, arrow", "length": LONG, "speed": 13.89, "green": green}
    for facing, radius, flows in GAPS:
        for opposing in flows:
            for green in GAP_GREENS:
                yield {"kind": "left, gaps", "length": LONG, "speed": 13.89, "green": green, "opposing": opposing,
                       "facing": facing, "radius": radius}


def cell(row):
    return f"{row['model']:.1f} / {row['sumo']:.1f} = {row['ratio']:.2f}"


def page(rows, date):
    found = {tuple(row.get(key) for key in KEYS): row for row in rows}
    through = [
        [f"{lanes} lane{'s' if lanes > 1 else ''} of {length} m, {speed} m/s",
         *(cell(found["through", lanes, length, speed, None, None, None, green]) for green in GREENS)]
        for lanes, length in QUEUES for speed in SPEEDS]
    through.append([
        f"left with an arrow, {LONG} m, 13.89 m/s",
        *(cell(found["left, arrow", None, LONG, 13.89, None, None, None, green]) for green in GREENS)])
    gaps = [
        [f"{facing} lane{'s' if facing > 1 else ''}, {radius} m", opposing,
         *(cell(found["left, gaps", None, LONG, 13.89, facing, radius, opposing, green]) for green in GAP_GREENS)]
        for facing, radius, flows in GAPS for opposing in flows]
    return f"""# Capacity beside SUMO's

Made by `{command("capacity")}` on {date}, with SUMO 1.28.0.

{__doc__.split(chr(10) * 2)[1]}

Vehicles per green and lane, model / SUMO = ratio, by green in s:

{table(["queue", *map(str, GREENS)], through)}

A left turn that looks for gaps, on {LONG} m, by the lanes that oppose it, the radius of the corners of the junction, and the
opposing traffic in veh/h:

{table(["lanes, radius", "opposing", *map(str, GAP_GREENS)], gaps)}
"""


def main():
    parser = argparse.ArgumentParser(
        prog="Tools/bench capacity", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    rows = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row in pool.map(measure, cases()):
            say(", ".join(str(row[key]) for key in KEYS if key in row) + f": {cell(row)}")
            rows.append(row)
    if arguments.report:
        pathlib.Path(arguments.report).write_text(page(rows, datetime.date.today().isoformat()))
    ratios = {}
    for row in rows:
        ratios.setdefault(row["kind"], []).append(row["ratio"])
    print(json.dumps({"ratio": {kind: [min(found), statistics.median(found), max(found)] for kind, found in ratios.items()},
                      "cases": rows}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
