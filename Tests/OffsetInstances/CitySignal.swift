import SignalModel

/// A signal with two stages, one for each of two axes.
struct CitySignal {
    let cycleTime: Int
    /// Direction of the first stage's axis.
    let axis: SIMD2<Double>
    /// Effective green of the two stages, s.
    let greens: [Int]
    /// Start of the two greens after the offset, s.
    let starts: [Int]

    /// Time of a cycle lost at each change of stage, s.
    static let lostTime = 5

    /// The first axis is that of an arterial, where there is one, and then has more of the green.
    init(graph: CityGraph, junction: Int, cycleTime: Int, generator: inout SeededGenerator) {
        let own = graph.roads.filter { $0.from == junction || $0.to == junction }
        let main = own.first(where: \.isArterial) ?? own.first
        self.cycleTime = cycleTime
        axis = main.map { graph.direction($0.from, $0.to) } ?? SIMD2(1, 0)
        let isArterial = main?.isArterial ?? false
        let share = (isArterial ? 0.5 : 0.4) + 0.2 * generator.nextShare()
        let green = cycleTime - 2 * Self.lostTime
        let first = Int((share * Double(green)).rounded())
        greens = [first, green - first]
        starts = [0, first + Self.lostTime]
    }

    /// The stage in which traffic of a direction has green.
    func stage(of direction: SIMD2<Double>) -> Int { abs((direction * axis).sum()) >= 0.7071 ? 0 : 1 }
}
