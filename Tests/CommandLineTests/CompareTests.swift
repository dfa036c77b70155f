import Foundation
import TestSupport
import Testing

@Suite("Comparisons at the command line")
struct CompareTests {
    /// The sound files in a folder of their own.
    private func withFiles<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, data) in SoundInput.files { try data.write(to: folder.appendingPathComponent(name)) }
        return try body(folder)
    }

    private static let inModel = "compare network.json present plan.json webster equisat --flows flows.json --seeds 6"

    private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

    @Test("In the model: the same twice, and the JSON, the CSV and the table say the same")
    func inModel() throws {
        try withFiles { folder in
            let text = try Program.run(words(Self.inModel), in: folder)
            #expect(text.code == 0 && text.errors.isEmpty, "\(text.errors)")
            let json = try Program.run(words(Self.inModel + " --json --folder OUT"), in: folder)
            #expect(try Program.run(words(Self.inModel), in: folder).output == text.output)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            let kept = try JSONSerialization.jsonObject(
                with: Data(contentsOf: folder.appendingPathComponent("OUT/results.json")))
            #expect(result as NSDictionary == kept as? NSDictionary)
            let level = try #require((result["levels"] as? [[String: Any]])?.first)
            let outcomes = try #require(level["outcomes"] as? [[String: Any]])
            #expect(outcomes.compactMap { $0["label"] as? String } == ["present", "plan", "webster", "equisat"])
            let csv = try String(contentsOf: folder.appendingPathComponent("OUT/seeds.csv"), encoding: .utf8)
            let page = try String(contentsOf: folder.appendingPathComponent("OUT/report.html"), encoding: .utf8)
            for outcome in outcomes {
                let label = try #require(outcome["label"] as? String)
                let delay = try #require((outcome["values"] as? [String: Any])?["delay"] as? [String: Any])
                let bySeed = try #require(delay["bySeed"] as? [Double])
                let mean = try #require((delay["interval"] as? [String: Any])?["mean"] as? Double)
                #expect(bySeed.count == 6)
                #expect(abs(bySeed.reduce(0, +) / 6 - mean) < 1e-9)
                let rows = csv.split(separator: "\n").map { $0.split(separator: ",") }
                    .filter { $0[1] == label && $0[2] == "delay" }
                #expect(rows.map { String($0[3]) } == ["1", "2", "3", "4", "5", "6"])
                for (row, value) in zip(rows, bySeed) {
                    #expect(abs(try #require(Double(row[4])) - value) < 1e-9 * value)
                }
                #expect(text.output.contains(String(format: "%.1f", mean)))
                #expect(page.contains(String(format: "%.1f", mean)))
            }
            #expect(text.output.contains("Delay here: signal delay in the model"))
        }
    }

    @Test("A plan under two names does not differ from itself")
    func itself() throws {
        try withFiles { folder in
            let result = try Program.run(
                words("compare network.json a=plan.json b=plan.json --flows flows.json"), in: folder)
            #expect(result.output.contains("no difference: the same on every seed"), "\(result.output)")
        }
    }

    /// Has a folder's description say something else.
    private func describe(_ folder: URL, _ words: String, as others: String) throws {
        let file = folder.appendingPathComponent("comparison.txt")
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(words))
        try text.replacingOccurrences(of: words, with: others).write(to: file, atomically: true, encoding: .utf8)
    }

    @Test("In the model: results of SUMO, or of another demand, are not written over")
    func otherResults() throws {
        try withFiles { folder in
            let line = "compare network.json present plan.json --flows flows.json --seeds 2 --folder OUT"
            func isRefused(_ line: String, naming role: String) throws {
                let results = try Data(contentsOf: folder.appendingPathComponent("OUT/results.json"))
                let refused = try Program.run(words(line), in: folder)
                #expect(refused.code == 65 && refused.errors.contains("another comparison: \(role)"), "\(refused)")
                #expect(try Data(contentsOf: folder.appendingPathComponent("OUT/results.json")) == results)
            }
            try #require(try Program.run(words(line), in: folder).code == 0)
            #expect(try Program.run(words(line + " --first-seed 3"), in: folder).code == 0)
            let counted = line.replacingOccurrences(of: "--flows flows.json", with: "--counts counts.csv")
            try isRefused(counted, naming: "counts")
            try describe(folder.appendingPathComponent("OUT"), "simulator: the model", as: "simulator: SUMO 1.28.0")
            try isRefused(line, naming: "simulator")
        }
    }

    @Test("A folder whose path SUMO would take for two files is refused")
    func comma() throws {
        let line = "compare n present --simulator sumo --net net --routes routes --begin 0 --end 60 --folder a,b"
        let result = try Program.run(words(line))
        #expect(result.code == 64 && result.errors.contains("--folder: expected a path without a comma"))
    }

    @Test(
        "However a comparison is ended, no SUMO is left, and nothing half done where there was time to remove it",
        .enabled(if: SharedData.isExpected && SUMOProgram.isExpected, SUMOProgram.absence))
    func ended() throws {
        try withStreet { folder in
            for number in [SIGTERM, SIGINT, SIGKILL] {
                let place = folder.lastPathComponent + "/OUT\(number)/"
                let line =
                    "compare network.json present adaptive-perfect --simulator sumo --net net --routes routes "
                    + "--begin 57600 --end 61200 --seeds 40 --folder OUT\(number)"
                let comparison = try Program.begin(words(line), in: folder)
                let deadline = Date(timeIntervalSinceNow: 120)
                while processes(naming: place).count < 2, comparison.isRunning, Date() < deadline { usleep(5000) }
                // By then the last one has become SUMO.
                usleep(200_000)
                kill(comparison.processIdentifier, number)
                comparison.waitUntilExit()
                #expect(comparison.terminationStatus == (number == SIGKILL ? SIGKILL : 128 + number))
                // The system needs a moment for those whose parent was killed.
                while !processes(naming: place).isEmpty, Date() < deadline { usleep(5000) }
                #expect(processes(naming: place).isEmpty)
                if number != SIGKILL {
                    let work = folder.path + "/OUT\(number)/work"
                    #expect(try FileManager.default.contentsOfDirectory(atPath: work).isEmpty)
                }
            }
        }
    }

    private func processes(naming words: String) -> [Int32] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { Int32($0) }.filter { number in
            let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return String(decoding: line, as: UTF8.self).contains(words)
        }
    }

    private static let street =
        "compare network.json present plan.json webster --flows flows.json --simulator sumo --net net --routes routes "
        + "--begin 57600 --end 58200 --seeds 4 --json"

    /// A street, its plan and its demand as files, for SUMO.
    private func withStreet<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let data = try SharedData.url("data/sumo/ingolstadt1").path
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, file) in [("net", "net"), ("routes", "rou")] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + name, withDestinationPath: "\(data)/ingolstadt1.\(file).xml")
        }
        for line in [
            "import sumo net --vehicle-types routes -o network.json",
            "export sumo-detectors network.json --counts-file e1.xml -o detectors.add.xml",
        ] {
            let result = try Program.run(words(line), in: folder)
            try #require(result.code == 0, "\(result.errors)")
        }
        let counting = try SUMOProgram.run(
            words("-n net -r routes -a detectors.add.xml -b 57600 -e 58200 --no-step-log --no-warnings"), in: folder)
        try #require(counting.status == 0, "\(counting.output)")
        for line in [
            "import e1 e1.xml -o counts.csv", "flows network.json --counts counts.csv -o flows.json",
            "optimize network.json --flows flows.json --effort 20 -o plan.json",
        ] {
            let result = try Program.run(words(line), in: folder)
            try #require(result.code == 0, "\(result.errors)")
        }
        return try body(folder)
    }

    @Test(
        "In SUMO: killed in the middle and begun again, the result is the same and no run is repeated",
        .enabled(if: SharedData.isExpected && SUMOProgram.isExpected, SUMOProgram.absence))
    func killed() throws {
        try withStreet { folder in
            let whole = try Program.run(words(Self.street), in: folder)
            try #require(whole.code == 0, "\(whole.errors)")
            let place = folder.appendingPathComponent("OUT")
            func runs() -> [String: Date] {
                let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path + "/runs")) ?? []
                return Dictionary(
                    uniqueKeysWithValues: files.filter { !$0.hasPrefix(".") }.compactMap { file in
                        let facts = try? FileManager.default.attributesOfItem(atPath: place.path + "/runs/" + file)
                        return (facts?[.modificationDate] as? Date).map { (file, $0) }
                    })
            }
            let killed = try Program.begin(words(Self.street + " --folder OUT"), in: folder)
            let deadline = Date(timeIntervalSinceNow: 120)
            while runs().count < 3, killed.isRunning, Date() < deadline { usleep(5000) }
            kill(killed.processIdentifier, SIGKILL)
            killed.waitUntilExit()
            let before = runs()
            #expect((3..<12).contains(before.count), "killed after \(before.count) of 12 runs")
            let again = try Program.run(words(Self.street + " --folder OUT"), in: folder)
            #expect(again.output == whole.output)
            let after = runs()
            #expect(after.count == 12)
            for (file, date) in before {
                #expect(after[file] == date, "\(file) was repeated")
            }
            // More seeds: what is there is not run again either.
            let more = Self.street.replacingOccurrences(of: "--seeds 4", with: "--seeds 5")
            #expect(try Program.run(words(more + " --folder OUT"), in: folder).code == 0)
            #expect(runs().count == 15)
            for (file, date) in after { #expect(runs()[file] == date) }
            // Another window in the same folder is another comparison.
            let other = Self.street.replacingOccurrences(of: "--end 58200", with: "--end 58100")
            let refused = try Program.run(words(other + " --folder OUT"), in: folder)
            #expect(refused.code == 65 && refused.errors.contains("another comparison: window"), "\(refused.errors)")
            // Runs by another build are those of another comparison too.
            try describe(place, "build: greenband ", as: "build: greenband 0.0.9 of another day, not ")
            let otherBuild = try Program.run(words(more + " --folder OUT"), in: folder)
            #expect(otherBuild.code == 65 && otherBuild.errors.contains("another comparison: build"))
            #expect(otherBuild.errors.contains("Name another folder"))
        }
    }

    @Test(
        "Where SUMO's scripts make nothing that it loads, their plans are left out and named; not so the reference",
        .enabled(if: SharedData.isExpected && SUMOProgram.isExpected, SUMOProgram.absence))
    func scriptsFail() throws {
        try withStreet { folder in
            let tools = folder.appendingPathComponent("sumo/tools")
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                at: folder.appendingPathComponent("sumo/bin"),
                withDestinationURL: URL(fileURLWithPath: try #require(SUMOProgram.path)).deletingLastPathComponent())
            let scripts = [
                "tlsCycleAdaptation": "raise IndexError('no such thing')",
                "tlsCoordinator": """
                import sys
                logic = '<tlLogic id="none" type="static" programID="0"><phase duration="9" state="G"/></tlLogic>'
                with open(sys.argv[sys.argv.index("-o") + 1], "w") as file:
                    file.write("<additional>" + logic + "</additional>")
                """,
            ]
            for (name, text) in scripts {
                try text.write(to: tools.appendingPathComponent(name + ".py"), atomically: true, encoding: .utf8)
            }
            let line =
                "compare network.json present sumo-webster sumo-offsets plan.json --simulator sumo --net net "
                + "--routes routes --begin 57600 --end 57900 --seeds 2 --sumo-home sumo"
            let table = try Program.run(words(line + " --folder OUT"), in: folder)
            try #require(table.code == 0, "\(table.errors)")
            for label in ["sumo-webster", "sumo-offsets"] {
                #expect(table.output.contains("\(label): left out, as it could not be made"), "\(table.output)")
            }
            #expect(table.output.contains("made: tlsCycleAdaptation.py failed: IndexError: no such thing\n"))
            let page = try String(contentsOf: folder.appendingPathComponent("OUT/report.html"), encoding: .utf8)
            #expect(page.contains("sumo-webster: left out, as it could not be made"))
            let json = try Program.run(words(line + " --json"), in: folder)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            let absent = try #require(result["absent"] as? [[String: String]])
            #expect(absent.map { $0["label"] } == ["sumo-webster", "sumo-offsets"])
            let plans = try #require(result["plans"] as? [[String: Any]])
            #expect(plans.compactMap { $0["label"] as? String } == ["present", "plan"])

            let refused = try Program.run(words(line + " --reference sumo-webster"), in: folder)
            #expect(refused.code != 0 && refused.output.isEmpty)
            #expect(refused.errors.contains("tlsCycleAdaptation.py failed"), "\(refused.errors)")
        }
    }
}
