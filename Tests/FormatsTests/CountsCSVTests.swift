import Foundation
import SignalModel
import Testing

@testable import Formats

@Suite("Counts as CSV")
struct CountsCSVTests {
    static let header = "detector,start_s,length_s,count,occupancy,speed_mps\n"

    static func read(_ text: String, for network: Network? = nil) throws(FormatError) -> Counts {
        try CountsCSV.read(text: text, file: "counts.csv", for: network)
    }

    @Test("What was written is read back to the bit")
    func roundTrip() throws {
        let counts = Counts(readings: [
            DetectorReading(detector: "a_0/entry", start: 0, length: 300, count: 17),
            DetectorReading(detector: "a_0/entry", start: 300, length: 300, count: nil, occupancy: 0.1),
            DetectorReading(
                detector: "north, \"inner\" lane", start: 1e-7, length: 0.1 + 0.2, count: 1.0 / 3, occupancy: 2.0 / 3,
                speed: 13.888888888888889),
            DetectorReading(
                detector: " spaces\nand a line end ", start: -5.5, length: 86400, count: 1e6,
                speed: .leastNonzeroMagnitude),
        ])
        let text = CountsCSV.text(of: counts)
        let again = try Self.read(text)
        #expect(again == counts)
        #expect(CountsCSV.text(of: again) == text)
    }

    @Test("An empty list of counts is a header alone")
    func noReadings() throws {
        let text = CountsCSV.text(of: Counts(readings: []))
        #expect(text == Self.header)
        #expect(try Self.read(text).readings.isEmpty)
    }

    @Test("Columns stand in any order, optional ones may be left out, and an empty count is a missing reading")
    func columns() throws {
        let counts = try Self.read("count,detector,length_s,start_s\n,a,60,0\n4,a,60,60")
        let expected = [
            DetectorReading(detector: "a", start: 0, length: 60, count: nil),
            DetectorReading(detector: "a", start: 60, length: 60, count: 4),
        ]
        #expect(counts.readings == expected)
    }

    @Test("A byte order mark, carriage returns, blank lines and a missing last line end do no harm")
    func lineEnds() throws {
        let counts = try Self.read(
            "\u{FEFF}detector,start_s,length_s,count,occupancy,speed_mps\r\na,0,60,1,,\r\n\r\na,60,60,2,,")
        #expect(counts.readings.map(\.count) == [1, 2])
    }

    @Test("Lines are counted through blank lines and cells with line ends")
    func lineNumbers() throws {
        let text = Self.header + "\n\"a\nb\",0,60,1,,\nc,0,60,-1,,\n"
        let error = #expect(throws: FormatError.self) { try Self.read(text) }
        #expect(error?.location == .line(5))
    }

