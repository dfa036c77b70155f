import Foundation
import SignalModel
import TestSupport
import Testing

@testable import Formats

@Suite struct SUMODetectorFilesTests {
    @Test("Counts of induction loops carry over: percent become shares, what was not measured is absent")
    func readCounts() throws {
        let folder = try TestFolder()
        let path = try folder.write(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <detector xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <interval begin="0.00" end="300.00" id="a/stop" nVehContrib="12" flow="144.00" occupancy="7.50"
                    speed="8.25" harmonicMeanSpeed="8.00" length="4.30" nVehEntered="13"/>
                <interval begin="300.00" end="600.00" id="a/stop" nVehContrib="0" flow="0.00" occupancy="0.00"
                    speed="-1.00" harmonicMeanSpeed="-1.00" length="-1.00" nVehEntered="0"/>
                <interval begin="600.00" end="660.50" id="a/stop" nVehContrib="1"/>
            </detector>
            """, to: "e1.xml")
        let readings = try SUMODetectorOutputReader.read(path).readings
        let expected = [
            DetectorReading(detector: "a/stop", start: 0, length: 300, count: 12, occupancy: 0.075, speed: 8.25),
            DetectorReading(detector: "a/stop", start: 300, length: 300, count: 0, occupancy: 0, speed: nil),
            DetectorReading(detector: "a/stop", start: 600, length: 60.5, count: 1, occupancy: nil, speed: nil),
        ]
        #expect(readings == expected)
    }

    @Test("Detectors inside junctions are no loops: nothing is written of them, and nothing counted")
    func inside() throws {
        var network = SmallNetwork.network
        network.detectors.append(
            Detector(id: "J in", lane: "WC_0", position: 100, purpose: .inside, movement: "WC>CE"))
        let text = SUMODetectorWriter.additionalFile(for: network, period: 300, outputFile: "e1.xml")
        #expect(text.contains("\"WC stop\"") && !text.contains("\"J in\""))
        let counts = TripDemand(trips: [Trip(start: 1, route: ["WC", "CE"])]).counts(in: network)
        #expect(Set(counts.readings.map(\.detector)) == ["WC in", "WC stop"])
    }

    @Test("Names with characters that mean something in XML come back from the written file")
    func writeDetectors() throws {
        let folder = try TestFolder()
        let name = "a<b>&\"c\"\n"
        let detector = Detector(id: DetectorID(name), lane: "l_0", position: 12.25, purpose: .entry)
        let text = SUMODetectorWriter.additionalFile(
            for: Network(name: "n", detectors: [detector]), period: 300, outputFile: "e1.xml")
        let path = try folder.write(text, to: "d.add.xml")
        var found: [[String: String]] = []
        try XMLStream.read(path, root: ["additional"]) { tag, _ throws(FormatError) in
            if tag.name == "inductionLoop" { found.append(tag.attributes) }
        }
        #expect(found == [["id": name, "lane": "l_0", "pos": "12.25", "period": "300.0", "file": "e1.xml"]])
    }
}
