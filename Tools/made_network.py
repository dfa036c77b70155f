"""What the makers of networks share: their arguments and files, how paths meet, intergreens, greens of stages.

Distances in m, speeds in m/s, times in s.
"""

import json
import math
import os
import signal
import sys

USAGE, CANNOT_WRITE = 64, 73  # exit codes, as greenband's own
YELLOW = 3
WALKING_SPEED = 1.2
LEAST_WALK = 6
PATH_LENGTH = {"right": 9, "through": 22, "left": 25}
TURNING_SPEED = {"right": 6.5, "through": 13.89, "left": 8}


def refuse(message, help_text):
    """Ends with the exit code of wrong usage."""
    usage = next(line for line in help_text.splitlines() if line.startswith("Usage:"))
    print(f"Error: {message}\n{usage}", file=sys.stderr)
    sys.exit(USAGE)


def read_arguments(help_text, least, most):
    """The arguments of the command line; prints the help where it is asked for."""
    arguments = sys.argv[1:]
    if any(argument in ("-h", "--help") for argument in arguments):
        print(help_text.strip())
        sys.exit(0)
    option = next((argument for argument in arguments if argument.startswith("-") and len(argument) > 1), None)
    if option is not None and not option[1:].isdigit():
        refuse(f"unknown option '{option}'", help_text)
    if not least <= len(arguments) <= most:
        expected = str(least) if least == most else f"{least} to {most}"
        refuse(f"expected {expected} arguments, found {len(arguments)}", help_text)
    return arguments


def read_folder(help_text, network):
    """The folder that the only argument names; without it, that of the network beside the tools."""
    arguments = read_arguments(help_text, 0, 1)
    tools = os.path.dirname(os.path.abspath(__file__))
    return arguments[0] if arguments else os.path.join(os.path.dirname(tools), "Networks", network)


def write_files(folder, contents):
    """Writes files of a folder, all or none: under other names first, which are taken away if anything goes wrong.

    `contents` maps names to pieces of text, which are taken as they are written.
    """
    temporary = {name: os.path.join(folder, f".{name}.{os.getpid()}") for name in contents}
    # Ended from outside, the program leaves by the same way, and so nothing behind.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        os.makedirs(folder, exist_ok=True)
        for name, pieces in contents.items():
            with open(temporary[name], "w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
        for name, path in temporary.items():
            os.replace(path, os.path.join(folder, name))
    except OSError as error:
        print(f"Error: cannot write to '{folder}': {error.strerror}", file=sys.stderr)
        sys.exit(CANNOT_WRITE)
    finally:
        for path in temporary.values():
            if os.path.exists(path):
                os.remove(path)


def document(kind, content):
    """The text of a document of greenband, indented."""
    text = json.dumps({"format": f"greenband-{kind}", "version": 1, **content}, indent=1, sort_keys=True)
    return [text, "\n"]


def paths_meet(one, other):
    """Whether two paths through a junction cross or merge.

    A path is the numbers of the legs that it comes from and goes to, legs counted counter-clockwise; traffic keeps to
    the right, so each leg shows its outbound side before its inbound side.
    """
    if one[0] == other[0]:
        return False
    if one[1] == other[1]:
        return True
    low, high = sorted((2 * one[0] + 1, 2 * one[1]))
    return sum(low < end < high for end in (2 * other[0] + 1, 2 * other[1])) == 1


def lane_connections(way, used, into):
    """Pairs of lanes, kerb first, by which a turn goes from the lanes marked for it into a road of `into` lanes."""
    pairs = []
    for position, lane in enumerate(used):
        to = {"right": position, "through": lane, "left": into - len(used) + position}[way]
        pairs.append((lane, max(0, min(to, into - 1))))
    return pairs


def vehicle_intergreen(path, red_amber):
    """From vehicles to vehicles: one of 6 m clears its path at 10 m/s; the others need 1 s to the conflict."""
    return max(YELLOW + math.ceil((path + 6) / 10 - 1), YELLOW + red_amber)


def vehicle_to_walk_intergreen(path):
    """From vehicles to people: one of 6 m clears its path at 10 m/s."""
    return YELLOW + math.ceil((path + 6) / 10)


def walk_intergreen(length):
    """From people to vehicles: all the way over the crossing."""
    return math.ceil(length / WALKING_SPEED)


def changes_between(sets, intergreens):
    """Time from the end of each stage to the start of the next."""
    changes = []
    for number, stage in enumerate(sets):
        following = sets[(number + 1) % len(sets)]
        changes.append(max([intergreens.get((a, b), 0) for a in stage if a not in following
                            for b in following if b not in stage] or [0]))
    return changes


def stage_greens(sets, weights, cycle, intergreens):
    """Greens of the vehicle groups as (start, length), and a second of each stage in which people walk too."""
    changes = changes_between(sets, intergreens)
    room = cycle - sum(changes)
    lengths = [room * weight // sum(weights) for weight in weights]
    lengths[0] += room - sum(lengths)
    starts = [sum(lengths[:k]) + sum(changes[:k]) for k in range(len(sets))]
    greens = {}
    for group in {group for stage in sets for group in stage}:
        member = [group in stage for stage in sets]
        greens[group] = []
        for first in range(len(sets)):
            if not member[first] or member[first - 1]:
                continue
            last = first
            while member[(last + 1) % len(sets)]:
                last = (last + 1) % len(sets)
            length = (starts[last] + lengths[last] - starts[first]) % cycle
            greens[group].append((starts[first], length))
    return greens, [start + min(3, length - 1) for start, length in zip(starts, lengths)]


def walk_green(walk, greens, cycle, intergreens):
    """The longest green of people while none of the traffic that they would meet is green, as (start, length).

    It lasts until the last second from which they are over before that traffic starts; its length is 0 where there is
    none.
    """
    foes = [ending for ending, starting in intergreens if starting == walk]
    busy = [((start - intergreens[walk, foe]) % cycle, length + intergreens[walk, foe] + intergreens[foe, walk])
            for foe in foes for start, length in greens[foe]]
    free = [all((second - start) % cycle >= length for start, length in busy) for second in range(cycle)]
    longest = (0, 0)
    for second in range(cycle):
        if free[second] and not free[second - 1]:
            length = 1
            while free[(second + length) % cycle]:
                length += 1
            longest = max(longest, (second, length), key=lambda run: run[1])
    return longest


def groups_at(second, greens, cycle, order):
    """Groups that are green at a second of the cycle."""
    return [group for group in order if any((second - start) % cycle < length for start, length in greens[group])]


def plan_document(junction, cycle, offset, greens, order):
    """The timing of a junction."""
    return {
        "junction": junction, "cycle_s": cycle, "offset_s": offset, "offsetReference": {"point": "cycleStart"},
        "greens": [{"group": group, "intervals": [
            {"start_s": start, "duration_s": length} for start, length in sorted(greens[group])]} for group in order]}
