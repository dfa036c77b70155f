import Dispatch
import SignalModel

func seconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

public func experiment(_ energy: CyclicEnergy, _ options: [String]) throws {
    let start = seconds()
    let components = try EnergyComponent.all(of: energy)
    let component = components.max { $0.variables.count < $1.variables.count }!
    let reduction = Reduction(component.problem, keeping: nil)
    let core = reduction.core
    var minima = reduction.constant, means = minima
    for pair in core.pairs { minima += pair.table.min()!; means += pair.table.reduce(0, +) / Double(core.labels) }
    print("n", component.variables.count, "m", component.problem.pairs.count, "core", core.variableCount, core.pairs.count,
        "minima", minima, "means", means, "t", seconds() - start)
    for limit in 2...8 {
        if let order = EliminationOrder(neighbours: core.neighbours(), last: nil, limit: limit) {
            print("width", order.width, Elimination.cost(order, labels: core.labels))
            if order.width <= 4 && Elimination.cost(order, labels: core.labels).operations < 1e11 {
                let t = seconds()
                var elimination = Elimination(core, order)
                let choice = elimination.solve()
                print("exact", elimination.value + reduction.constant, core.value(of: choice) + reduction.constant, "full",
                    component.problem.value(of: reduction.extend(choice)), "t", seconds() - t)
            }
            break
        }
    }
    let mostEdges = Int(options[0])!, sweeps = Int(options[1])!, share = Double(options[2])!, layers = Int(options[3])!
    let t0 = seconds()
    let cover = ClusterCover(core, mostEdges: mostEdges, layers: layers)
    var dual = DualBound(core, clusters: cover.clusters)
    print("clusters", cover.clusters.count, "groups", dual.groupCount, "mean edges", Double(cover.clusters.map(\.edges.count).reduce(0, +)) / Double(max(1, cover.clusters.count)),
        "mean buckets3", Double(cover.clusters.map { $0.buckets.filter { $0.scopeCount == 3 }.count }.reduce(0, +)) / Double(max(1, cover.clusters.count)), "t", seconds() - t0)
    for sweep in 0..<sweeps {
        let t = seconds()
        dual.sweep(share: share, threads: 2, backward: sweep % 2 == 1)
        print("sweep", sweep, "bound", dual.bound + reduction.constant, "t", seconds() - t)
    }
}

public func primalExperiment(_ energy: CyclicEnergy, _ options: [String]) throws {
    let components = try EnergyComponent.all(of: energy)
    let component = components.max { $0.variables.count < $1.variables.count }!
    let reduction = Reduction(component.problem, keeping: nil)
    let core = reduction.core
    let budget = Double(options[0])!
    for start in 0..<4 {
        var generator = SeededGenerator(seed: UInt64(start))
        let choice = (0..<core.variableCount).map { _ in Int.random(in: 0..<core.labels, using: &generator) }
        var search = LocalSearch(core, choice: choice, seed: UInt64(start))
        let t = seconds()
        var lines: [String] = []
        for _ in 0..<10 { search.improve(limit: 2) }
        lines.append("10x2 \(search.value + reduction.constant) t \(seconds() - t)")
        for _ in 0..<10 { search.improve(limit: 3) }
        lines.append("10x3 \(search.value + reduction.constant) t \(seconds() - t)")
        while seconds() - t < budget / 2 { search.improve(limit: 3) }
        lines.append("half \(search.value + reduction.constant)")
        var count = 0
        while seconds() - t < budget { search.perturb(size: 6, limit: 2, rounds: 4); count += 1 }
        lines.append("perturbed \(count) \(search.value + reduction.constant)")
        print(start, lines)
    }
}
