import CyclicProfile
import Formats
import Foundation
import LinearAlgebra
import PerformanceModel
import SignalModel

// Reads a network and its flows, then one command a line from standard input, and answers each with one line of JSON.
// Benchmarks/profiles.py drives it, so that everything is measured in turn.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, let cycle = Int(arguments[2]), let count = Int(arguments[3]), count > 0 else {
    FileHandle.standardError.write(Data("usage: ProfileBenchmark NETWORK FLOWS CYCLE CANDIDATES\n".utf8))
    exit(64)
}
do {
    let network = try JSONDocument.read(Network.self, from: arguments[0])
    let flows = try JSONDocument.read(Flows.self, from: arguments[1], for: network)
    let greens = network.junctions.compactMap(\.programs.first).flatMap(\.plan.greens).map(\.intervals.count).max()
    let cyclic = try CyclicNetwork(
        model: NetworkModel(network: network, flows: flows), cycle: cycle, greensPerGroup: max(1, greens ?? 1))
    let session = try Session(candidates: Candidates(network: network, cyclic: cyclic), count: count)
    while let line = readLine() {
        let words = line.split(separator: " ").map(String.init)
        guard let answer = try session.answer(words) else {
            FileHandle.standardError.write(Data("unknown command: \(line)\n".utf8))
            exit(64)
        }
        FileHandle.standardOutput.write(Data((answer + "\n").utf8))
    }
} catch {
    FileHandle.standardError.write(Data("ProfileBenchmark: \(error)\n".utf8))
    exit(1)
}
