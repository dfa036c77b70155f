import IntegerProgram

/// The rows of MAXBAND.
///
/// All times are shares of the cycle C; z = 1/C. Signal i has its reference point at θ_i. Its outbound green begins s_i
/// after that and lasts g_i, its inbound green begins s̄_i after and lasts ḡ_i; all four depend on the pattern p that the
/// binary x_ip chooses. The front of the outbound band leaves signal i at u_i, w_i after the start of green; that of the
/// inbound band at ū_i, w̄_i after the start of its green. The bands are b and b̄ wide.
///
/// A band fits in the greens (Little 1966; w_i + b ≤ 1 − r_i there):
///
///     0 ≤ w_i,   w_i + b ≤ g_i,        0 ≤ w̄_i,   w̄_i + b̄ ≤ ḡ_i
///
/// What leaves signal i outbound comes to signal i + 1 after t_i, and leaves it τ_{i+1} earlier than it comes where a
/// queue leads it; signals repeat themselves every cycle, so that times are the same but for whole numbers n, n̄:
///
///     θ_i + s_i + w_i + t_i = θ_{i+1} + s_{i+1} + w_{i+1} + τ_{i+1} + n
///     θ_{i+1} + s̄_{i+1} + w̄_{i+1} + t̄_i = θ_i + s̄_i + w̄_i + τ̄_i + n̄
///
/// The sum of the two goes round the loop from i to i + 1 and back; the reference points drop out, and with d_i = s_i − s̄_i
/// what is left is whole:
///
///     (w_i − w̄_i) − (w_{i+1} − w̄_{i+1}) + t_i + t̄_i + d_i − d_{i+1} − τ_{i+1} − τ̄_i = m_i
///
/// Conversely, where this holds the first equation gives θ_{i+1} from θ_i, and the second follows. Little, Kelson and
/// Gartner (1981) measure the inbound band from its rear: their w̄_i is ḡ_i − w̄_i − b̄ here, with which the row becomes
/// (w_i + w̄_i) − (w_{i+1} + w̄_{i+1}) + t_i + t̄_i + Δ_i − Δ_{i+1} + … = m_i, Δ_i the time from the middle of the inbound red
/// to that of the outbound; for their four left-turn patterns Δ_i = ½[(2δ_i − 1)l_i − (2δ̄_i − 1)l̄_i].
///
/// With cycle and speeds free, z and t_i are variables; the limits on speed e ≤ v ≤ f over a length d, and on its change,
/// |1/v_{i+1} − 1/v_i| ≤ h, are linear in them because v_i = d_i·z/t_i:
///
///     1/C_greatest ≤ z ≤ 1/C_least,   d_i/f_i·z ≤ t_i ≤ d_i/e_i·z,   |t_{i+1}/d_{i+1} − t_i/d_i| ≤ h·z
struct MaxBandProgram {
    /// One direction: its band, leads and travel times.
    struct Direction {
        var band: Variable
        /// w of each signal.
        var leads: [Variable]
        /// t of each road.
        var times: [Variable]
    }

    let search: MaxBand
    private(set) var program = IntegerProgram(goal: .greatest)
    private let frequency: Variable
    /// x of each signal and pattern; empty where there is one pattern.
    private let choices: [[Variable]]
    private var outbound: Direction
    private var inbound: Direction?

