/// A signal program as SUMO holds it.
public struct TraciProgram: Equatable, Sendable {
    /// What is shown at one time of it: SUMO's element `phase`.
    public struct State: Equatable, Sendable {
        /// One letter for each signal: r, y, g (gives way), G (has priority), s, u, o, O.
        public var signals: String
        /// How long it is shown, s.
        public var duration: Double
        /// How long it is shown at the least, s.
        public var leastDuration: Double
        /// How long it is shown at the most, s.
        public var greatestDuration: Double
        /// Numbers of the states that may come next; empty where it is the next in the list.
        public var next: [Int]
        /// Its name, often empty.
        public var name: String

        /// A state with its times.
        public init(
            signals: String, duration: Double, leastDuration: Double, greatestDuration: Double, next: [Int] = [],
            name: String = ""
        ) {
            self.signals = signals
            self.duration = duration
            self.leastDuration = leastDuration
            self.greatestDuration = greatestDuration
            self.next = next
            self.name = name
        }
    }

    /// Its name, apart for each traffic light.
    public var id: String
    /// Kind: 0 fixed, 3 actuated, and others as SUMO numbers them.
    public var kind: Int
    /// Number of the state that is shown, from 0.
    public var currentState: Int
    /// Its states in order.
    public var states: [State]
    /// Further settings by name.
    public var parameters: [String: String]

    /// A program of its states.
    public init(id: String, kind: Int, currentState: Int, states: [State], parameters: [String: String] = [:]) {
        self.id = id
        self.kind = kind
        self.currentState = currentState
        self.states = states
        self.parameters = parameters
    }
}

extension TraciProgram {
    /// All programs of one traffic light.
    static func list(_ value: TraciValue) throws(TraciError) -> [TraciProgram] {
        var programs: [TraciProgram] = []
        for item in try value.items { programs.append(try TraciProgram(item)) }
        return programs
    }

    init(_ value: TraciValue) throws(TraciError) {
        let fields = try value.items(5, "a program")
        id = try fields[0].text
        kind = try fields[1].integer
        currentState = try fields[2].integer
        states = []
        for item in try fields[3].items { states.append(try State(item)) }
        parameters = [:]
        for item in try fields[4].items {
            let pair = try item.texts
            guard pair.count == 2 else {
                throw .unexpectedValue(expected: "a name and a value", found: "\(pair.count) texts")
            }
            parameters[pair[0]] = pair[1]
        }
    }
}

extension TraciProgram.State {
    init(_ value: TraciValue) throws(TraciError) {
        let fields = try value.items(6, "a state of a program")
        duration = try fields[0].number
        signals = try fields[1].text
        leastDuration = try fields[2].number
        greatestDuration = try fields[3].number
        next = []
        for item in try fields[4].items { next.append(try item.integer) }
        name = try fields[5].text
    }
}