    @Test("With a network, counts of its detectors are accepted")
    func knownDetector() throws {
        var network = Network(name: "n")
        network.detectors = [Detector(id: "a", lane: "l", position: 1, purpose: .entry)]
        #expect(try Self.read(Self.header + "a,0,60,1,,\n", for: network).readings.count == 1)
        let error = #expect(throws: FormatError.self) {
            try Self.read(Self.header + "a,0,60,1,,\nb,0,60,1,,\n", for: network)
        }
        #expect(
            error
                == FormatError(
                    file: "counts.csv", location: .line(3), fault: .unknownReference(kind: "detector", name: "b")))
    }

    struct Broken: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var place: FormatError.Location
        var says: String
        var testDescription: String { name }
    }

    static let broken: [Broken] = [
        Broken(name: "empty", text: "", place: .file, says: "empty"),
        Broken(name: "blank lines only", text: "\n\n\n", place: .file, says: "empty"),
        Broken(name: "unknown column", text: "detector,start_s,length_s,cuont\n", place: .line(1), says: "\"cuont\""),
        Broken(name: "wrong unit", text: "detector,start_min,length_s,count\n", place: .line(1), says: "start_min"),
        Broken(name: "missing column", text: "detector,start_s,count\n", place: .line(1), says: "length_s"),
        Broken(name: "column twice", text: "detector,start_s,length_s,count,count\n", place: .line(1), says: "twice"),
        Broken(name: "no header", text: "a,0,60,1,,\n", place: .line(1), says: "\"a\""),
        Broken(name: "other delimiter", text: "detector;start_s\n", place: .line(1), says: "detector;start_s"),
        Broken(name: "too few cells", text: header + "a,0,60\n", place: .line(2), says: "6 cells"),
        Broken(name: "too many cells", text: header + "a,0,60,1,,\na,60,60,1,,,9\n", place: .line(3), says: "found 7"),
        Broken(name: "no detector", text: header + " ,0,60,1,,\n", place: .line(2), says: "detector"),
        Broken(name: "negative count", text: header + "a,0,60,-1,,\n", place: .line(2), says: "count"),
        Broken(name: "NaN count", text: header + "a,0,60,nan,,\n", place: .line(2), says: "\"nan\""),
        Broken(name: "infinite count", text: header + "a,0,60,inf,,\n", place: .line(2), says: "\"inf\""),
        Broken(name: "overflowing count", text: header + "a,0,60,1e999,,\n", place: .line(2), says: "1e999"),
        Broken(name: "absurd count", text: header + "a,0,60,1000001,,\n", place: .line(2), says: "1000001"),
        Broken(name: "count in words", text: header + "a,0,60,many,,\n", place: .line(2), says: "\"many\""),
        Broken(name: "decimal comma", text: header + "a,0,60,\"1,5\",,\n", place: .line(2), says: "1,5"),
        Broken(name: "zero length", text: header + "a,0,0,1,,\n", place: .line(2), says: "length_s"),
        Broken(name: "negative length", text: header + "a,0,-60,1,,\n", place: .line(2), says: "length_s"),
        Broken(name: "no length", text: header + "a,0,,1,,\n", place: .line(2), says: "found nothing"),
        Broken(name: "no start", text: header + "a,,60,1,,\n", place: .line(2), says: "start_s"),
        Broken(name: "start as clock time", text: header + "a,07:00,60,1,,\n", place: .line(2), says: "07:00"),
        Broken(name: "absurd start", text: header + "a,1e300,60,1,,\n", place: .line(2), says: "start_s"),
        Broken(name: "occupancy in percent", text: header + "a,0,60,1,45,\n", place: .line(2), says: "occupancy"),
        Broken(name: "negative speed", text: header + "a,0,60,1,,-1\n", place: .line(2), says: "speed_mps"),
        Broken(name: "interval twice", text: header + "a,0,60,1,,\na,0,60,2,,\n", place: .line(3), says: "twice"),
        Broken(name: "quote not closed", text: header + "\"a,0,60,1,,\n", place: .line(2), says: "6 cells"),
        Broken(name: "stray quote", text: header + "a,0,60,1,,\na\"b,0,60,1,,\n", place: .line(3), says: "quote"),
    ]

    @Test("Broken counts give their own error", arguments: broken)
    func brokenInput(_ broken: Broken) {
        let error = #expect(throws: FormatError.self) { try Self.read(broken.text) }
        #expect(error?.location == broken.place)
        #expect(error?.description.contains(broken.says) == true, "\(String(describing: error))")
    }

    @Test("Files that are missing, folders, or not text are refused")
    func files() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("counts-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let binary = folder.appendingPathComponent("binary.csv")
        try Data([0xff, 0xfe, 0x00, 0x80]).write(to: binary)
        let missing = #expect(throws: FormatError.self) { try CountsCSV.read(folder.path + "/none.csv") }
        let isFolder = #expect(throws: FormatError.self) { try CountsCSV.read(folder.path) }
        let isBinary = #expect(throws: FormatError.self) { try CountsCSV.read(binary.path) }
        #expect(missing?.fault == .missing)
        #expect(isFolder?.description.contains("folder") == true)
        #expect(isBinary?.description.contains("UTF-8") == true)
    }
}