    init(_ search: MaxBand) {
        self.search = search
        let arterial = search.arterial
        var program = IntegerProgram(goal: .greatest)
        let frequency = program.addVariable(in: 1 / search.cycles.upperBound...1 / search.cycles.lowerBound)
        choices = arterial.signals.map { signal in
            guard signal.patterns.count > 1 else { return [] }
            let chosen = signal.patterns.map { _ in program.addBinary() }
            program.require(chosen.reduce(into: LinearExpression()) { $0 += 1 * $1 }, equals: 1)
            return chosen
        }
        func direction(_ roads: [Arterial.Road]) -> Direction {
            Direction(
                band: program.addVariable(in: 0...1),
                leads: arterial.signals.map { _ in program.addVariable(in: 0...1) },
                times: roads.map { _ in program.addVariable(in: 0 ... .infinity) })
        }
        outbound = direction(arterial.outbound)
        inbound = arterial.inbound.map { direction($0) }
        self.frequency = frequency
        self.program = program
        addGreens()
        addSpeeds(arterial.outbound, outbound.times)
        // Inbound traffic meets the roads in the opposite order; the limit on change is the same both ways round.
        if let inbound, let roads = arterial.inbound { addSpeeds(roads, inbound.times) }
        addLoops()
        addBalance()
    }

    /// A property of the chosen pattern of a signal.
    private func chosen(_ signal: Int, _ property: (ArterialSignal.Pattern) -> Double) -> LinearExpression {
        let patterns = search.arterial.signals[signal].patterns
        guard !choices[signal].isEmpty else { return LinearExpression(property(patterns[0])) }
        return zip(choices[signal], patterns).reduce(into: LinearExpression()) { $0 += property($1.1) * $1.0 }
    }

    private mutating func addGreens() {
        for (signal, description) in search.arterial.signals.enumerated() {
            let isFirst = signal == 0
            let isLast = signal == search.arterial.signals.count - 1
            let green = chosen(signal) { $0.outbound.length }
            program.require(1 * outbound.leads[signal] + 1 * outbound.band, atMost: green)
            if search.queues == .bandWaits, !isFirst {
                program.require(
                    1 * outbound.leads[signal], atLeast: description.outboundQueueClearance * frequency)
            }
            guard let inbound else { continue }
            let back = chosen(signal) { $0.inbound.length }
            program.require(1 * inbound.leads[signal] + 1 * inbound.band, atMost: back)
            if search.queues == .bandWaits, !isLast {
                program.require(1 * inbound.leads[signal], atLeast: description.inboundQueueClearance * frequency)
            }
        }
    }

    private mutating func addSpeeds(_ roads: [Arterial.Road], _ times: [Variable]) {
        for (road, time) in zip(roads, times) {
            program.require(1 * time, atLeast: road.length / road.greatestSpeed * frequency)
            program.require(1 * time, atMost: road.length / road.leastSpeed * frequency)
        }
        guard let change = search.arterial.greatestSlownessChange else { return }
        for (one, next) in zip(roads.indices, roads.indices.dropFirst()) {
            let difference = 1 / roads[next].length * times[next] - 1 / roads[one].length * times[one]
            program.require(difference, atMost: change * frequency)
            program.require(difference, atLeast: -change * frequency)
        }
    }

    private mutating func addLoops() {
        guard let inbound, let back = search.arterial.inbound else { return }
        let signals = search.arterial.signals
        for (road, ahead) in search.arterial.outbound.enumerated() {
            var loop = 1 * outbound.leads[road] - 1 * inbound.leads[road]
            loop -= 1 * outbound.leads[road + 1] - 1 * inbound.leads[road + 1]
            loop += 1 * outbound.times[road] + 1 * inbound.times[road]
            loop += chosen(road) { $0.outbound.start - $0.inbound.start }
            loop -= chosen(road + 1) { $0.outbound.start - $0.inbound.start }
            let queues =
                advance(signals[road + 1].outboundQueueClearance) + advance(signals[road].inboundQueueClearance)
            loop -= queues * frequency
            program.require(
                loop, equals: 1 * program.addVariable(in: wholeNumbers(road, ahead, back[road], queues), kind: .integer)
            )
        }
    }

    /// Time by which a queue puts a band forward, s.
    private func advance(_ clearance: Double) -> Double { search.queues == .bandAdvances ? clearance : 0 }

