"""Delay at signals in SUMO, movement by movement: where on its way each vehicle lost its time.

Every second a vehicle loses 1 - speed / desired speed of it (SUMO's own definition of time loss). What it loses on a
road before a signal, and inside the junction behind that road, belongs to its movement there; what it waits to enter
the network belongs to its first movement. Everything else is lost elsewhere.
"""

import math
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import sumo_delay

ROW = re.compile(r'id="([^"]*)" speed="([^"]*)" lane="([^"]*)"')


def lane_limits(net):
    """Speed limit of every lane, inside junctions too, m/s."""
    limits = {}
    for _, element in ElementTree.iterparse(net):
        if element.tag == "lane":
            limits[element.get("id")] = float(element.get("speed"))
        if element.tag == "edge":
            element.clear()
    return limits


def first_edges(routes):
    """The edge on which each vehicle starts."""
    result = {}
    for _, element in ElementTree.iterparse(routes):
        if element.tag in ("trip", "vehicle"):
            route = element.find("route")
            result[element.get("id")] = element.get("from") if route is None else route.get("edges").split()[0]
    return result


def type_speeds(routes):
    """Greatest speed of each vehicle type that states one, m/s."""
    return {
        element.get("id"): float(element.get("maxSpeed"))
        for _, element in ElementTree.iterparse(routes) if element.tag == "vType" and element.get("maxSpeed")
    }


def all_green(net, path):
    """Writes programs in which every signal is always green."""
    programs = ElementTree.Element("additional")
    for _, element in ElementTree.iterparse(net):
        if element.tag == "tlLogic" and element.get("id") not in {program.get("id") for program in programs}:
            state = element.find("phase").get("state")
            program = ElementTree.SubElement(
                programs, "tlLogic", id=element.get("id"), type="static", programID="all-green", offset="0")
            ElementTree.SubElement(program, "phase", duration="90", state="G" * len(state))
    ElementTree.ElementTree(programs).write(path)


def free_flow(net, routes, begin, end, seeds, movements):
    """What a vehicle of each movement, and the mean vehicle, loses when it meets neither red nor traffic, s.

    SUMO's drivers dawdle, and slow down to turn: one vehicle in twenty, on its own, with every signal green.
    """
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        programs = os.path.join(folder, "green.add.xml")
        all_green(net, programs)
        runs = [run(net, routes, begin, end, seed, movements, [programs],
                    ["--scale", "0.05", "--collision.action", "none"]) for seed in seeds]
    rates = {}
    for name in movements.values():
        vehicles = sum(result["movements"][name][0] for result in runs)
        if vehicles:
            rates[name] = sum(result["movements"][name][1] for result in runs) / vehicles
    mean = sum(result["signal_delay"] * result["vehicles"] for result in runs) / sum(
        result["vehicles"] for result in runs)
    return mean, rates


def run(net, routes, begin, end, seed, movements, additional=(), more=()):
    """Runs SUMO once.

    `movements` maps (edge, next edge) to a name. Returns, for the whole run, vehicles scheduled, their total delay and
    their delay at signals, s; and for each movement its vehicles and their delay, s.
    """
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        files = {name: os.path.join(folder, name + ".xml") for name in ("fcd", "trips", "ways")}
        command = [
            sumo_delay.program(), "-n", str(net), "-r", str(routes), "-b", str(begin), "-e", str(end), "--seed",
            str(seed), "--step-length", "1", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings",
            "--tripinfo-output", files["trips"], "--tripinfo-output.write-unfinished",
            "--tripinfo-output.write-undeparted", "--vehroute-output", files["ways"],
            "--vehroute-output.write-unfinished", "--fcd-output", files["fcd"], "--fcd-output.attributes",
            "id,speed,lane", *more,
        ]
        if additional:
            command += ["-a", ",".join(str(file) for file in additional)]
        subprocess.run(command, check=True, capture_output=True, env=sumo_delay.ENVIRONMENT)
        return _attribute(net, routes, begin, end, movements, files)


def _attribute(net, routes, begin, end, movements, files):
    limits, starts, speeds = lane_limits(net), first_edges(routes), type_speeds(routes)
    approaches = {edge for edge, _ in movements}
    following = {}
    for _, element in ElementTree.iterparse(files["ways"]):
        if element.tag == "vehicle":
            edges = element.findall(".//route")[-1].get("edges").split()
            following[element.get("id")] = (edges, dict(zip(edges, edges[1:])))
            element.clear()
    drivers, at_entry, total = {}, {}, 0.0
    for _, element in ElementTree.iterparse(files["trips"]):
        if element.tag != "tripinfo":
            continue
        name, waited = element.get("id"), float(element.get("departDelay"))
        total += waited + (float(element.get("timeLoss")) if float(element.get("depart")) >= 0 else 0)
        drivers[name] = (float(element.get("speedFactor") or 1), speeds.get(element.get("vType"), math.inf))
        at_entry[name] = waited
        element.clear()
    delay = dict.fromkeys(movements.values(), 0.0)
    vehicles = dict.fromkeys(movements.values(), 0)
    signals = 0.0
    for name, waited in at_entry.items():
        edges, after = following.get(name, ([], {}))
        start = edges[0] if edges else starts.get(name)
        if start in approaches:
            signals += waited
        movement = movements.get((start, after.get(start)))
        if movement:
            delay[movement] += waited
        for pair in zip(edges, edges[1:]):
            if pair in movements:
                vehicles[movements[pair]] += 1
    edge_of = {lane: lane.rsplit("_", 1)[0] for lane in limits}
    last = {}
    with open(files["fcd"]) as rows:
        for row in rows:
            found = ROW.search(row)
            if not found:
                continue
            name, speed, lane = found.groups()
            edge = edge_of[lane]
            if edge[0] == ":":
                edge = last.get(name)
            else:
                last[name] = edge
            if edge not in approaches:
                continue
            factor, greatest = drivers[name]
            loss = max(0.0, 1 - float(speed) / min(limits[lane] * factor, greatest))
            signals += loss
            movement = movements.get((edge, following[name][1].get(edge)))
            if movement:
                delay[movement] += loss
    return {
        "vehicles": len(at_entry), "total_delay": total / max(1, len(at_entry)),
        "signal_delay": signals / max(1, len(at_entry)),
        "movements": {name: (vehicles[name], delay[name]) for name in delay},
    }
