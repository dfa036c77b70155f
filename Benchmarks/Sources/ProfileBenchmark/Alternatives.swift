import CProfileKernel
import CyclicProfile
import LinearAlgebra

/// The parts of the engine beside what matrix products would do in their place, on one road at a time.
///
/// What the engine does not use is here and not in the engine.
struct Alternatives {
    static let width = Int(GREENBAND_PROFILE_WIDTH)
    let cycle: Int
    private var flows: [Float]
    private var result: [Float]
    private let circulant: [Float]
    private let shares: [Float]
    private var departures: [Float]
    private var mixed: [Float]

    /// Lane groups at the stop lines of a junction, and roads out of it.
    static let groupsOfJunction = 12
    static let roadsOfJunction = 4

    init(cycle: Int) {
        self.cycle = cycle
        let rows = cycle * Self.width
        flows = (0..<rows).map { Float($0 % 13) * 0.05 }
        result = Array(repeating: 0, count: rows)
        // Robertson's dispersion behind 16 s on a cycle, as the matrix that it is.
        let memory: Float = 0.82
        var kernel = Array(repeating: Float(0), count: cycle)
        var weight: Float = 1 - memory
        for _ in 0..<8 {
            for second in 0..<cycle {
                kernel[(second + 16) % cycle] += weight
                weight *= memory
            }
        }
        var circulant: [Float] = []
        for from in 0..<cycle { for to in 0..<cycle { circulant.append(kernel[(to - from + cycle) % cycle]) } }
        self.circulant = circulant
        // Four of twelve lane groups lead to each road.
        shares = (0..<Self.groupsOfJunction * Self.roadsOfJunction).map { place in
            (place % Self.groupsOfJunction) % 3 == place / Self.groupsOfJunction % 3 ? 0.3 : 0
        }
        departures = (0..<Self.groupsOfJunction * rows).map { Float($0 % 17) * 0.03 }
        mixed = Array(repeating: 0, count: Self.roadsOfJunction * rows)
    }

    /// Disperses the profiles of a block on one road with a circulant matrix; values lie by second, then by candidate.
    mutating func disperseByProduct() {
        // Column by column the profiles are a matrix of candidates and seconds; the circulant stands on its right.
        multiply(rows: Self.width, inner: cycle, columns: cycle, flows, circulant, into: &result)
    }

    /// Mixes the departures of all lane groups of a junction to those of all roads out of it.
    mutating func mixByProduct() {
        let rows = cycle * Self.width
        multiply(
            rows: rows, inner: Self.groupsOfJunction, columns: Self.roadsOfJunction, departures, shares, into: &mixed)
    }

    /// What the engine does: mixes some lane groups and disperses the sum, for roads without lane groups of their own.
    func arrive(sourceCount: Int, roadCount: Int) {
        let rows = cycle * Self.width
        let memory = Memory()
        let sources = memory.array(sourceCount, of: ProfileSource())
        for source in 0..<sourceCount {
            let departures = memory.array(rows, of: Float(0.2))
            sources[source] = ProfileSource(
                departures: departures, scales: memory.array(Self.width, of: Float(0.3)),
                totals: memory.array(Self.width, of: Float(18)), share: 1, lag: Int32(16 + source))
        }
        let decay = memory.floats(cycle)
        var left: Float = 1
        for second in 0..<cycle {
            left *= 0.82
            decay[second] = left < 1e-9 ? 0 : left
        }
        var road = ProfileRoad(
            sourceCount: Int32(sourceCount), sources: sources, weights: memory.floats(sourceCount * Self.width),
            inflow: 0.02, smoothing: 0.18, lateShare: 0.3, decay: decay, closure: 1,
            totals: memory.floats(Self.width))
        let arrivals = memory.floats(rows)
        for _ in 0..<roadCount { greenband_profile_visit(Int32(cycle), &road, 0, nil, 1e-3, arrivals, 0) }
    }

    /// Keeps the compiler from dropping what nobody reads.
    var sum: Float { result[cycle] + mixed[cycle] }
}