    /// Bounds of m on a road, from those of all that it is the sum of.
    private func wholeNumbers(
        _ road: Int, _ ahead: Arterial.Road, _ back: Arterial.Road, _ queues: Double
    ) -> ClosedRange<Double> {
        func extremes(_ signal: Int, _ property: (ArterialSignal.Pattern) -> Double) -> (Double, Double) {
            let values = search.arterial.signals[signal].patterns.map(property)
            return (values.min() ?? 0, values.max() ?? 0)
        }
        let here = extremes(road) { $0.outbound.start - $0.inbound.start }
        let there = extremes(road + 1) { $0.outbound.start - $0.inbound.start }
        func longest(_ signal: Int, _ property: (ArterialSignal.Pattern) -> Double) -> Double {
            extremes(signal, property).1
        }
        let quickest = ahead.length / ahead.greatestSpeed + back.length / back.greatestSpeed
        let slowest = ahead.length / ahead.leastSpeed + back.length / back.leastSpeed
        let least =
            -longest(road) { $0.inbound.length } - longest(road + 1) { $0.outbound.length } + here.0 - there.1
            + quickest / search.cycles.upperBound - queues / search.cycles.lowerBound
        let greatest =
            longest(road) { $0.outbound.length } + longest(road + 1) { $0.inbound.length } + here.1 - there.0
            + slowest / search.cycles.lowerBound
        return (least - 1e-6).rounded(.up)...max((least - 1e-6).rounded(.up), (greatest + 1e-6).rounded(.down))
    }

    private mutating func addBalance() {
        guard let inbound else { return program.objective = 1 * outbound.band }
        switch search.balance {
        case .weights(let ahead, let back):
            program.objective = ahead * outbound.band + back * inbound.band
        case .fixedRatio(let ratio):
            program.objective = 1 * outbound.band + 1 * inbound.band
            program.require(1 * inbound.band, equals: ratio * outbound.band)
        case .leastRatio(let ratio):
            program.objective = 1 * outbound.band + ratio * inbound.band
            program.require((1 - ratio) * inbound.band, atLeast: (1 - ratio) * ratio * outbound.band)
        }
    }

    /// The timing that the values of the program mean.
    func solution(from values: ProgramSolution, isProven: Bool) -> BandSolution {
        let cycle = min(max(1 / values[frequency], search.cycles.lowerBound), search.cycles.upperBound)
        let signals = search.arterial.signals
        let patterns = choices.map { $0.firstIndex { values[$0] == 1 } ?? 0 }
        func start(_ signal: Int, _ side: KeyPath<ArterialSignal.Pattern, ArterialSignal.Green>) -> Double {
            signals[signal].patterns[patterns[signal]][keyPath: side].start
        }
        var reference = 0.0
        var offsets = [0.0]
        for (road, time) in outbound.times.enumerated() {
            reference += start(road, \.outbound) + values[outbound.leads[road]] + values[time]
            reference -= start(road + 1, \.outbound) + values[outbound.leads[road + 1]]
            reference -= advance(signals[road + 1].outboundQueueClearance) / cycle
            offsets.append((reference - reference.rounded(.down)) * cycle)
        }
        func speeds(_ roads: [Arterial.Road], _ times: [Variable]) -> [Double] {
            zip(roads, times).map { $0.length / (values[$1] * cycle) }
        }
        func width(_ direction: Direction) -> Double { min(max(0, values[direction.band]), 1) * cycle }
        return BandSolution(
            timing: BandTiming(
                cycle: cycle, patterns: patterns, offsets: offsets,
                outboundSpeeds: speeds(search.arterial.outbound, outbound.times),
                inboundSpeeds: search.arterial.inbound.map { speeds($0, inbound!.times) }),
            outboundWidth: width(outbound), inboundWidth: inbound.map(width),
            outboundLeads: outbound.leads.map { values[$0] * cycle },
            inboundLeads: inbound.map { $0.leads.map { values[$0] * cycle } }, value: values.objective,
            bound: values.bound, isProvenOptimal: isProven)
    }
}
