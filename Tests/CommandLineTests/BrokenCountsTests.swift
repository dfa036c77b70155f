import Foundation
import Testing

@Suite("Broken counts at the command line")
struct BrokenCountsTests {
    private static let flows = ["flows", "network.json", "--counts", "FILE", "-o", "OUT"]
    private static let header = "detector,start_s,length_s,count,occupancy,speed_mps\n"

    private static func rows(_ name: String, _ rows: String, _ message: String...) -> BrokenInput {
        BrokenInput(name, files: ["FILE": Data((header + rows).utf8)], flows, message)
    }

    private static func head(_ name: String, _ header: String, _ message: String...) -> BrokenInput {
        BrokenInput(name, files: ["FILE": Data((header + "\nWC_0/stop,0,300,20,0.1,9\n").utf8)], flows, message)
    }

    static let tables: [BrokenInput] = [
        BrokenInput("no counts at all", "", flows, "FILE: ", "empty"),
        BrokenInput("blank lines", "\n\n\n", flows, "FILE: ", "empty"),
        rows("a header alone", "", "FILE: ", "no reading"),
        BrokenInput("counts without a header", "WC_0/stop,0,300,20,,\n", flows, "FILE:1", "columns", "\"WC_0/stop\""),
        head("columns apart by semicolons", "detector;start_s;length_s;count", "FILE:1", "columns", ";"),
        head("a column too few", "detector,start_s,length_s,occupancy", "FILE:1", "a column count"),
        head("a column twice", "detector,start_s,length_s,count,count,speed_mps", "FILE:1", "\"count\" occurs twice"),
        head("a column that nobody knows", "detector,start_s,length_s,count,lane,speed_mps", "FILE:1", "\"lane\""),
        rows("a row that is too short", "WC_0/stop,0,300\n", "FILE:2", "6 cells", "found 3"),
        rows("a row that is too long", "WC_0/stop,0,300,20,0.1,9,9\n", "FILE:2", "6 cells", "found 7"),
        rows("a quote that does not end", "WC_0/stop,0,300,20,,\n\"WC_0/stop,300,300,20,,\n", "FILE:3"),
        rows("a quote inside a name", "WC\"_0/stop,0,300,20,,\n", "FILE:2", "quote"),
        rows("text behind a quote", "\"WC_0\"/stop,0,300,20,,\n", "FILE:2", "quote"),
        rows("quotes of the wrong kind", "'WC_0/stop',0,300,20,,\n", "FILE: ", "no detector \"'WC_0/stop'\""),
        BrokenInput(
            "counts in UTF-16", files: ["FILE": header.data(using: .utf16) ?? Data()], flows, ["FILE: ", "UTF-8"]),
        BrokenInput(
            "bytes for counts", files: ["FILE": Data((0..<9999).map { UInt8(truncatingIfNeeded: $0 * 31) })], flows,
            ["FILE: ", "UTF-8"]),
    ]

    /// Twenty vehicles at both ends of the approaches, in each of six intervals.
    private static let stuck = ["WC_0", "EC_0", "EC_1", "SC_0"].flatMap { lane in
        ["entry", "stop"].flatMap { place in (0..<6).map { "\(lane)/\(place),\($0 * 300),300,20,,\n" } }
    }.joined()

