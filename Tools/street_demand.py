"""Vehicles of a SUMO route file, drawn anew so that their number follows a profile of the hour."""

import random
import xml.etree.ElementTree as ElementTree


def redraw(source, target, factor, seed):
    """Writes each vehicle as many times as `factor(departure)` says, in the mean, up to 20 s earlier or later.

    Returns how many were read and written.
    """
    tree = ElementTree.parse(source)
    root = tree.getroot()
    draws = random.Random(seed)
    vehicles = [child for child in root if child.tag in ("vehicle", "trip")]
    drawn = []
    for vehicle in vehicles:
        departure = float(vehicle.get("depart"))
        wanted = factor(departure)
        copies = int(wanted) + (draws.random() < wanted - int(wanted))
        for number in range(copies):
            copy = ElementTree.Element(vehicle.tag, dict(vehicle.attrib))
            copy.extend(list(vehicle))
            if number > 0:
                copy.set("id", f"{vehicle.get('id')}.{number}")
                departure = max(0.0, departure + draws.uniform(-20, 20))
                copy.set("depart", f"{departure:.2f}")
            drawn.append((departure, len(drawn), copy))
        root.remove(vehicle)
    for _, _, copy in sorted(drawn, key=lambda entry: entry[:2]):
        root.append(copy)
    tree.write(target, encoding="UTF-8", xml_declaration=True)
    return len(vehicles), len(drawn)
