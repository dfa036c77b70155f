import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite struct SUMOProgramWriterTests {
    static let names = ["cologne1", "cologne8", "grid4x4", "hangzhou", "ingolstadt1", "ingolstadt7"]

    /// What a program shows at a time after network time zero, ms.
    private func state(_ logic: SUMONetworkDocument.Logic, at time: Int) -> [Character] {
        let lengths = logic.phases.map { Int(($0.duration * 1000).rounded()) }
        let cycle = lengths.reduce(0, +)
        var rest = (((time - Int((logic.offset * 1000).rounded())) % cycle) + cycle) % cycle
        for (phase, length) in zip(logic.phases, lengths) {
            if rest < length { return phase.state }
            rest -= length
        }
        return []
    }

    /// Reads a network, writes its present programs as a plan, and reads both back as SUMO has them.
    private func roundTrip(_ path: String, in folder: TestFolder) throws -> (
        network: Network, logics: [(own: SUMONetworkDocument.Logic, written: SUMONetworkDocument.Logic)]
    ) {
        let network = try SUMONetworkReader.read(network: path).network
        let plan = Plan(
            network: network.name, name: "present", junctions: network.junctions.map { $0.programs[0].plan })
        let file = try folder.write(
            SUMOProgramWriter.additionalFile(for: plan, network: network), to: "plan.add.xml")
        let logics = try SUMONetworkDocument.read(network: path, additional: [file]).logics
        let written = logics.filter { $0.program == "greenband" }
        let own = logics.filter { $0.program != "greenband" }
        try #require(written.map(\.id) == own.map(\.id))
        return (network, Array(zip(own, written)))
    }

    private func path(of name: String) throws -> String {
        try SharedData.url("data/sumo/\(name)/\(name).net.xml").path
    }

    @Test(
        "The written program shows what the network's own program shows, second by second",
        .enabled(if: SharedData.isExpected, SharedData.absence), arguments: names)
    func sharedNetworks(_ name: String) throws {
        let folder = try TestFolder()
        var changes = Set<String>()
        for (own, written) in try roundTrip(try path(of: name), in: folder).logics {
            let cycle = own.phases.reduce(0) { $0 + $1.duration }
            #expect(written.phases.reduce(0) { $0 + $1.duration } == cycle)
            for time in stride(from: 0, to: Int(cycle * 1000), by: 500) {
                for (before, after) in zip(state(own, at: time), state(written, at: time)) where before != after {
                    changes.insert("\(before)\(after)")
                }
            }
        }
        // Hangzhou has no yellow of its own and lets right turns merge without giving way; in Ingolstadt two lanes of
        // one link merge without one giving way.
        let expected: [String: Set<String>] = ["hangzhou": ["ry", "sy", "Gg"], "ingolstadt7": ["Gg"]]
        #expect(changes == expected[name] ?? [])
    }

    @Test(
        "The present programs of the shared networks keep the rules that were recovered from them",
        .enabled(if: SharedData.isExpected, SharedData.absence), arguments: names)
    func guardedNetworks(_ name: String) throws {
        let network = try SUMONetworkReader.read(network: try path(of: name)).network
        let plan = Plan(
            network: network.name, name: "present", junctions: network.junctions.map { $0.programs[0].plan })
        let violations = SafetyGuard.violations(of: plan, in: network)
        #expect(violations.isEmpty, "\(violations.prefix(3))")
    }

    @Test(
        "SUMO loads the written programs without a word and shows their states at the time that the offset says",
        .enabled(if: SharedData.isExpected, SharedData.absence),
        .enabled(if: SUMOProgram.isExpected, SUMOProgram.absence), arguments: names)
    func simulated(_ name: String) throws {
        let folder = try TestFolder()
        let path = try path(of: name)
        let network = try SUMONetworkReader.read(network: path).network
        var plan = Plan(
            network: network.name, name: "present", junctions: network.junctions.map { $0.programs[0].plan })
        for position in plan.junctions.indices { plan.junctions[position].offset = Double(7 + 5 * position) }
        let file = try folder.write(SUMOProgramWriter.additionalFile(for: plan, network: network), to: "plan.add.xml")
        let output = folder.url.appendingPathComponent("states.xml").path
        let events = network.junctions.map {
            "<timedEvent type=\"SaveTLSStates\" source=\"\(XMLText.escaped($0.id.text))\" dest=\"\(output)\"/>"
        }
        let watch = try folder.write("<additional>\(events.joined())</additional>", to: "watch.add.xml")
        let begin = 25213
        let run = try SUMOProgram.run([
            "-n", path, "-a", "\(file),\(watch)", "--begin", "\(begin)", "--end", "\(begin + 100)", "--no-step-log",
        ])
        #expect(run.status == 0)
        // SUMO has words of its own about the programs in some of the networks.
        let words = run.output.split(separator: "\n").filter { !$0.contains("program '0'") }
        let complaints = words.filter { $0.contains("Warning") || $0.contains("Error") }
        #expect(complaints.isEmpty)
        var shown: [String: [Int: String]] = [:]
        try XMLStream.read(output, root: ["tlsStates"]) { tag, _ throws(FormatError) in
            guard tag.name == "tlsState" else { return }
            shown[try tag.text("id"), default: [:]][Int(try tag.number("time", 0...1e9))] = try tag.text("state")
        }
        let logics = try SUMONetworkDocument.read(network: path, additional: [file]).logics
        for logic in logics where logic.program == "greenband" {
            let states = try #require(shown[logic.id])
            #expect(states.count >= 100)
            for (time, state) in states.sorted(by: { $0.key < $1.key }) {
                #expect(state == String(self.state(logic, at: time * 1000)), "\(logic.id) at \(time)")
            }
        }
    }

    @Test(
        "Programs of networks that SUMO's own generator makes come back as they were, and load without a word",
        .enabled(if: SUMOProgram.isExpected, SUMOProgram.absence),
        arguments: [
            [
                "--rand", "--rand.iterations=25", "--sidewalks.guess", "--sidewalks.guess.max-speed=30",
                "--crossings.guess",
            ],
            ["--rand", "--rand.iterations=25", "--tls.layout=incoming", "--tls.allred.time=2", "-L2"],
            ["--spider", "--tls.default-type=actuated"],
            ["--grid", "--grid.number=3", "-L3", "--tls.group-signals"],
        ])
    func generatedNetworks(_ options: [String]) throws {
        let folder = try TestFolder()
        let path = folder.url.appendingPathComponent("g.net.xml").path
        let made = try SUMOProgram.run(
            options + ["--default-junction-type", "traffic_light", "--seed", "1", "-o", path], program: "netgenerate")
        try #require(made.status == 0, "\(made.output)")
        let (_, logics) = try roundTrip(path, in: folder)
        #expect(!logics.isEmpty)
        var changes = Set<String>()
        for (own, written) in logics {
            for time in stride(from: 0, to: Int(own.phases.reduce(0) { $0 + $1.duration } * 1000), by: 500) {
                for (before, after) in zip(state(own, at: time), state(written, at: time)) where before != after {
                    changes.insert("\(before)\(after)")
                }
            }
        }
        // The generator lets grouped signals give way to traffic that is red.
        #expect(changes.isSubset(of: options.contains("--tls.group-signals") ? ["gG"] : []))
        let run = try SUMOProgram.run([
            "-n", path, "-a", folder.url.appendingPathComponent("plan.add.xml").path, "--end", "1", "--no-step-log",
        ])
        #expect(run.status == 0)
        let complaints = run.output.split(separator: "\n").filter { $0.contains("program 'greenband'") }
        #expect(complaints.isEmpty)
    }

    @Test("The written program of a crossing and a left turn gives way where the network says so")
    func drawnNetwork() throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let (_, logics) = try roundTrip(path, in: folder)
        let (own, written) = logics[0]
        for time in stride(from: 0, to: 59_000, by: 250) {
            let before = state(own, at: time)
            let after = state(written, at: time)
            // The left turn need not give way once nobody it meets is green or yellow; the side road has it to itself.
            if (28_000..<34_000).contains(time) { #expect(before[1] == "G" && after[1] == "G") }
            // The right turn gives way to people on the crossing, until 5.4 s after their green.
            if (20_000..<25_000).contains(time) { #expect(after[4] == "g") }
            #expect(String(before) == String(after), "\(time)")
        }
    }

    @Test(
        "Of a group that gives way to people, only the turns that meet them do: who goes straight on has the right of way"
    )
    func straightOn() throws {
        let folder = ProjectFolder.network("hcm").path
        let network = try JSONDocument.read(Network.self, from: folder + "/network.json").withSignalNumbers()
        let junction = network.junctions[0]
        let letters = SUMOSignalLetters(junction: junction, movements: network.movements)
        let green: Set<SignalGroupID> = ["NB", "SB", "E:walk", "W:walk"]
        let isGreen = junction.signalGroups.map { green.contains($0.id) }
        let state = Array(letters.state(shown: isGreen.map { $0 ? "G" : "r" }, goes: isGreen))
        var turns: [Turn: Set<Character>] = [:]
        for movement in network.movements where ["NB", "SB"].contains(movement.signalGroup) {
            for index in movement.connections.compactMap(\.signalIndex) {
                turns[movement.turn, default: []].insert(state[index])
            }
        }
        #expect(turns[.through] == ["G"])
        #expect(turns[.right] == ["g"])
    }

    @Test("Red and amber, yellow over the end of the cycle and fractions of a second close to exactly one cycle")
    func letters() throws {
        let phases = [
            ("20", "GgrrsGr"), ("3.25", "yyrrsyr"), ("1.5", "rruurrr"), ("20", "rrGGrrr"), ("3.25", "rryyrrr"),
        ]
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(phases: phases, offset: "30.5"), to: "t.net.xml")
        let (_, logics) = try roundTrip(path, in: folder)
        let (own, written) = logics[0]
        #expect(written.phases.reduce(0) { $0 + $1.duration } == 48)
        #expect(written.offset == 30.5)
        for time in stride(from: 0, to: 48_000, by: 250) {
            let before = state(own, at: time).enumerated().map { $0.offset == 4 ? "s" : $0.element }
            #expect(String(before) == String(state(written, at: time)), "\(time)")
        }
    }

    @Test("The offset is counted from the reference point that the plan names")
    func offsetReference() throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let network = try SUMONetworkReader.read(network: path).network
        var timing = network.junctions[0].programs[0].plan
        timing.offset = 10
        let cases: [(OffsetReference, String)] = [
            (.cycleStart, "10"), (.startOfGreen("SC:left+right"), "30"), (.endOfGreen("SC:left+right"), "15"),
        ]
        for (reference, offset) in cases {
            timing.offsetReference = reference
            let plan = Plan(network: "t", name: "p", junctions: [timing])
            let text = try SUMOProgramWriter.additionalFile(for: plan, network: network)
            #expect(text.contains(" offset=\"\(offset)\">"))
        }
    }

    @Test("A plan that cannot be written gives an error that names its field", arguments: BadPlan.allCases)
    func badPlans(_ bad: BadPlan) throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let network = try SUMONetworkReader.read(network: path).network
        let (timing, message) = bad.timing(network.junctions[0].programs[0].plan)
        let plan = Plan(network: "t", name: "p", junctions: [timing])
        let error = try #require(throws: FormatError.self) {
            try SUMOProgramWriter.additionalFile(for: plan, network: network)
        }
        #expect(error.description == message)
    }
}

