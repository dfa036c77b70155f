"""Fixed-time plans made by SUMO's own tools, from the traffic itself."""

import pathlib
import subprocess
import sys

import sumo_delay


def tool(name):
    """Path of one of the scripts that come with SUMO."""
    import sumo

    return str(pathlib.Path(sumo.SUMO_HOME) / "tools" / name)


def _run(command, folder):
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{pathlib.Path(str(command[1])).name} failed: {done.stderr.strip()[-500:]}")


def fixed_time(net, routes, begin, end, yellow, folder):
    """Makes the plans; returns additional files by name.

    Signal settings after Webster (tlsCycleAdaptation), the same with one cycle and offsets (tlsCoordinator), and the
    network's own programs with offsets.
    """
    folder = pathlib.Path(folder)
    routed = routes
    if "<trip " in pathlib.Path(routes).read_text():
        # The tools read routes; trips have only their two ends.
        routed = folder / "routed.rou.xml"
        _run([sumo_delay.program("duarouter"), "-n", net, "-r", routes, "-o", routed, "-b", begin, "-e", end,
              "--ignore-errors", "--no-warnings"], folder)
    adapted, unified = folder / "adapted.add.xml", folder / "unified.add.xml"
    for path, more in ((adapted, []), (unified, ["--unified-cycle"])):
        _run([sys.executable, tool("tlsCycleAdaptation.py"), "-n", net, "-r", routed, "-o", path, "-b", begin,
              "-g", 5, "-y", yellow, *more], folder)
    coordinated, own = folder / "coordinated.add.xml", folder / "own-coordinated.add.xml"
    _run([sys.executable, tool("tlsCoordinator.py"), "-n", net, "-r", routed, "-a", unified, "-o", coordinated], folder)
    _run([sys.executable, tool("tlsCoordinator.py"), "-n", net, "-r", routed, "-o", own], folder)
    return {
        "tlsCycleAdaptation": [adapted], "tlsCycleAdaptation + tlsCoordinator": [unified, coordinated],
        "own + tlsCoordinator": [own],
    }
