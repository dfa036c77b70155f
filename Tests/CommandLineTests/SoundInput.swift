import Foundation
import TestSupport

/// Files that belong together and in which nothing is wrong; broken input is made from them.
enum SoundInput {
    /// `net.xml`, `network.json`, `counts.csv`, `flows.json` and `plan.json` of a T junction, and `roadnet.json` and
    /// `flow.json` of a crossroads.
    static let files: [String: Data] = {
        do {
            return try make()
        } catch {
            preconditionFailure("the sound input cannot be made: \(error)")
        }
    }()

    private struct Unusable: Error {
        var arguments: [String]
        var errors: String
    }

    private static func make() throws -> [String: Data] {
        let folder = try Program.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(SUMOTestNetwork.text().utf8).write(to: folder.appendingPathComponent("net.xml"))
        try Data(counts.utf8).write(to: folder.appendingPathComponent("counts.csv"))
        let crossroads = CityFlowCrossroads()
        for (name, content) in [("roadnet.json", crossroads.roadnet as Any), ("flow.json", crossroads.flow)] {
            try JSONSerialization.data(withJSONObject: content, options: .sortedKeys)
                .write(to: folder.appendingPathComponent(name))
        }
        for line in [
            "import sumo net.xml -o network.json", "flows network.json --counts counts.csv -o flows.json",
            "optimize network.json --flows flows.json --effort 1 -o plan.json",
        ] {
            let arguments = line.split(separator: " ").map(String.init)
            let result = try Program.run(arguments, in: folder, timeLimit: 60)
            guard result.code == 0 else { throw Unusable(arguments: arguments, errors: result.errors) }
        }
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        return files
    }

    /// Half an hour of counts at both ends of the approaches.
    private static let counts: String = {
        var lines = ["detector,start_s,length_s,count,occupancy,speed_mps"]
        for lane in ["WC_0", "EC_0", "EC_1", "SC_0"] {
            for interval in 0..<6 {
                for place in ["entry", "stop"] {
                    lines.append("\(lane)/\(place),\(interval * 300),300,\(20 + interval),0.1,9")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()
}