/// Ways in which a timing cannot be written.
enum BadPlan: CaseIterable {
    case unknownJunction, unknownGroup, missingGroup, notANumber, longGreen, unknownReference

    func timing(_ sound: JunctionPlan) -> (JunctionPlan, String) {
        var timing = sound
        switch self {
        case .unknownJunction:
            timing.junction = "K"
            return (timing, #"p: junctions[0]: there is no junction "K""#)
        case .unknownGroup:
            timing.greens[1].group = "x"
            return (timing, #"p: junctions[0].greens[1].group: there is no signal group "x""#)
        case .missingGroup:
            timing.greens.removeLast()
            return (timing, "p: junctions[0].greens: expected an entry for group :C_c0:crossing, found none")
        case .notANumber:
            timing.cycle = .nan
            return (timing, "p: junctions[0].cycle_s: expected a number from 0.001 to 86400.0, found nan")
        case .longGreen:
            timing.greens[0].intervals[0].duration = 1e300
            return (
                timing,
                "p: junctions[0].greens[0].intervals[0].duration_s: expected a number from 0.0 to 59.0, found 1e+300"
            )
        case .unknownReference:
            timing.offsetReference = .startOfGreen("x")
            return (timing, #"p: junctions[0].offsetReference: there is no green of group "x""#)
        }
    }
}
