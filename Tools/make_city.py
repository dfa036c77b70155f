"""Makes a made-up city with any number of signalised junctions: network.json and flows.json.

Usage: Tools/make-city JUNCTIONS SEED FOLDER

JUNCTIONS  How many junctions have signals: 4 to 20000.
SEED       A whole number from 0; the same number always makes the same files.
FOLDER     Where the files go; made where it is not there.

The city is irregular: streets join neighbours of jittered places, arterials lead across it, and traffic enters and
leaves at its edge and in streets inside. Junctions have three to five legs, some streets meet without signals, and some
junctions have crossings. Present programs have stages that once fitted and offsets that do not. The demand is that of
an hour in intervals of 5 minutes. Between a sixth and a third of the junctions are busy: in the mean of the hour their
degree of saturation is 0.72 to 0.85, rarely up to 1.05, under the splits that fit them best, and about a seventh more
in the peak.
"""

import random

import numpy

from city_capacity import Capacity
from city_demand import Demand
from city_documents import FlowsDocument, NetworkDocument, pieces
from city_junctions import design_junctions
from city_lanes import Roads
from city_streets import lay_out_streets
from made_network import read_arguments, refuse, write_files

LEAST_JUNCTIONS, MOST_JUNCTIONS = 4, 20000


def read_number(argument, name, least, most):
    number = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 19 else None
    if number is None or not least <= number <= most:
        refuse(f"expected {name} from {least} to {most}, found '{argument}'", __doc__)
    return number


def main():
    arguments = read_arguments(__doc__, 3, 3)
    count = read_number(arguments[0], "a number of junctions", LEAST_JUNCTIONS, MOST_JUNCTIONS)
    seed = read_number(arguments[1], "a seed", 0, 10 ** 18 - 1)

    def numbers(purpose):
        return numpy.random.Generator(numpy.random.PCG64([seed, count, purpose]))

    def choices(purpose):
        return random.Random(f"{seed} {count} {purpose}")

    roads = Roads(lay_out_streets(count, numbers(1)), choices("lanes"))
    junctions = design_junctions(roads)
    demand = Demand(roads, Capacity(roads, junctions), numbers(2))
    demand.load()
    network = NetworkDocument(f"city-{count}-{seed}", roads, junctions, demand, choices("programs"))
    flows = FlowsDocument(network, demand, choices("people"))
    write_files(arguments[2], {
        "network.json": pieces("network", network.content()), "flows.json": pieces("flows", flows.content())})


if __name__ == "__main__":
    main()
