import Foundation
import TestSupport
import Testing

@Suite("Missing files, outputs that cannot be written and wrong usage at the command line")
struct BrokenPathsTests {
    private static func line(
        _ line: String, with files: [String: Data] = [:], code: Int32 = 65, _ message: String...
    ) -> BrokenInput {
        BrokenInput(
            line, files: files, line.split(separator: " ").map { $0 == "''" ? "" : String($0) }, code: code, message)
    }

    private static let folder = ["FOLDER/": Data()]

    static let inputs: [BrokenInput] = [
        line("import sumo NONE -o OUT", "NONE: no such file"),
        line("import sumo net.xml --additional NONE -o OUT", "NONE: no such file"),
        line("import sumo net.xml --vehicle-types NONE -o OUT", "NONE: no such file"),
        line("import e1 NONE -o OUT", "NONE: no such file"),
        line("import cityflow roadnet.json --flow NONE -o OUT", "NONE: no such file"),
        line("flows network.json --counts NONE -o OUT", "NONE: no such file"),
        line("optimize NONE --flows flows.json -o OUT", "NONE: no such file"),
        line("evaluate network.json NONE --flows flows.json", "NONE: no such file"),
        line("check network.json NONE", "NONE: no such file"),
        line("export sumo-program network.json NONE -o OUT", "NONE: no such file"),
        line("import sumo FOLDER -o OUT", with: folder, "FOLDER: cannot be read: it is a folder"),
        line("flows network.json --counts FOLDER -o OUT", with: folder, "FOLDER: cannot be read: it is a folder"),
        line("check FOLDER plan.json", with: folder, "FOLDER: cannot be read: it is a folder"),
        line("import sumo /dev/null -o OUT", "/dev/null: cannot be read: it is not a plain file"),
    ]

    static let outputs: [BrokenInput] = [
        line("import sumo net.xml -o NONE/OUT", code: 73, "NONE/OUT: cannot be written: there is no folder NONE"),
        line("import sumo net.xml -o net.xml/OUT", code: 73, "net.xml/OUT: cannot be written"),
        line("import sumo net.xml -o FOLDER", with: folder, code: 73, "FOLDER: cannot be written: it is a folder"),
        line("import sumo net.xml -o OUT/", code: 73, "OUT/: cannot be written"),
        line("import sumo net.xml -o ''", code: 73, "a file name is needed"),
        line("import sumo net.xml -o " + String(repeating: "O", count: 300), code: 73, "cannot be written"),
        line("flows network.json --counts counts.csv -o FOLDER", with: folder, code: 73, "FOLDER: cannot be written"),
        line("export sumo-detectors network.json -o NONE/OUT", code: 73, "there is no folder NONE"),
        line("export sumo-program network.json plan.json -o NONE/OUT", code: 73, "there is no folder NONE"),
        line("export sumo-routes network.json --flows flows.json -o NONE/OUT", code: 73, "there is no folder NONE"),
        line("optimize network.json --flows flows.json --effort 1 -o NONE/OUT", code: 73, "there is no folder NONE"),
        line(
            "optimize network.json --flows flows.json --effort 1 -o OUT --steps NONE/OUT", code: 73,
            "there is no folder NONE"),
        line(
            "optimize network.json --flows flows.json --effort 1 -o OUT --report ./OUT", code: 73,
            "./OUT: cannot be written: another output goes there too"),
        line(
            "import cityflow roadnet.json --flow flow.json -o OUT --flows OUT", code: 73,
            "another output goes there too"),
        line(
            "export sumo-network network.json --folder net.xml", with: ["net.xml": Data()], code: 73,
            "net.xml: cannot be written"),
        // All five files of a network or none, and the network with its counts or neither.
        line(
            "export sumo-network network.json --folder . --name N", with: ["N.tll.xml/": Data()], code: 73,
            "N.tll.xml: cannot be written: it is a folder"),
        line(
            "import cityflow roadnet.json --flow flow.json -o OUT --counts NONE/COUNTS", code: 73,
            "there is no folder NONE"),
    ]

