import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite("Networks and demand for SUMO")
struct SUMOPlainWriterTests {
    @Test("Lanes, signals and right of way are written as the network has them")
    func text() throws {
        let network = try CityFlowReaderTests.read().network
        let files = try SUMOPlainWriter.files(for: network, name: "cross")
        #expect(files.nodes.contains("<node id=\"centre\" x=\"0.0\" y=\"0.0\" type=\"traffic_light\" tl=\"centre\"/>"))
        #expect(files.edges.contains("numLanes=\"2\" length=\"180.0\""))
        #expect(files.edges.contains("<lane index=\"1\" speed=\"10.0\"/>"))
        #expect(
            files.connections.contains(
                "from=\"in0\" to=\"out2\" fromLane=\"0\" toLane=\"0\" speed=\"12.5\" length=\"40.0\""))
        #expect(
            files.connections.contains("<prohibition prohibitor=\"in0-&gt;out2\" prohibited=\"in1-&gt;out2\"/>"))
        #expect(
            files.programs.contains(
                "<connection from=\"in0\" to=\"out3\" fromLane=\"1\" toLane=\"1\" tl=\"centre\" linkIndex=\"1\"/>"))
        #expect(files.configuration.contains("<output-file value=\"cross.net.xml\"/>"))
    }

    @Test("Who gives way waits in the junction only where the network says so")
    func waiting() throws {
        var network = try CityFlowReaderTests.read().network
        let position = try #require(network.movements.firstIndex { !$0.givesWayTo.isEmpty })
        let (from, to) = (network.movements[position].from, network.movements[position].to)
        func lines() throws -> [Substring] {
            try SUMOPlainWriter.files(for: network, name: "cross").connections.split(separator: "\n")
                .filter { $0.contains("<connection from=\"\(from)\" to=\"\(to)\"") }
        }
        network.movements[position].waitingInside = 0
        #expect(try !lines().isEmpty && lines().allSatisfy { $0.contains("contPos=\"0\"") })
        network.movements[position].waitingInside = 1
        #expect(try !lines().contains { $0.contains("contPos") })
    }

    @Test("A junction without a state string is given one, and one that has it keeps it")
    func signalNumbers() throws {
        let network = try CityFlowReaderTests.read().network
        var bare = network
        bare.junctions[0].signalCount = 0
        for movement in bare.movements.indices {
            for connection in bare.movements[movement].connections.indices {
                bare.movements[movement].connections[connection].signalIndex = nil
            }
        }
        let numbered = bare.withSignalNumbers()
        #expect(numbered == network)
        #expect(network.withSignalNumbers() == network)
    }

    @Test("A network that cannot go into a folder that is not there is refused")
    func unwritable() throws {
        let files = try SUMOPlainWriter.files(for: CityFlowReaderTests.read().network, name: "cross")
        #expect(throws: FormatError.self) { try files.write(to: "/nowhere/at/all", name: "cross") }
    }

    @Test(
        "Drawn trips have the flows that they are drawn from, and the seed decides them",
        arguments: [
            // Four standard deviations of the binomial draw, and what whole vehicles allow.
            (TripDemand.Day.turnsByLuck, 4 * (150 * 0.25 * 0.75).squareRoot()), (.asCounted, 2),
        ])
    func sampling(day: TripDemand.Day, doubt: Double) throws {
        let result = try CityFlowReaderTests.read()
        var flows = try #require(result.demand).flows(in: result.network)
        for position in flows.sources.indices { flows.sources[position].flowPerHour = [1200.5, 600] }
        for position in flows.movements.indices {
            // Approach 0 sends three quarters straight on and the rest left.
            switch flows.movements[position].movement {
            case "in0>out2": flows.movements[position].flowPerHour = [900, 450]
            case "in0>out3": flows.movements[position].flowPerHour = [300, 150]
            default: flows.movements[position].flowPerHour = [0, 0]
            }
        }
        func sampled(_ day: TripDemand.Day, seed: UInt64) throws -> TripDemand {
            try TripDemand.sampled(from: flows, in: result.network, day: day, seed: seed)
        }
        let demand = try sampled(day, seed: 3)
        #expect(try demand == sampled(day, seed: 3))
        #expect(try demand != sampled(day, seed: 4))
        #expect(demand.trips.count == 3 * 150)
        #expect(demand.trips.map(\.start) == demand.trips.map(\.start).sorted())
        let early = demand.trips.count { $0.start < 300 }
        #expect(early == 3 * 100)
        let through = demand.trips.count { $0.route == ["in0", "out2"] }
        let left = demand.trips.count { $0.route == ["in0", "out3"] }
        let stopping = demand.trips.count { $0.route == ["in1"] }
        #expect(through + left == 150)
        #expect(abs(Double(left) - 37.5) < doubt)
        #expect(stopping == 150)
    }

    @Test("On another day a Poisson number of vehicles comes")
    func anotherDay() throws {
        let result = try CityFlowReaderTests.read()
        var flows = try #require(result.demand).flows(in: result.network)
        flows.sources = [LinkFlow(link: "in0", flowPerHour: [1200, 600])]
        let counts = try (0..<400).map { seed in
            Double(try TripDemand.sampled(from: flows, in: result.network, day: .another, seed: seed).trips.count)
        }
        let mean = counts.reduce(0, +) / 400
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
        // Four standard errors of the mean and of the variance of 400 Poisson numbers.
        #expect(abs(mean - 150) < 4 * (150.0 / 400).squareRoot(), "\(mean)")
        #expect(abs(variance / 150 - 1) < 4 * (2.0 / 399).squareRoot(), "\(variance)")
    }

    @Test("Vehicles keep the mean time headway of the links on their route, and never less than a step")
    func timeHeadways() throws {
        let demand = TripDemand(trips: [
            Trip(start: 0, route: ["a", "b"]), Trip(start: 1, route: ["b", "c"]), Trip(start: 2, route: ["d"]),
            Trip(start: 3, route: ["a"]),
        ])
        let text = SUMORoutesWriter.text(
            of: demand, vehicles: VehicleParameters(timeHeadway: 1.5), timeHeadways: ["a": 0.5, "b": 1.75])
        let types = text.split(separator: "\n").filter { $0.contains("<vehicle ") }.map {
            $0.split(separator: "type=\"")[1].prefix { $0 != "\"" }
        }
        #expect(types == ["vehicle1.12", "vehicle1.75", "vehicle1.50", "vehicle1.00"])
        #expect(text.contains("<vType id=\"vehicle1.75\" length=\"5.0\" minGap=\"2.5\" tau=\"1.75\"/>"))
    }

    @Test("Demand that is no number is nobody's, and more vehicles than can be drawn are refused")
    func absurdFlows() throws {
        let result = try CityFlowReaderTests.read()
        var flows = try #require(result.demand).flows(in: result.network)
        flows.sources = [
            LinkFlow(link: "in0", flowPerHour: [.nan, 1e300]), LinkFlow(link: "moon", flowPerHour: [9, 9]),
        ]
        flows.intervalCount = .max
        let refusal = #expect(throws: FormatError.self) {
            try TripDemand.sampled(from: flows, in: result.network, seed: 0)
        }
        #expect(refusal?.description.contains("expected at most 1000000 vehicles") == true)
        flows.sources[0].flowPerHour = [.nan, 360]
        let interval = flows.intervalLength
        #expect(
            try TripDemand.sampled(from: flows, in: result.network, day: .asCounted, seed: 0).trips.count
                == Int(360 * interval / 3600))
    }

    @Test(
        "SUMO makes a network of the files and runs it without a warning",
        .enabled(if: SUMOProgram.isExpected, SUMOProgram.absence))
    func simulation() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("plain-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let result = try CityFlowReaderTests.read()
        try SUMOPlainWriter.files(for: result.network, name: "cross").write(to: folder.path, name: "cross")
        let routes = SUMORoutesWriter.text(of: try #require(result.demand), vehicles: result.network.vehicles)
        try AtomicFile.write(routes, to: folder.path + "/cross.rou.xml")
        let built = try SUMOProgram.run(["-c", "cross.netccfg"], program: "netconvert", in: folder)
        #expect(built.status == 0 && !built.output.contains("Warning"), "\(built.output)")
        let ran = try SUMOProgram.run(
            ["-n", "cross.net.xml", "-r", "cross.rou.xml", "-e", "900", "--no-step-log"], in: folder)
        #expect(ran.status == 0 && !ran.output.contains("Warning") && !ran.output.contains("Error"), "\(ran.output)")
        // What comes back has the same signals on the same connections.
        let again = try SUMONetworkReader.read(network: folder.path + "/cross.net.xml").network
        func signals(_ network: Network) -> [String] {
            network.movements.flatMap(\.connections).map { "\($0.from) \($0.to) \($0.signalIndex ?? -1)" }.sorted()
        }
        let lengths = again.links.map { "\($0.id) \($0.length)" }.sorted()
        #expect(signals(again) == signals(result.network))
        #expect(lengths == result.network.links.map { "\($0.id) \($0.length)" }.sorted())
        #expect(again.junctions.first?.programs.first?.plan.cycle == 105)
    }

    @Test("a name that SUMO does not take is refused by its field", arguments: ["a>b", "a b", "a;b", "a&b"])
    func name(_ name: String) {
        var network = SmallNetwork.network
        network.links[1].id = LinkID(name)
        #expect {
            try SUMOPlainWriter.files(for: network, name: "n")
        } throws: { error in
            let text = (error as? FormatError)?.description ?? ""
            return text.contains("links[1].id") && text.contains(name)
        }
    }
}
