import Foundation
import Testing

@testable import Formats

@Suite("Vehicles of another day")
struct SUMODepartureDrawTests {
    /// A file of vehicles, one a second from 0 to 3599 s, with what else can be there, for the length of a body.
    private func withRoutes(_ more: String = "", _ body: (String) throws -> Void) throws {
        let folder = try TestFolder()
        var text = "<routes>\n<vType id=\"car\" length=\"4\"/>\n"
        for second in 0..<3600 {
            text +=
                "<vehicle id=\"v\(second)\" type=\"car\" depart=\"\(second)\"><route edges=\"a &amp;b\"/></vehicle>\n"
        }
        let path = try folder.write(text + more + "</routes>", to: "routes.rou.xml")
        try withExtendedLifetime(folder) { try body(path) }
    }

    private func departures(_ text: String) throws -> [(id: String, depart: Double)] {
        let folder = try TestFolder()
        var result: [(id: String, depart: Double)] = []
        let path = try folder.write(text, to: "drawn.rou.xml")
        defer { withExtendedLifetime(folder) {} }
        try XMLStream.read(path, root: ["routes"]) { tag, _ throws(FormatError) in
            if tag.name == "vehicle" {
                result.append((try tag.text("id"), try tag.number("depart", -1e9...1e9)))
            }
        }
        return result
    }

    @Test("Number, times and names are those of another day: Poisson, near their own times, sorted, each name once")
    func drawn() throws {
        var counts: [Double] = []
        try withRoutes { path in
            for seed in 0..<20 as Range<UInt64> {
                let text = try SUMODepartureDraw.day.routes(from: path, begin: 600, end: 3000, seed: seed)
                let drawn = try departures(text)
                counts.append(Double(drawn.count))
                #expect(Set(drawn.map(\.id)).count == drawn.count)
                #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $0.depart <= $1.depart })
                for (id, depart) in drawn {
                    let own = try #require(Double(id.dropFirst().prefix { $0 != "+" }))
                    #expect(abs(depart - own) <= SUMODepartureDraw.greatestShift + 0.01)
                    #expect(depart >= 600 && depart < 3000)
                }
            }
        }
        // 2400 in the mean, with a standard deviation of 49, of the mean of 20 of 11.
        let mean = counts.reduce(0, +) / 20
        #expect(abs(mean - 2400) < 45)
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 19
        #expect(variance > 600 && variance < 6000, "\(variance)")
    }

    @Test("With the counts kept, every vehicle comes once, in its own five minutes, at another time")
    func redrawn() throws {
        try withRoutes { path in
            for seed in 0..<5 as Range<UInt64> {
                let drawn = try departures(
                    SUMODepartureDraw.departures.routes(from: path, begin: 600, end: 2950, seed: seed))
                #expect(Set(drawn.map(\.id)) == Set((600..<2950).map { "v\($0)" }) && drawn.count == 2350)
                #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $0.depart <= $1.depart })
                var shift = 0.0
                for (id, depart) in drawn {
                    let own = try #require(Double(id.dropFirst()))
                    #expect(Int(depart / 300) == Int(own / 300) && depart < 2950, "\(id) at \(depart)")
                    shift += abs(depart - own)
                }
                // Two uniform draws from the same 300 s are 100 s apart in the mean.
                #expect(abs(shift / 2350 - 100) < 10)
            }
        }
    }

    @Test("The same seed gives the same vehicles, types and routes stay, and people too")
    func kept() throws {
        try withRoutes("<person id=\"p\" depart=\"700\"><walk edges=\"a b\"/></person>") { path in
            let text = try SUMODepartureDraw.day.routes(from: path, begin: 0, end: 3600, seed: 4)
            #expect(try SUMODepartureDraw.day.routes(from: path, begin: 0, end: 3600, seed: 4) == text)
            #expect(try SUMODepartureDraw.day.routes(from: path, begin: 0, end: 3600, seed: 5) != text)
            #expect(text.contains("<vType id=\"car\" length=\"4\"/>"))
            #expect(text.contains("<route edges=\"a &amp;b\"/>"))
            #expect(text.contains("<person depart=\"700\" id=\"p\">") && text.contains("<walk edges=\"a b\"/>"))
        }
    }

    @Test("A flow is no vehicle that was counted")
    func flow() throws {
        try withRoutes("<flow id=\"f\" begin=\"0\" end=\"9\" number=\"3\"/>") { path in
            #expect {
                try SUMODepartureDraw.day.routes(from: path, begin: 0, end: 3600, seed: 1)
            } throws: { ($0 as? FormatError)?.description.contains("<flow> id \"f\"") ?? false }
        }
    }
}

@Suite("The yellow of a network's programs")
struct SUMOYellowTests {
    private func usual(_ phases: String) throws -> Int? {
        let folder = try TestFolder()
        let text = "<net><tlLogic id=\"J\" type=\"static\" programID=\"0\">\(phases)</tlLogic></net>"
        let path = try folder.write(text, to: "n.net.xml")
        return try withExtendedLifetime(folder) { try SUMOYellow.usual(in: path) }
    }

    @Test("The commonest, the shorter of two as common, none where there is none")
    func usual() throws {
        func phase(_ seconds: Int, _ state: String) -> String { "<phase duration=\"\(seconds)\" state=\"\(state)\"/>" }
        #expect(try usual(phase(20, "Gr") + phase(3, "yr") + phase(5, "ry") + phase(3, "Yr")) == 3)
        #expect(try usual(phase(20, "Gr") + phase(5, "yr") + phase(4, "ry")) == 4)
        #expect(try usual(phase(20, "Gr") + phase(5, "rr")) == nil)
    }
}