    static let values: [BrokenInput] = [
        rows("unknown detectors only", "a,0,300,20,,\nb,0,300,20,,\n", "FILE: ", "no detector \"a\""),
        rows("a detector without a name", ",0,300,20,,\n", "FILE:2", "detector"),
        rows("occupancy in per cent", "WC_0/stop,0,300,20,45,9\n", "FILE:2", "occupancy", "\"45\""),
        rows("a speed in mm/s", "WC_0/stop,0,300,20,0.1,9000\n", "FILE:2", "speed_mps", "\"9000\""),
        rows("less than no vehicles", "WC_0/stop,0,300,-20,,\n", "FILE:2", "count", "\"-20\""),
        rows("NaN vehicles", "WC_0/stop,0,300,nan,,\n", "FILE:2", "count", "\"nan\""),
        rows("10^30 vehicles", "WC_0/stop,0,300,1e30,,\n", "FILE:2", "count", "\"1e30\""),
        rows("vehicles in words", "WC_0/stop,0,300,many,,\n", "FILE:2", "count", "\"many\""),
        rows("more vehicles than a lane carries", "WC_0/stop,0,300,99999,,\n", "FILE: ", "a usable count"),
        rows("a decimal comma", "WC_0/stop,0,300,\"20,5\",,\n", "FILE:2", "count", "\"20,5\""),
        rows("an interval of no length", "WC_0/stop,0,0,20,,\n", "FILE:2", "length_s", "\"0\""),
        rows("an interval without end", "WC_0/stop,0,inf,20,,\n", "FILE:2", "length_s", "\"inf\""),
        rows("a start that is left out", "WC_0/stop,,300,20,,\n", "FILE:2", "start_s"),
        rows("a start as a date", "WC_0/stop,2030-01-01T08:00,300,20,,\n", "FILE:2", "start_s", "\"2030-01-01T08:00\""),
        rows("a start in ms since 1970", "WC_0/stop,1893456000000,300,20,,\n", "FILE:2", "start_s"),
        rows(
            "a reading far in the future", "WC_0/stop,0,300,20,,\nWC_0/stop,900000000,300,20,,\n", "FILE: ",
            "analysis period", "900000300.0 s"),
        rows(
            "counts that never change", stuck, "FILE: ", "expected a sound detector in the analysis period",
            "all 11 left out: 8 stuck, 3 missing"),
        BrokenInput(
            "half an hour of counts for a day",
            ["flows", "network.json", "--counts", "counts.csv", "--begin", "0", "--end", "86400", "-o", "OUT"],
            ["counts.csv: ", "expected a sound detector in the analysis period", "all 11 left out: 11 missing"]),
        rows("a reading twice", "WC_0/stop,0,300,20,,\nWC_0/stop,0,300,20,,\n", "FILE:3", "twice"),
        rows(
            "readings that overlap", "WC_0/stop,0,300,20,,\nEC_0/stop,0,300,9,,\nWC_0/stop,150,300,20,,\n", "FILE:4",
            "\"WC_0/stop\"", "overlap", "line 2"),
        rows(
            "a reading within another", "WC_0/stop,100,60,20,,\nWC_0/stop,0,300,20,,\n", "FILE:3", "overlap", "line 2"),
    ]

    private static func loops(_ name: String, _ attributes: String..., message: [String]) -> BrokenInput {
        let intervals = attributes.map { "<interval \($0)/>\n" }.joined()
        return BrokenInput(
            name, files: ["FILE": Data("<detector>\n\(intervals)</detector>".utf8)],
            ["import", "e1", "FILE", "-o", "OUT"], message)
    }

    private static let minute = "begin=\"0\" end=\"60\" id=\"a\" nVehContrib=\"4\""

    static let outputs: [BrokenInput] = [
        loops("loops without intervals", message: ["FILE: ", "<interval>"]),
        loops("a loop without a name", "begin=\"0\" end=\"60\" nVehContrib=\"4\"", message: ["FILE:2", "id"]),
        loops(
            "a loop with a blank name", "begin=\"0\" end=\"60\" id=\" \" nVehContrib=\"4\"", message: ["FILE:2", "id"]),
        loops(
            "a loop that counts NaN", "begin=\"0\" end=\"60\" id=\"a\" nVehContrib=\"nan\"",
            message: ["FILE:2", "nVehContrib", "\"nan\""]),
        loops("a loop that does not count", "begin=\"0\" end=\"60\" id=\"a\"", message: ["FILE:2", "nVehContrib"]),
        loops(
            "a loop covered without end", minute + " occupancy=\"1e30\"", message: ["FILE:2", "occupancy", "\"1e30\""]),
        loops("a loop that sees light", minute + " speed=\"3e8\"", message: ["FILE:2", "speed", "\"3e8\""]),
        loops(
            "an interval of a century", "begin=\"0\" end=\"1e9\" id=\"a\" nVehContrib=\"4\"",
            message: ["FILE:2", "end", "86400"]),
        loops("a loop that reports twice", minute, minute, message: ["FILE:3", "\"a\"", "overlap", "line 2"]),
        BrokenInput(
            "loops cut short", "<detector>\n<interval \(minute)/>\n", ["import", "e1", "FILE", "-o", "OUT"], "FILE:2",
            "cut short"),
        BrokenInput("a network for loops", "<net/>", ["import", "e1", "FILE", "-o", "OUT"], "FILE:1", "<detector>"),
    ]

    @Test("ends with its exit code and a message that names the place", arguments: tables + values + outputs)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }
}
