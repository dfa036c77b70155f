import AdaptiveControl
import Formats
import SafetyGuard
import SignalModel
import TraCI

/// One junction under adaptive control in SUMO: its law, its letters, and a judge of what it shows.
struct AdaptiveJunction {
    let id: TraciID<Traci.TrafficLight>
    var controller: JunctionController
    private let letters: SUMOSignalLetters
    private var judge: TraceJudge
    /// What the lamps were found to do against the rules; nothing ever, unless there is an error in the law.
    private(set) var violations: [Violation] = []
    private(set) var shown = ""
    /// Seconds in which a green waited for vehicles inside the junction.
    private(set) var heldCount = 0

    init(
        _ junction: Junction, in network: Network, settings: AdaptiveSettings, time: Int
    ) throws(AdaptiveError) {
        id = TraciID(junction.id.text)
        controller = try JunctionController(junction, in: network, settings: settings, time: time)
        let nodes = Set(junction.nodes)
        letters = SUMOSignalLetters(junction: junction, movements: network.movements.filter { nodes.contains($0.node) })
        judge = TraceJudge(junction: junction)
    }

    /// Decides on the second that begins; returns the letters to show if they are others than before.
    mutating func decide(_ picture: TrafficPicture, at time: Int) -> String? {
        if controller.decide(picture, at: time).reason == .junctionOccupied { heldCount += 1 }
        let aspects = controller.executor.aspects
        violations += judge.observe(aspects, at: Double(time))
        let state = letters.state(
            shown: aspects.map { $0.letter }, goes: aspects.map { $0 == .green || $0 == .yellow })
        defer { shown = state }
        return state == shown ? nil : state
    }
}

extension Aspect {
    /// SUMO's letter.
    fileprivate var letter: Character {
        switch self {
        case .red: "r"
        case .redAmber: "u"
        case .green: "G"
        case .yellow: "y"
        }
    }
}
