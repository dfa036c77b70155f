"""The networks that plans are measured on, and what all measurements do with them."""

import json
import pathlib
import subprocess
import sys

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
SEEDS = [1, 2, 3, 4, 5]


class Street:
    """One network with its traffic and a folder for what is made of them."""

    def __init__(self, name, folder):
        self.name = name
        self.net = DATA / name / f"{name}.net.xml"
        self.routes = DATA / name / f"{name}.rou.xml"
        self.begin, self.end = NETWORKS[name]
        self.folder = folder / name
        self.folder.mkdir(parents=True, exist_ok=True)

    def delays(self, plan, routes=None, seeds=None):
        """Mean total delay of each seed under a plan (additional files; none for the own programs)."""
        results = sumo_delay.seeds(
            str(self.net), str(routes or self.routes), self.begin, self.end, seeds or SEEDS,
            [str(file) for file in plan])
        return [result["total_delay"] for result in results]

    def plan(self, stages):
        """Makes our plan; returns its additional file and the figures."""
        out = self.folder / stages
        done = subprocess.run([
            str(ROOT / "Tools" / "sumo-plan"), "--net", self.net, "--routes", self.routes, "--begin", str(self.begin),
            "--end", str(self.end), "--seed", "0", "--stages", stages, "--out", out,
        ], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"sumo-plan failed on {self.name}:\n{done.stderr}")
        return [out / "plan.add.xml"], json.loads(done.stdout.splitlines()[-1])


def say(text):
    print(f"• {text}", file=sys.stderr, flush=True)


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def chosen(parser, text):
    """The networks that a command line names, all of them there."""
    names = text.split(",")
    for name in names:
        if name not in NETWORKS:
            parser.error(f"--networks: {name} is not one of {', '.join(NETWORKS)}")
        if not (DATA / name).is_dir():
            sys.exit(f"{parser.prog}: {DATA / name} is not there")
    return names
