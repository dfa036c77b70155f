import CentreStore
import Foundation

/// How long a long audit log takes to check, and in how much memory.
struct AuditMeasurement {
    static let entriesPerTransaction = 10_000

    let path: String
    let count: Int

    func run() throws {
        let store = try CentreStore(path: path)
        let clock = ContinuousClock()
        let writing = try clock.measure {
            for start in stride(from: 0, to: count, by: Self.entriesPerTransaction) {
                try store.audit.append(
                    (start..<min(count, start + Self.entriesPerTransaction)).map { number in
                        AuditRecord(
                            time: Double(number), actor: AuditActor(name: "engineer \(number % 9)", role: "engineer"),
                            action: "proposal.approved", subject: "proposal \(number)",
                            detail: "{\"reason\": \"measured\"}")
                    })
            }
        }
        print("\(count) entries written in \(writing); greatest memory so far \(Self.greatestMemory)")
        let checking = try clock.measure { print(try store.audit.verify()) }
        print("checked in \(checking); greatest memory \(Self.greatestMemory)")
    }

    private static var greatestMemory: String {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        return status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }.map(String.init) ?? "unknown"
    }
}
