import CyclicProfile
import Foundation
import LinearAlgebra
import SignalModel

/// Answers commands about one network, each with one line of JSON.
final class Session {
    private let candidates: Candidates
    private let greens: [CyclicGreens]
    private let engine: CyclicEngine
    private let increment: CyclicIncrement
    private var alternatives: Alternatives
    private var product = Product(size: 1536)

    /// Times and counts of one measurement.
    private struct Measurement: Encodable {
        var seconds: Double
        var processorSeconds: Double
        var linkBins: Int
        var operations: Int

        init(_ time: Stopwatch, linkBins: Int = 0, operations: Int) {
            seconds = time.seconds
            processorSeconds = time.processorSeconds
            self.linkBins = linkBins
            self.operations = operations
        }
    }

    init(candidates: Candidates, count: Int) throws {
        self.candidates = candidates
        greens = try candidates.draw(count, seed: 1)
        engine = CyclicEngine(network: candidates.cyclic)
        increment = CyclicIncrement(network: candidates.cyclic, greens: greens[0])
        alternatives = Alternatives(cycle: candidates.cyclic.cycle)
    }

    /// Nil where the command is unknown.
    func answer(_ words: [String]) throws -> String? {
        let number = words.count > 1 ? Int(words[1]) ?? 0 : 0
        switch words.first {
        case "describe": return try text(Outline(candidates.cyclic))
        case "greens": return try text(GreensOutline(Array(greens.prefix(number))))
        case "library": return try text(["library": linearAlgebraLibrary])
        case "costs":
            let costs = engine.performances(of: greens)
            return try text(costs.prefix(number).map { [$0.uniformDelay, $0.incrementalDelay, $0.stops] })
        case "product": return try text(Measurement(product.run(), operations: product.operations))
        case "engine":
            let time = Stopwatch { _ = engine.performances(of: greens, threads: number) }
            return try text(
                Measurement(time, linkBins: engine.work.linkBins, operations: engine.work.operations))
        case "reference": return try text(reference(number))
        case "change": return try text(change())
        case "tables":
            var count = 0
            let time = Stopwatch { count = engine.offsetTables(of: greens[0]).count }
            return try text(["seconds": time.processorSeconds, "tables": Double(count)])
        case "alternatives": return try text(alternativeSeconds())
        default: return nil
        }
    }

    /// Greatest differences of costs from the double reference, as shares, and the time that the reference takes.
    private func reference(_ count: Int) -> [String: Double] {
        let found = engine.performances(of: greens)
        let reference = CyclicReference(network: candidates.cyclic)
        var worst = ["uniformDelay": 0.0, "incrementalDelay": 0, "stops": 0]
        var time = 0.0
        for (number, one) in found.prefix(count).enumerated() {
            var other = CyclicPerformance()
            time += Stopwatch { other = reference.performance(of: greens[number]) }.processorSeconds
            for (name, key) in [
                ("uniformDelay", \CyclicPerformance.uniformDelay), ("incrementalDelay", \.incrementalDelay),
                ("stops", \.stops),
            ] { worst[name] = max(worst[name]!, abs(one[keyPath: key] / other[keyPath: key] - 1)) }
        }
        worst["seconds"] = time / Double(max(1, min(count, found.count)))
        return worst
    }

    /// Trying another timing at every junction in turn, on what the change reaches and on the whole network.
    private func change() throws -> [String: Double] {
        var random = SeededGenerator(seed: 2)
        var times = (part: 0.0, whole: 0.0)
        var bins = (part: 0, whole: 0)
        var worst = 0.0
        for (place, junction) in candidates.network.junctions.enumerated() {
            let trials = try (0..<CyclicEngine.width).map { _ in
                var trial = greens[0]
                try trial.set(
                    candidates.timing(of: junction, random: &random), at: place, network: candidates.cyclic)
                return trial
            }
            var found: [CyclicPerformance] = []
            var expected: [CyclicPerformance] = []
            times.part += Stopwatch { found = increment.performances(of: trials, changedAt: place) }.processorSeconds
            times.whole += Stopwatch { expected = engine.performances(of: trials) }.processorSeconds
            bins.part += increment.work.linkBins
            bins.whole += engine.work.linkBins
            for (one, other) in zip(found, expected) { worst = max(worst, abs(one.delay / other.delay - 1)) }
        }
        return [
            "partSeconds": times.part, "wholeSeconds": times.whole, "partLinkBins": Double(bins.part),
            "wholeLinkBins": Double(bins.whole), "worst": worst,
        ]
    }

    /// Seconds for one road, and for the four roads out of a junction together, of the ways to get arrivals.
    private func alternativeSeconds() -> [String: Double] {
        let repeats = 400
        let share = 1 / Double(repeats)
        return [
            "arriveOfThree": Stopwatch { alternatives.arrive(sourceCount: 3, roadCount: repeats) }.processorSeconds
                * share,
            "arriveOfOne": Stopwatch { alternatives.arrive(sourceCount: 1, roadCount: repeats) }.processorSeconds
                * share,
            "disperseByProduct": Stopwatch { for _ in 0..<repeats { alternatives.disperseByProduct() } }
                .processorSeconds
                * share,
            "mixFourByProduct": Stopwatch { for _ in 0..<repeats { alternatives.mixByProduct() } }.processorSeconds
                * share,
            "sum": Double(alternatives.sum),
        ]
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
