#!/usr/bin/env python3
"""Solves an offset energy with a peer: toulbar2 (tree search with bounds, or its neighbourhood search) or OR-Tools' CP-SAT.

Prints the labels, the peer's bound and the time that solving alone took as one JSON object. Costs are rounded to 1e-6.
"""

import argparse
import json
import sys
import time

DECIMALS = 6


def toulbar2(energy, seconds, _, neighbourhoods):
    import numpy
    import pytoulbar2

    counts = energy["labelCounts"]
    problem = pytoulbar2.CFN(resolution=DECIMALS, vns=-4 if neighbourhoods else None)
    for number, count in enumerate(counts):
        problem.AddVariable(f"x{number}", range(count))
    for edge in energy["edges"]:
        table = numpy.array(edge["difference"])
        rows, columns = numpy.arange(counts[edge["from"]]), numpy.arange(counts[edge["to"]])
        costs = table[(columns[None, :] - rows[:, None]) % len(table)]
        problem.AddFunctions(numpy.array([[edge["from"], edge["to"]]]), costs[None, :, :])
    # Only differences count: one label is free to choose.
    problem.AddFunction([0], [0.0] + [1e6] * (counts[0] - 1))
    start = time.monotonic()
    found = problem.Solve(timeLimit=max(1, round(seconds)))
    taken = time.monotonic() - start
    return {"labels": found[0] if found else None, "bound": problem.GetDDualBound(), "seconds": taken}


def cpsat(energy, seconds, threads, _):
    from ortools.sat.python import cp_model

    counts = energy["labelCounts"]
    model = cp_model.CpModel()
    labels = [model.new_int_var(0, count - 1, f"x{number}") for number, count in enumerate(counts)]
    model.add(labels[0] == 0)
    costs = []
    for number, edge in enumerate(energy["edges"]):
        table = [round(cost * 10 ** DECIMALS) for cost in edge["difference"]]
        size = len(table)
        turns = max(counts) // size
        difference = model.new_int_var(0, size - 1, f"d{number}")
        wrap = model.new_int_var(-turns, turns, f"w{number}")
        model.add(difference == labels[edge["to"]] - labels[edge["from"]] + size * wrap)
        cost = model.new_int_var(min(table), max(table), f"c{number}")
        model.add_element(difference, table, cost)
        costs.append(cost)
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = threads
    start = time.monotonic()
    status = solver.solve(model)
    taken = time.monotonic() - start
    isFound = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return {
        "labels": [solver.value(label) for label in labels] if isFound else None,
        "bound": solver.best_objective_bound / 10 ** DECIMALS, "seconds": taken}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peer", choices=["toulbar2", "toulbar2-vns", "cp-sat"])
    parser.add_argument("file")
    parser.add_argument("seconds", type=float)
    parser.add_argument("threads", type=int)
    parser.add_argument("--packages", help="folder that the peers are installed in")
    options = parser.parse_args()
    if options.packages:
        sys.path.insert(0, options.packages)
    with open(options.file) as file:
        energy = json.load(file)
    solve = cpsat if options.peer == "cp-sat" else toulbar2
    print(json.dumps(solve(energy, options.seconds, options.threads, options.peer == "toulbar2-vns")))


if __name__ == "__main__":
    main()
