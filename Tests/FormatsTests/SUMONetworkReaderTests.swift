import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite struct SUMONetworkReaderTests {
    private func read(_ text: String, additional: [String] = []) throws -> SUMONetworkReader.Result {
        let folder = try TestFolder()
        let path = try folder.write(text, to: "t.net.xml")
        let others = try additional.enumerated().map { try folder.write($0.element, to: "\($0.offset).add.xml") }
        return try SUMONetworkReader.read(network: path, additional: others)
    }

    @Test("Links, nodes and movements carry over with lengths and speeds inside the junction")
    func topology() throws {
        let network = try read(SUMOTestNetwork.text()).network
        #expect(network.name == "t")
        #expect(network.links.map(\.id) == ["WC", "EC", "SC", "CW", "CE", "CS"])
        let controls = Dictionary(uniqueKeysWithValues: network.nodes.map { ($0.id, $0.control) })
        #expect(controls == ["C": .signals, "W": .boundary, "E": .boundary, "S": .boundary])
        #expect(network.movements.map(\.id) == ["EC>CW", "EC>CS", "SC>CE", "SC>CW", "WC>CS", "WC>CE"])
        #expect(network.movements.map(\.turn) == [.through, .left, .right, .left, .right, .through])
        // The left turn passes a waiting place: both lanes inside count, the slower one rules.
        let left = try #require(network.movements.first { $0.id == "EC>CS" }).connections[0]
        #expect(left.length == 17)
        #expect(left.speed == 6.5)
        #expect(left.signalIndex == 1)
    }

    @Test(
        "As many wait inside the junction as fit on the lane before the waiting place",
        arguments: [("2.3", 1), ("7.4", 1), ("8.0", 2), ("19.6", 3)])
    func waitingInside(length: String, places: Int) throws {
        let text = SUMOTestNetwork.text().replacing("length=\"8.0\"", with: "length=\"\(length)\"")
        let waiting = try read(text).network.movements.map(\.waitingInside)
        #expect(waiting == [0, places, 0, 0, 0, 0])
    }

    @Test("Signal groups are the signals of one approach that always show the same")
    func signalGroups() throws {
        let junction = try read(SUMOTestNetwork.text()).network.junctions[0]
        #expect(
            junction.signalGroups.map(\.id) == [
                "EC:through", "EC:left", "SC:left+right", "WC:right", "WC:through", ":C_c0:crossing",
            ])
        #expect(junction.signalGroups.map(\.kind).last == .pedestrian)
        #expect(junction.signalGroups.map(\.yellow) == [3, 3, 3, 3, 3, 0])
        #expect(junction.signalGroups.last?.crossing?.length == 6.4)
        #expect(junction.signalGroups.last?.crossing?.crosses == ["CS", "SC"])
        #expect(junction.signalGroups.last?.crossing?.signalIndices == [6])
        #expect(junction.signalCount == 7)
    }

    @Test("Conflicting groups that are green together give way as the requests say; the others keep an intergreen")
    func conflicts() throws {
        let junction = try read(SUMOTestNetwork.text()).network.junctions[0]
        let permitted = Set(junction.permittedConflicts.map { "\($0.yielding) gives way to \($0.priority)" })
        #expect(
            permitted == [
                "EC:left gives way to WC:right", "EC:left gives way to WC:through",
                "EC:left gives way to :C_c0:crossing", "WC:right gives way to :C_c0:crossing",
            ])
        let intergreens = Dictionary(
            uniqueKeysWithValues: junction.intergreens.map { ("\($0.ending) \($0.starting)", $0.seconds) })
        #expect(
            intergreens == [
                // Seen: 3 s yellow and 2 s all red; the other direction alike.
                "EC:left SC:left+right": 5, "SC:left+right EC:left": 5, "SC:left+right EC:through": 5,
                "SC:left+right WC:through": 5, "SC:left+right :C_c0:crossing": 5,
                // The left turn lies between, so that they are not seen: yellow and the usual all red.
                "EC:through SC:left+right": 5, "WC:through SC:left+right": 5,
                // 6.4 m at 1.2 m/s, up to the next tenth.
                ":C_c0:crossing SC:left+right": 5.4,
            ])
    }

    @Test("Stages are the phases at rest: no yellow, no clearance of a crossing, no all-red")
    func stages() throws {
        let junction = try read(SUMOTestNetwork.text()).network.junctions[0]
        #expect(
            junction.stages.map(\.groups) == [
                ["EC:through", "EC:left", "WC:right", "WC:through", ":C_c0:crossing"], ["EC:left"], ["SC:left+right"],
            ])
        let program = junction.programs[0]
        #expect(program.sequence == ["1", "2", "3"])
        #expect(program.kind == .fixed)
        #expect(program.plan.cycle == 59)
        let greens = Dictionary(uniqueKeysWithValues: program.plan.greens.map { ($0.group, $0.intervals) })
        #expect(greens["EC:left"] == [GreenInterval(start: 0, duration: 34)])
        #expect(greens[":C_c0:crossing"] == [GreenInterval(start: 0, duration: 20)])
        #expect(greens["SC:left+right"] == [GreenInterval(start: 39, duration: 15)])
    }

    @Test("A turn that is green a few seconds longer makes no stage, and does not lengthen the intergreen of others")
    func shortRest() throws {
        var phases = SUMOTestNetwork.phases
        phases[3].duration = "4"
        let junction = try read(SUMOTestNetwork.text(phases: phases)).network.junctions[0]
        #expect(junction.programs[0].sequence == ["1", "2"])
        #expect(junction.stages.map(\.groups).last == ["SC:left+right"])
        let through = junction.intergreens.first { $0.ending == "EC:through" && $0.starting == "SC:left+right" }
        #expect(through?.seconds == 5)
    }

    @Test("A green over the end of the cycle is one interval, fractions of a second are kept, the offset is wrapped")
    func timing() throws {
        let phases = [
            ("10.5", "GgrrgGr"), ("3.25", "yyrryyr"), ("20", "rrGGrrr"), ("3.25", "rryyrrr"), ("8", "GgrrgGr"),
        ]
        let plan = try read(SUMOTestNetwork.text(phases: phases, offset: "-5")).network.junctions[0].programs[0].plan
        #expect(plan.cycle == 45)
        #expect(plan.offset == 40)
        #expect(plan.greens[0].intervals == [GreenInterval(start: 37, duration: 18.5)])
    }

    @Test("Red and amber, turning on red, and a program without yellow are recovered and reported")
    func otherLetters() throws {
        let amber = [
            ("20", "GgrrsGr"), ("3", "yyrrsyr"), ("1", "rruurrr"), ("20", "rrGGrrr"), ("3", "rryyrrr"),
        ]
        let groups = try read(SUMOTestNetwork.text(phases: amber)).network.junctions[0].signalGroups
        let turning = try #require(groups.first { $0.id == "WC:right" })
        let side = try #require(groups.first { $0.id == "SC:left+right" })
        #expect(turning.turnOnRed)
        #expect(side.redAmber == 1)

        let bare = [("20", "GgrrgGr"), ("4", "rrrrrrr"), ("20", "rrGGrrr"), ("5", "rrrrrrr")]
        let result = try read(SUMOTestNetwork.text(phases: bare))
        let junction = result.network.junctions[0]
        #expect(junction.signalGroups.filter { $0.kind == .vehicle }.allSatisfy { $0.yellow == 3 })
        #expect(junction.intergreens.filter { $0.ending != ":C_c0:crossing" }.allSatisfy { $0.seconds == 5 })
        #expect(result.losses.entries.contains { $0.what.contains("without yellow") && $0.examples == ["J"] })
    }

    @Test("Further programs come from additional files; one with the signals off does not split groups")
    func severalPrograms() throws {
        let more = """
            <additional>
                <tlLogic id="J" type="static" programID="off" offset="0"><phase duration="60" state="OoooOOo"/></tlLogic>
                <tlLogic id="J" type="actuated" programID="night" offset="0">
                    <phase minDur="15" maxDur="40" state="GgrrgGG"/><phase duration="3" state="yyrryyr"/>
                    <phase duration="2" state="rrrrrrr"/><phase duration="10" state="rrGGrrr"/>
                    <phase duration="3" state="rryyrrr"/><phase duration="1" state="rrrrrrr"/>
                </tlLogic>
            </additional>
            """
        let junction = try read(SUMOTestNetwork.text(), additional: [more]).network.junctions[0]
        #expect(junction.programs.map(\.id) == ["night", "off", "0"])
        #expect(junction.programs.map(\.kind) == [.actuated, .off, .fixed])
        #expect(junction.programs[1].plan.greens.allSatisfy { $0.intervals.isEmpty })
        #expect(junction.programs[0].plan.cycle == 34)
        #expect(junction.signalGroups.count == 6)
        // The least over the programs: 3 s yellow and 1 s all red, at the end of the night program.
        let least = junction.intergreens.first { $0.ending == "SC:left+right" && $0.starting == "EC:through" }
        #expect(least?.seconds == 4)
    }

    @Test("Of several programs the last one is the present one, whatever it is called, as SUMO runs that one")
    func presentProgram() throws {
        let text = SUMOTestNetwork.text().replacingOccurrences(of: "programID=\"0\"", with: "programID=\"day\"")
        let more = SUMOTestNetwork.text().split(separator: "\n").drop { !$0.contains("<tlLogic") }
            .prefix { !$0.contains("<junction") }.joined(separator: "\n")
        let junction = try read(text, additional: ["<additional>\(more)</additional>"]).network.junctions[0]
        #expect(junction.programs.map(\.id) == ["0", "day"])
        let named = more.replacingOccurrences(of: "programID=\"0\"", with: "programID=\"night\"")
        let other = try read(
            SUMOTestNetwork.text(), additional: ["<additional>\(named)</additional>"]
        ).network.junctions[0]
        #expect(other.presentProgram?.id == "night")
    }

    @Test("Without lanes inside the junction, paths are straight and requests go by the order of the lanes")
    func noInternalLanes() throws {
        let text = SUMOTestNetwork.text().split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                line.contains("linkIndex") ? String(line.replacing(#/ via="[^"]*"/#, with: "")) : String(line)
            }.joined(separator: "\n")
        let network = try read(text).network
        let usual = try read(SUMOTestNetwork.text()).network
        #expect(network.movements.map(\.foes) == usual.movements.map(\.foes))
        #expect(network.movements.map(\.givesWayTo) == usual.movements.map(\.givesWayTo))
        #expect(network.junctions[0].intergreens == usual.junctions[0].intergreens)
        #expect(network.movements[0].connections[0].speed == 13.9)
    }

    @Test("A compressed network reads like a plain one")
    func compressed() throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let plain = try SUMONetworkReader.read(network: path).network
        let gzip = Process()
        gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        gzip.arguments = ["gzip", path]
        try gzip.run()
        gzip.waitUntilExit()
        let unpacked = try SUMONetworkReader.read(network: path + ".gz").network
        #expect(unpacked == plain)
    }

    @Test("What is not carried over is reported by kind with its number")
    func losses() throws {
        let more = """
            <roundabout nodes="W E" edges="WC EC"/>
            <prohibition prohibitor="WC->CE" prohibited="SC->CE"/>
            """
        let entries = try read(SUMOTestNetwork.text(more: more)).losses.entries
        #expect(entries.map(\.what) == ["<roundabout>", "<prohibition>"])
        #expect(entries.map(\.count) == [1, 1])
    }

    @Test("A controller of two nodes is one junction; requests count within each node, signals over both")
    func joinedController() throws {
        let single = try read(SUMOTestNetwork.text()).network
        let network = try read(SUMOTestNetwork.joined()).network
        try #require(network.junctions.count == 1)
        let junction = network.junctions[0]
        #expect(junction.nodes == ["C", "2C"])
        #expect(junction.signalCount == 14)
        let names = single.junctions[0].signalGroups.map(\.id.text)
        #expect(junction.signalGroups.filter { $0.crossing == nil }.count == 10)
        #expect(
            Set(junction.signalGroups.map(\.id.text))
                == Set(
                    names
                        + names.map { $0.replacing("C_", with: "2C_") }
                        .map { $0.hasPrefix(":") ? $0 : "2\($0)" }))
        #expect(junction.signalGroups.compactMap(\.crossing?.signalIndices) == [[6], [13]])
        // Nothing meets across the nodes, and each node has what the single junction has.
        #expect(junction.intergreens.count == 2 * single.junctions[0].intergreens.count)
        #expect(junction.permittedConflicts.count == 2 * single.junctions[0].permittedConflicts.count)
        #expect(network.movements.prefix(6).map(\.foes) == single.movements.map(\.foes))
        for (first, second) in zip(network.movements.prefix(6), network.movements.suffix(6)) {
            #expect(second.foes.map(\.text) == first.foes.map { "2\($0.text.replacing(">", with: ">2"))" })
        }
    }

    @Test("One signal that rules two approaches makes them one group")
    func sharedSignal() throws {
        let text = SUMOTestNetwork.text().replacingOccurrences(of: "linkIndex=\"5\"", with: "linkIndex=\"0\"")
        let result = try read(text)
        let network = result.network
        let groups = Dictionary(uniqueKeysWithValues: network.movements.map { ($0.id, $0.signalGroup) })
        #expect(groups["EC>CW"] == "EC:through" && groups["WC>CE"] == "EC:through")
        #expect(network.junctions[0].signalGroups.count == 5)
        #expect(result.losses.entries.map(\.what) == ["signal that rules no connection"])
    }

    @Test("One signal that rules two crossings makes them one group, in the way of whatever crosses either")
    func sharedCrossingSignal() throws {
        let text = try SUMOTestNetwork.joined()
            .replacingOccurrences(of: "linkIndex=\"13\"", with: "linkIndex=\"6\"")
        let result = try read(text)
        let junction = result.network.junctions[0]
        #expect(result.network.problems() == [])
        #expect(junction.signalGroups.compactMap(\.crossing?.signalIndices) == [[6]])
        #expect(junction.signalGroups.compactMap(\.crossing?.crosses) == [["CS", "SC", "2CS"]])
        let yielding = junction.permittedConflicts.filter { $0.priority == ":C_c0:crossing" }.map(\.yielding)
        #expect(yielding.contains("EC:left") && yielding.contains("2EC:left"))
        #expect(
            result.losses.entries.map(\.what)
                == ["crossings under one signal, read as one", "signal that rules no connection"])
    }

    @Test("At a junction without right of way, movements from different links are taken to meet")
    func unregulated() throws {
        let text = SUMOTestNetwork.text().replacing(
            "type=\"traffic_light\"", with: "type=\"traffic_light_unregulated\""
        )
        .replacing(#/(response|foes)="[01]+"/#) { "\($0.1)=\"0000000\"" }
        let result = try read(text)
        let side = try #require(result.network.movements.first { $0.id == "SC>CE" })
        #expect(side.foes == ["EC>CW", "EC>CS", "WC>CS", "WC>CE"])
        #expect(!result.network.junctions[0].intergreens.isEmpty)
        #expect(result.losses.entries.contains { $0.what.contains("without right of way") })
    }

    @Test("A file of more than ten megabytes is read to its end")
    func largeFile() throws {
        let line = "<prohibition prohibitor=\"\(String(repeating: "x", count: 1000))\"/>\n"
        let result = try read(SUMOTestNetwork.text(more: String(repeating: line, count: 12_000)))
        #expect(result.network.movements.count == 6)
        #expect(result.losses.entries.map(\.count) == [12_000])
    }

    private static let twoTypes = #"<vType id="a" length="4"/><vType id="b" length="8"/>"#

    private static let mixes: [(routes: String, mean: VehicleParameters)] = [
        (
            #"<vType id="a" length="4" minGap="1.5" tau="0.8" maxSpeed="10"/><vType id="b" length="8"/>"#
                + #"<trip id="1" type="a"/><trip id="2" type="a"/><trip id="3" type="a"/><trip id="4" type="b"/>"#,
            VehicleParameters(length: 5, minimumGap: 1.75, timeHeadway: 0.85)
        ),
        (
            #"<vType id="a" length="4" minGap="2" maxSpeed="10"/><vType id="b" vClass="bus" minGap="2" maxSpeed="12"/>"#,
            VehicleParameters(length: 8, minimumGap: 2, timeHeadway: 1, greatestSpeed: 12)
        ),
        (#"<vType id="a" maxSpeed="50"/><trip id="1" type="a"/>"#, VehicleParameters()),
        (#"<vType id="a" length="9"/><trip id="1"/>"#, VehicleParameters()), ("", VehicleParameters()),
        (
            #"<vTypeDistribution id="d"><vType id="a" length="4" probability="3"/><vType id="b" length="8"/>"#
                + #"</vTypeDistribution><vType id="c" length="20"/><trip id="1" type="d"/>"#,
            VehicleParameters(length: 5)
        ),
        (
            twoTypes + #"<vTypeDistribution id="d" vTypes="a b" probabilities="0.25 0.75"/><trip id="1" type="d"/>"#,
            VehicleParameters(length: 7)
        ),
        (
            twoTypes + #"<flow id="1" type="a" number="30"/><trip id="2" type="b"/>"#
                + #"<flow id="3" type="b" begin="0:10:00" end="1500" vehsPerHour="36"/>"#,
            VehicleParameters(length: 5)
        ),
        (
            twoTypes + #"<flow id="1" type="a" end="600" period="20"/>"#
                + #"<flow id="2" type="a" end="600" period="exp(0.05)"/>"#
                + #"<flow id="3" type="b" end="600" probability="0.1"/>"#,
            VehicleParameters(length: 6)
        ),
    ]

    @Test("Vehicle parameters are the mean over the vehicles of each type", arguments: mixes)
    func vehicleTypes(_ routes: String, _ expected: VehicleParameters) throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let types = try folder.write("<routes>\(routes)</routes>", to: "t.rou.xml")
        let found = try SUMONetworkReader.read(network: path, vehicleTypes: types).network.vehicles
        #expect(abs(found.length - expected.length) < 1e-12)
        #expect(abs(found.minimumGap - expected.minimumGap) < 1e-12)
        #expect(abs(found.timeHeadway - expected.timeHeadway) < 1e-12)
        #expect(found.greatestSpeed == expected.greatestSpeed)
    }

    @Test("Types that the route file does not have are reported; those of vehicles that name none are SUMO's own")
    func unknownVehicleTypes() throws {
        let folder = try TestFolder()
        let path = try folder.write(SUMOTestNetwork.text(), to: "t.net.xml")
        let routes = #"<routes><trip id="1" type="x"/><trip id="2" type="x"/><trip id="3"/></routes>"#
        let types = try folder.write(routes, to: "t.rou.xml")
        let losses = try SUMONetworkReader.read(network: path, vehicleTypes: types).losses.entries
        #expect(losses.map(\.what) == ["vehicle type that the file does not have, read as a passenger car"])
        #expect(losses.map(\.examples) == [["x"]])
    }
}
