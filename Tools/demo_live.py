#!/usr/bin/env python3
"""Runs a city live: a centre, and a street in SUMO with a controller at every junction.

Demand halves and doubles within the hour, and plans follow it. In the middle the centre is killed; every junction goes to
its fallback programme when its lease lapses. Then the centre is started again, and takes over with nothing lost that it
had acknowledged.
"""

import argparse
import hashlib
import json
import os
import pathlib
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

import street_demand
import sumo_delay

ROOT = sumo_delay.HERE.parent
GREENBAND = ROOT / ".build" / "release" / "greenband"
NETWORKS = ROOT / "Networks"
BEGIN, END = 0, 3600
LEASE = 60
# Time that one reading is about, s.
READING = 10
# The longest that a controller may take from one plan to another: a cycle and its intergreens.
TRANSITION = 200


def say(text):
    print(f"• {text}", file=sys.stderr, flush=True)


def fail(text):
    sys.exit(f"demo-live: {text}")


def run(*command, cwd=None):
    done = subprocess.run([str(part) for part in command], cwd=cwd, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        fail(f"{' '.join(str(part) for part in command[:3])} failed")
    return done.stdout


def demand(second):
    """Half of what was counted, then all of it, then half again."""
    return 1.0 if 1200 <= second < 2700 else 0.5


class Centre:
    """`greenband serve` as a process of its own, which may be killed and started again on the same store."""

    def __init__(self, folder, network, every, role="viewer", approval="automatic"):
        self.folder, self.token, self.port = folder, secrets.token_urlsafe(24), 0
        self.ports, self.process = None, None
        digest = hashlib.sha256(self.token.encode()).hexdigest()
        self.template = f"""\
version: 1
network: {network}
store: centre.sqlite
clock: street
lease_s: {LEASE}
edges: {{port: PORT}}
http: {{port: 0}}
people: [{{name: demo, role: {role}, token_sha256: {digest}}}]
adaptation: {{every_s: {every}, window_s: 600, deadline_s: 5, approval: {approval}}}
"""

    def start(self):
        configuration = self.folder / "city.yaml"
        configuration.write_text(self.template.replace("PORT", str(self.port)))
        log = open(self.folder / "centre.log", "a")
        self.process = subprocess.Popen(
            [GREENBAND, "serve", configuration, "--log-level", "info"], stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if not line:
            fail(f"the centre did not start; see {log.name}")
        self.ports = json.loads(line)
        self.port = self.ports["edges"]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            return self.process.wait(timeout=30)
        return None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.ports['http']}/"

    def ask(self, path, method="GET"):
        request = urllib.request.Request(
            self.url + path, method=method, headers={"Authorization": f"Bearer {self.token}"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.load(answer)
        except OSError:
            return None


class Trace:
    """What controllers ran, second by second, as the street writes it."""

    def __init__(self, path):
        self.path, self.position, self.lines = path, 0, []

    def read(self):
        if self.path.exists():
            with open(self.path) as file:
                file.seek(self.position)
                for line in iter(file.readline, ""):
                    if not line.endswith("\n"):
                        break
                    self.position += len(line)
                    self.lines.append(json.loads(line))
        return self.lines

    @property
    def now(self):
        return self.read()[-1]["time"] if self.read() else BEGIN

    def first(self, since, holds):
        return next((line["time"] for line in self.read() if line["time"] >= since and holds(line["running"])), None)


def stored_seconds(store):
    """How many seconds of how many detectors the store has, each once."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as database:
        return round(database.execute(
            "SELECT sum(length_s) FROM (SELECT DISTINCT detector, start_s, length_s FROM reading)").fetchone()[0] or 0)


def prepare(folder):
    network, counts = NETWORKS / "hangzhou" / "network.json", NETWORKS / "hangzhou" / "counts.csv"
    run(GREENBAND, "export", "sumo-network", network, "--folder", folder, "--name", "street")
    run(sumo_delay.program("netconvert"), "-c", "street.netccfg", cwd=folder)
    run(GREENBAND, "export", "sumo-routes", network, "--counts", counts, "-o", folder / "all.rou.xml")
    read, written = street_demand.redraw(folder / "all.rou.xml", folder / "street.rou.xml", demand, seed=0)
    say(f"{written} of {read} vehicles: half the demand, from 1200 s to 2700 s all of it, then half again")
    run(GREENBAND, "import", "sumo", folder / "street.net.xml", "-o", folder / "network.json")
    return json.loads((folder / "network.json").read_text())


def start_street(folder, centre, trace, pace):
    """The street in SUMO with its controllers, as a process of its own."""
    return subprocess.Popen(
        [str(part) for part in (
            GREENBAND, "street", "--net", folder / "street.net.xml", "--routes", folder / "street.rou.xml",
            "--begin", BEGIN, "--end", END, "--centre", f"127.0.0.1:{centre.port}", "--pace", pace,
            "--trace", trace.path, "--json")], stdout=subprocess.PIPE, text=True)


def watch(centre, street, trace, until, row):
    """Prints a row every now and then until the street has come to a time."""
    shown = -1
    while trace.now < until:
        if street.poll() is not None:
            fail("the street ended early")
        if trace.now // 150 != shown:
            shown = trace.now // 150
            row(centre)
        time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser(prog="Tools/demo-live", description=__doc__)
    parser.add_argument("--pace", type=float, default=40, help="simulated seconds in one second")
    parser.add_argument("--every", type=int, default=300, help="time between two decisions, s")
    parser.add_argument("--folder", help="where files stay")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="greenband-live-") as name:
        folder = pathlib.Path(arguments.folder or name)
        folder.mkdir(parents=True, exist_ok=True)
        say("Hangzhou, Gudang district: 16 junctions in SUMO, each with a controller; one centre")
        network = prepare(folder)
        centre = Centre(folder, folder / "network.json", arguments.every)
        centre.start()
        trace = Trace(folder / "trace.jsonl")
        street = start_street(folder, centre, trace, arguments.pace)
        try:
            return tell(folder, network, centre, street, trace)
        finally:
            street.kill()
            centre.stop()


def tell(folder, network, centre, street, trace):
    junctions = len(network["junctions"])
    print(f"{'time, s':>8} {'on lease':>9} {'fallback':>9} {'entering, veh/h':>16} {'delay, s/veh':>13}  cycle, s; last change")

    def row(centre):
        health, vital = centre.ask("health"), centre.ask("api/v1/vital-signs")
        views = centre.ask("api/v1/junctions")
        running = trace.read()[-1]["running"] if trace.read() else {}
        cycles = sorted({view["plan"]["cycle_s"] for view in views or [] if "plan" in view})
        reasons = sorted((view["origin"]["time"], view["origin"]["reason"]) for view in views or [] if "origin" in view)
        print(
            f"{trace.now:8} {running.get('plan', 0):9} {running.get('fallback', 0):9} "
            + (f"{vital['demand_vehPerHour']:16.0f} {vital['delay_sPerVehicle']:13.1f}  " if vital else f"{'–':>16} {'–':>13}  ")
            + (f"{', '.join(f'{cycle:g}' for cycle in cycles)}; {reasons[-1][1]}" if health and reasons else "no centre"),
            flush=True)

    watch(centre, street, trace, 1800, row)
    killed = trace.now
    plans_before = centre.ask("api/v1/proposals?state=approved") or []
    centre.kill()
    print(f"{killed:8} the centre is killed (SIGKILL)", flush=True)
    watch(centre, street, trace, killed + LEASE + TRANSITION, row)
    fallen = trace.first(killed, lambda running: running.get("fallback", 0) == junctions)
    if fallen is None:
        fail(f"not every junction was on its fallback programme {LEASE + TRANSITION} s after the centre was killed")
    print(f"{trace.now:8} every junction has run its fallback programme since {fallen} s, {fallen - killed} s after the kill",
          flush=True)
    centre.start()
    restarted = trace.now
    print(f"{restarted:8} the centre is started again", flush=True)
    watch(centre, street, trace, END - 10, row)
    recovered = trace.first(restarted, lambda running: running.get("plan", 0) == junctions)
    figures = json.loads(street.communicate()[0].splitlines()[-1])
    if recovered is None:
        fail("not every junction came back onto a leased plan")
    code = centre.stop()
    seconds = END - BEGIN
    expected = len(network["detectors"]) * seconds
    stored = stored_seconds(folder / "centre.sqlite")
    run(GREENBAND, "audit", "verify", folder / "centre.sqlite")
    # What is counted in the last seconds has nobody to send it when the street ends.
    missing = max(0, expected - READING * len(network["detectors"]) - stored)
    print(f"""
Every junction was on its fallback programme {fallen - killed} s after the kill (lease {LEASE} s, and one safe transition),
and on a leased plan again {recovered - restarted} s after the restart; plans approved before the kill: {len(plans_before)}.
Readings: {stored} detector-seconds of {expected} stored, {missing} lost. Centre ended in order: {'yes' if code == 0 else f'no ({code})'}.
Total delay {figures['total_delay']:.1f} s for each of {figures['vehicles']:.0f} vehicles.""")
    print(json.dumps({
        "fallback_after_s": fallen - killed, "lease_s": LEASE, "recovery_after_s": recovered - restarted,
        "readings_lost": missing, "total_delay": figures["total_delay"], "seconds": figures["seconds"]}))
    return 0 if missing == 0 and code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
