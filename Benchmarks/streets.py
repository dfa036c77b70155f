"""The networks that plans are measured on, and what all measurements do with them."""

import argparse
import datetime
import functools
import json
import pathlib
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Tools"))
import sumo_delay  # noqa: E402

GREENBAND = ROOT / ".build" / "release" / "greenband"
DATA = ROOT.parent / "shared" / "data" / "sumo"
# Analysis period of each network, s.
NETWORKS = {
    "cologne1": (25200, 28800), "cologne8": (25200, 28800), "ingolstadt1": (57600, 61200),
    "ingolstadt7": (57600, 61200), "grid4x4": (0, 3600), "hangzhou": (0, 3600),
}
# Networks that PyPI carries, with their files below the package's folder of networks: the others of the RESCO benchmark,
# and made ones.
PACKAGE = "sumo-rl==1.4.5"
PACKAGED = {
    "cologne3": ("RESCO/cologne3/cologne3", "RESCO/cologne3/cologne3", 25200, 28800),
    "ingolstadt21": ("RESCO/ingolstadt21/ingolstadt21", "RESCO/ingolstadt21/ingolstadt21", 57600, 61200),
    "arterial4x4": ("RESCO/arterial4x4/arterial4x4", "RESCO/arterial4x4/arterial4x4_1", 0, 3600),
    "single": ("single-intersection/single-intersection", "single-intersection/single-intersection", 0, 3600),
    "2way": (
        "2way-single-intersection/single-intersection", "2way-single-intersection/single-intersection-gen", 0, 3600),
    "double": ("double/network", "double/flow", 0, 3600),
    "2x2grid": ("2x2grid/2x2", "2x2grid/2x2", 0, 3600),
    "3x3grid": ("3x3grid/3x3Grid2lanes", "3x3grid/routes14000", 0, 3600),
    "4x4-Lucas": ("4x4-Lucas/4x4", "4x4-Lucas/4x4c1c2c1c2", 0, 3600),
    "Nguyen": ("Nguyen/nguyentl", "Nguyen/nguyentesteod", 0, 3600),
}
# Our own networks with what their demand is given by, and the period.
OWN_NETWORKS = {
    "Networks/hangzhou": ("--counts", "counts.csv", 0, 3600), "Networks/district": ("--counts", "counts.csv", 0, 3600),
    "Networks/hcm": ("--flows", "flows.json", 0, 900),
}
SEEDS = [1, 2, 3, 4, 5]


def run(*command, cwd=None):
    """Runs a program and returns what it printed; ends with its own words when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{pathlib.Path(str(command[0])).name} failed:\n{(done.stderr or done.stdout).strip()}")
    return done.stdout


@functools.cache
def built(program):
    """Builds one of the programs of this package, once; returns its path."""
    say(f"building {program}")
    scratch = ROOT / ".build" / "benchmarks"
    run("swift", "build", "-c", "release", "--package-path", ROOT / "Benchmarks", "--scratch-path", scratch,
        "--product", program, "-Xswiftc", "-cross-module-optimization")
    return scratch / "release" / program


@functools.cache
def package_folder():
    """Fetches the package with the other networks, once; returns the folder of them."""
    place = ROOT / ".build" / "networks" / PACKAGE / "nets"
    if not place.exists():
        say(f"fetching {PACKAGE} for its networks")
        with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
            run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest",
                folder, PACKAGE)
            wheel, = pathlib.Path(folder).glob("*.whl")
            shutil.unpack_archive(wheel, pathlib.Path(folder) / "package", "zip")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(pathlib.Path(folder) / "package" / "sumo_rl" / "nets", place)
    return place


class Street:
    """One network with its traffic and a folder for what is made of them."""

    # Whether the traffic is a list of real vehicles; else it is drawn from counts.
    has_vehicles = True

    def __init__(self, name, folder):
        self.name = name
        if name in PACKAGED:
            net, routes, self.begin, self.end = PACKAGED[name]
            self.net, self.routes = package_folder() / f"{net}.net.xml", package_folder() / f"{routes}.rou.xml"
        else:
            self.net, self.routes = (DATA / name / f"{name}.{kind}.xml" for kind in ("net", "rou"))
            self.begin, self.end = NETWORKS[name]
        self.folder = folder / name
        self.begun = begun(self.folder)

    def delays(self, plan, routes=None, seeds=None):
        """Mean total delay of each seed under a plan (additional files; none for the own programs)."""
        results = sumo_delay.seeds(
            str(self.net), str(routes or self.routes), self.begin, self.end, seeds or SEEDS,
            [str(file) for file in plan])
        return [result["total_delay"] for result in results]

    def plan(self, stages):
        """Makes our plan, with network.json, flows.json, plan.json and plan.add.xml; returns its program and the figures."""
        out = self.folder / stages
        done = run(
            ROOT / "Tools" / "sumo-plan", "--net", self.net, "--routes", self.routes, "--begin", self.begin, "--end",
            self.end, "--seed", 0, "--stages", stages, "--out", out)
        return [out / "plan.add.xml"], json.loads(done.splitlines()[-1])


class OwnStreet(Street):
    """One of our own networks: SUMO's network and vehicles are made from our documents."""

    has_vehicles = False

    def __init__(self, name, folder):
        self.name = name
        kind, file, self.begin, self.end = OWN_NETWORKS[name]
        self.network = ROOT / name / "network.json"
        self.demand = [kind, ROOT / name / file]
        self.folder = folder / name
        self.begun = begun(self.folder)
        self.net, self.routes = self.folder / "street.net.xml", self.folder / "street.rou.xml"
        if self.routes.exists():
            # What is kept of an earlier measurement: netconvert writes the time into its file.
            return
        run(GREENBAND, "export", "sumo-network", self.network, "--folder", self.folder, "--name", "street")
        run(sumo_delay.program("netconvert"), "-c", "street.netccfg", cwd=self.folder)
        run(GREENBAND, "export", "sumo-routes", self.network, *self.demand, "--seed", 0, "-o", self.routes)

    def plan(self, stages):
        out = self.folder / stages
        out.mkdir(exist_ok=True)
        shutil.copyfile(self.network, out / "network.json")
        if self.demand[0] == "--flows":
            shutil.copyfile(self.demand[1], out / "flows.json")
        else:
            run(GREENBAND, "flows", self.network, *self.demand, "-o", out / "flows.json")
        model = json.loads(run(
            GREENBAND, "optimize", self.network, "--flows", out / "flows.json", "--stages", stages, "-o",
            out / "plan.json", "--json"))
        run(GREENBAND, "export", "sumo-program", self.network, out / "plan.json", "-o", out / "plan.add.xml")
        notices = {}
        for notice in json.loads((out / "plan.json").read_text())["notices"]:
            notices[notice["kind"]] = notices.get(notice["kind"], 0) + 1
        return [out / "plan.add.xml"], {"model": model, "notices": notices}