    static let usage: [BrokenInput] = [
        line("frobnicate", code: 64, "frobnicate"), line("--frobnicate", code: 64, "frobnicate"),
        line("import sumo", code: 64, "<network>"), line("check network.json", code: 64, "<plan>"),
        line("flows network.json --flows flows.json", code: 64, "--counts"),
        line("optimize network.json", code: 64, "--counts"),
        line("optimize network.json --flows flows.json --counts counts.csv", code: 64, "--counts"),
        line("optimize network.json --flows flows.json --threads 0", code: 64, "--threads"),
        line(
            "optimize network.json --flows flows.json --least-cycle 90 --greatest-cycle 80", code: 64, "--least-cycle"),
        line("optimize network.json --flows flows.json --greatest-cycle nan", code: 64, "--greatest-cycle"),
        line("optimize network.json --flows flows.json --stages any", code: 64, "--stages"),
        line("optimize network.json --flows flows.json --seed 99999999999999999999", code: 64, "--seed"),
        line("flows network.json --counts counts.csv --begin nan -o OUT", code: 64, "--begin"),
        line("flows network.json --counts counts.csv --begin 600 --end 300 -o OUT", code: 64, "--begin", "--end"),
        line("flows network.json --counts counts.csv --interval 1e30 -o OUT", code: 64, "--interval", "60 to 3600"),
        line("flows network.json --counts counts.csv --begin 99999 -o OUT", "counts.csv: ", "analysis period"),
        line("export sumo-detectors network.json --period 0 -o OUT", code: 64, "--period", "1 to 86400"),
        line("export sumo-network network.json --folder . --name ''", code: 64, "--name"),
        line("export sumo-network network.json --folder . --name ../N", code: 64, "--name"),
        line("import cityflow roadnet.json --counts COUNTS -o OUT", code: 64, "--flow"),
        line("optimize network.json --flows flows.json --begin 0", code: 64, "--begin", "--counts"),
        line("optimize network.json --flows flows.json --end 900", code: 64, "--end", "--counts"),
        line("evaluate network.json plan.json --flows flows.json --interval 300", code: 64, "--interval", "--counts"),
        line("report network.json plan.json --flows flows.json --begin 0 -o OUT", code: 64, "--begin", "--counts"),
        line("export sumo-routes network.json --flows flows.json --begin 0 -o OUT", code: 64, "--begin", "--counts"),
        line("optimize network.json --flows flows.json --json", code: 64, "--json needs -o", "the plan"),
        line("flows network.json --counts counts.csv --json", code: 64, "--json needs -o", "the flows"),
        line("detectors network.json --json", code: 64, "--json needs -o", "the network"),
        line("import sumo net.xml --json", code: 64, "--json needs -o", "the network"),
        line("import cityflow roadnet.json --json", code: 64, "--json needs -o", "the network"),
    ]

    private static let street =
        "--simulator sumo --net net.xml --routes FILE --begin 0 --end 60 --seeds 2 --sumo-home NONE"

    static let comparisons: [BrokenInput] = [
        line("compare network.json", code: 64, "<plans>"),
        line("compare network.json present bogus --flows flows.json", code: 64, "bogus", "sumo-webster"),
        line("compare network.json present present --flows flows.json", code: 64, "two plans", "present"),
        line("compare network.json present a/b=present --flows flows.json", code: 64, "a/b=present"),
        line("compare network.json present plan.json", code: 64, "--counts", "--flows"),
        line("compare network.json present NONE.json --flows flows.json", "NONE.json: no such file"),
        line("compare network.json present flows.json --flows flows.json", "flows.json: "),
        line("compare network.json present plan.json --flows NONE", "NONE: no such file"),
        line("compare network.json present plan.json --flows flows.json --seeds 0", code: 64, "--seeds"),
        line("compare network.json present plan.json --flows flows.json --jobs 0", code: 64, "--jobs"),
        line(
            "compare network.json present plan.json --flows flows.json --demand-scale 1,1", code: 64, "--demand-scale"),
        line(
            "compare network.json present plan.json --flows flows.json --demand-scale nan", code: 64, "--demand-scale"),
        line("compare network.json present plan.json --flows flows.json --demand given", code: 64, "--seeds 1"),
        line("compare network.json present plan.json --flows flows.json --reference x", code: 64, "present, plan"),
        line("compare network.json present sumo-webster --flows flows.json", code: 64, "--simulator sumo"),
        line("compare network.json present NONE.xml --flows flows.json", code: 64, "--net"),
        line("compare network.json present plan.json --simulator sumo", code: 64, "--net", "--routes", "--begin"),
        line("compare network.json present --flows flows.json --demand counted", code: 64, "--simulator sumo"),
        line(
            "compare network.json present --flows flows.json --demand drawn --simulator sumo --net net.xml --begin 0 --end 60",
            code: 64, "--demand drawn needs --routes"),
        line("compare network.json present --demand counted \(street)", code: 64, "--counts or --flows"),
        line("compare network.json present webster --flows flows.json --begin 5 --end 4", code: 64, "--begin"),
        line("compare network.json present plan.json \(street)", "NONE", "SUMO_HOME"),
        line(
            "compare network.json adaptive --flows flows.json --simulator sumo --net net.xml --begin 1e19 --end 2e19",
            code: 64, "whole seconds from 0 to 1000000000"),
        line(
            "compare network.json present --flows flows.json --simulator sumo --net net.xml --begin 0.5 --end 60",
            code: 64, "whole seconds"),
        line(
            "compare network.json present plan.json --flows flows.json --seeds 2 --folder net.xml/OUT",
            with: ["net.xml": Data()], code: 73,
            "net.xml/OUT"),
    ]

