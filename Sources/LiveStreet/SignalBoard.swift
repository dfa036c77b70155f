import ControllerLink
import EdgeService
import Formats
import SignalModel
import Synchronization
import TraCI

/// The lamps of a street in SUMO: takes the aspects of all junctions, which go to SUMO together with the next step.
final class SignalBoard: Sendable {
    private let changes = Mutex<[JunctionID: TraciChange]>([:])

    fileprivate func set(_ state: String, of junction: JunctionID) {
        let change = TraciChange(.state, of: TraciID<Traci.TrafficLight>(junction.text), to: state)
        changes.withLock { $0[junction] = change }
    }

    /// What was set since this was last asked, in the order of the junctions' names.
    func takeChanges() -> [TraciChange] {
        changes.withLock { changes in
            defer { changes.removeAll() }
            return changes.sorted { $0.key < $1.key }.map(\.value)
        }
    }
}

/// The lamps of one junction on a board.
final class BoardLampDriver: LampDriver {
    private struct Memory {
        var state: String?
        /// When each group was last green, s; nil where it never was.
        var lastGreen: [Double?]
    }

    private let board: SignalBoard
    private let junction: JunctionID
    private let letters: SUMOSignalLetters
    /// By group: how long after green people are still on a crossing, s.
    private let clearances: [Double]
    private let memory: Mutex<Memory>

    init(board: SignalBoard, junction: Junction, movements: [Movement]) {
        self.board = board
        self.junction = junction.id
        letters = SUMOSignalLetters(junction: junction, movements: movements)
        clearances = junction.signalGroups.map { $0.crossing?.clearance ?? 0 }
        memory = Mutex(Memory(lastGreen: junction.signalGroups.map { _ in nil }))
    }

    func show(_ aspects: [LampAspect], at time: Double) async throws {
        let state: String? = memory.withLock { memory in
            for (group, aspect) in aspects.enumerated() where aspect == .green { memory.lastGreen[group] = time }
            let goes = aspects.indices.map { group in
                // A second of green lasts until its end.
                let since = memory.lastGreen[group].map { time - ($0 + 1) } ?? .infinity
                return aspects[group] == .green || aspects[group] == .yellow || since < clearances[group]
            }
            let state = letters.state(shown: aspects.map(\.letter), goes: goes)
            guard state != memory.state else { return nil }
            memory.state = state
            return state
        }
        if let state { board.set(state, of: junction) }
    }
}

extension LampAspect {
    /// SUMO's letter for it, before right of way.
    fileprivate var letter: Character {
        switch self {
        case .red: "r"
        case .redAmber: "u"
        case .green: "G"
        case .yellow: "y"
        }
    }
}