def begun(folder):
    """Makes a folder; the day on which that was done is kept in it: what is found there later may be as old as that."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "begun.txt"
    if not note.exists():
        times = [file.stat().st_mtime for file in folder.rglob("*") if file.is_file()]
        note.write_text(datetime.date.fromtimestamp(min(times, default=time.time())).isoformat())
    return note.read_text()


def dated(days):
    """Today for a page, with the oldest of the days on which parts of it were made where that is another."""
    today, oldest = datetime.date.today().isoformat(), min(days)
    return today if oldest == today else f"{today}, with results that were kept from {oldest} on"


def command(name):
    """The command that is running, for a page."""
    return shlex.join(["Tools/bench", name, *sys.argv[1:]])


def say(text):
    print(f"• {text}", file=sys.stderr, flush=True)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(map(str, row)) + " |" for row in rows])


def machine():
    try:
        models = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    except OSError:
        models = []
    return f"{models[0] if models else platform.machine()}, {len(models) or '?'} cores"


def street(name, folder):
    return (OwnStreet if name in OWN_NETWORKS else Street)(name, folder)


def main(name, words, measure, summary, report, known=(*NETWORKS, *PACKAGED)):
    """The command line of a benchmark that measures network by network: its result as JSON, and as a page where asked for."""
    parser = argparse.ArgumentParser(
        prog=f"Tools/bench {name}", description=words, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", default=",".join(NETWORKS), help="names, with commas between them")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--keep", help="folder in which plans and runs stay")
    parser.add_argument("--report", help="file for the page of tables")
    arguments = parser.parse_args()
    names = chosen(parser, arguments.networks, known)
    with tempfile.TemporaryDirectory(prefix="greenband-") as folder:
        place = pathlib.Path(arguments.keep or folder)
        members = [street(name, place) for name in names]
        results = {member.name: measure(member, arguments.seeds) for member in members}
    if arguments.report:
        date = dated(member.begun for member in members)
        pathlib.Path(arguments.report).write_text(report(results, arguments.seeds, date))
    print(json.dumps({"summary": summary(results), "networks": results}))
    return 0


def chosen(parser, text, known=(*NETWORKS, *PACKAGED)):
    """The networks that a command line names, all of them there."""
    names = text.split(",")
    for name in names:
        if name not in known:
            parser.error(f"--networks: {name} is not one of {', '.join(known)}")
        if name in NETWORKS and not (DATA / name).is_dir():
            sys.exit(f"{parser.prog}: {DATA / name} is not there")
    return names