    @Test(
        "ends with its exit code and a message that names the place", arguments: inputs + outputs + usage + comparisons)
    func refused(_ broken: BrokenInput) throws { try broken.judge() }

    @Test(
        "standard output that is full is an output that cannot be written",
        arguments: [
            "export sumo-detectors network.json", "check network.json plan.json", "check network.json plan.json --json",
            "evaluate network.json plan.json --flows flows.json",
            "evaluate network.json plan.json --flows flows.json --json",
            "optimize network.json --flows flows.json --effort 1 -o OUT",
            "flows network.json --counts counts.csv -o OUT", "flows network.json --counts counts.csv -o OUT --json",
            "import sumo net.xml -o OUT", "import cityflow roadnet.json -o OUT", "detectors network.json -o OUT",
        ])
    func fullStandardOutput(line: String) throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in SoundInput.files { try content.write(to: folder.appendingPathComponent(name)) }
        let result = try Program.run(
            line.split(separator: " ").map(String.init), in: folder, output: URL(fileURLWithPath: "/dev/full"),
            timeLimit: 60)
        #expect(result.code == 73, "\(result.ending)\n\(result.errors)")
        #expect(result.errors.contains("standard output: cannot be written: No space left on device"))
    }

    @Test("a standard error that is full changes no exit code")
    func fullStandardError() throws {
        let result = try Program.run(
            ["check", "/nowhere/network.json", "/nowhere/plan.json"], errors: URL(fileURLWithPath: "/dev/full"),
            timeLimit: 20)
        #expect(result.code == 65, "\(result.ending)")
    }

    @Test("an output behind a link replaces the file and leaves the link")
    func outputBehindLink() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (link, file) = (folder.appendingPathComponent("link"), folder.appendingPathComponent("file"))
        try Data("before".utf8).write(to: file)
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
        try Data(SUMOTestNetwork.text().utf8).write(to: folder.appendingPathComponent("net.xml"))
        let result = try Program.run(["import", "sumo", "net.xml", "-o", "link"], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.errors)")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
        #expect(try Data(contentsOf: file).count > 1000)
    }

    @Test(
        "an output of one character, or in a folder of one, is a file as others are",
        arguments: ["p", "-", "é", "道", "./p", "f/p", "f/-", "f/\u{301}"])
    func shortOutput(name: String) throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("f"), withIntermediateDirectories: true)
        try Data(SUMOTestNetwork.text().utf8).write(to: folder.appendingPathComponent("net.xml"))
        let result = try Program.run(["import", "sumo", "net.xml", "-o", name], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.ending)\n\(result.errors)")
        let written = try #require(FileManager.default.contents(atPath: folder.path + "/" + name))
        #expect(written.count > 1000)
    }

    @Test("a folder for several files is made where it is not there, with those above it")
    func freshFolder() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try SoundInput.files["network.json"]?.write(to: folder.appendingPathComponent("network.json"))
        let result = try Program.run(
            ["export", "sumo-network", "network.json", "--folder", "a/b", "--name", "N"], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.ending)\n\(result.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b")
        #expect(files.sorted() == ["N.con.xml", "N.edg.xml", "N.netccfg", "N.nod.xml", "N.tll.xml"])
    }

    @Test("an output that is a pipe stays a pipe and takes the result")
    func outputIntoPipe() throws {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let pipe = folder.appendingPathComponent("pipe").path
        try #require(mkfifo(pipe, 0o600) == 0)
        // Open for both, so that neither end waits for the other; the result is smaller than a pipe holds.
        let descriptor = open(pipe, O_RDWR)
        try #require(descriptor >= 0)
        let reader = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let loops = "<detector><interval begin=\"0\" end=\"60\" id=\"a\" nVehContrib=\"4\"/></detector>"
        try Data(loops.utf8).write(to: folder.appendingPathComponent("e1.xml"))
        let result = try Program.run(["import", "e1", "e1.xml", "-o", "pipe"], in: folder, timeLimit: 20)
        #expect(result.code == 0, "\(result.ending)\n\(result.errors)")
        let kind = try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType
        try #require(kind != .typeRegular)
        let taken = reader.availableData
        #expect(String(decoding: taken, as: UTF8.self).contains("a,0.0,60.0,4.0"))
    }
}
