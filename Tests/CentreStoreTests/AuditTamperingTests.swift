import CentreStore
import Foundation
import SignalModel
import Testing

@Suite("Tampering with the audit log")
struct AuditTamperingTests {
    /// Checks a log by the description of the chain alone, in another language and with another SHA-256.
    private static let peer = """
        import hashlib, sqlite3, struct, sys
        head, count = bytes(32), 0
        table = sqlite3.connect(sys.argv[1])
        table.text_factory = bytes
        for sequence, time, actor, role, action, subject, detail, previous, hash in table.execute(
                "SELECT sequence, time_s, actor, role, action, subject, detail, previous, hash FROM audit ORDER BY sequence"):
            message = b"greenband audit 1" + struct.pack(">q", sequence) + struct.pack(">d", time)
            for text in (actor, role, action, subject, detail):
                message += struct.pack(">Q", len(text)) + text
            if sequence != count + 1 or previous != head or hashlib.sha256(message + previous).digest() != hash:
                sys.exit(print("broken", count + 1))
            head, count = hash, count + 1
        print("intact", count, head.hex())
        """

    private static func peerVerdict(_ path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", peer, path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// A log of random entries, whose texts have what is hard to encode.
    private static func log(using generator: inout SeededGenerator) throws -> (StoreFolder, count: Int, head: String) {
        func text() -> String {
            let letters: [Character] = ["a", "B", "7", " ", "é", "信", "\u{1F6A6}", "\n", "'", "\"", "\u{fffd}"]
            let length = Int.random(in: 1...12, using: &generator)
            return "Q" + String((0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
        }
        let folder = try StoreFolder()
        let store = try folder.open()
        let count = Int.random(in: 2...30, using: &generator)
        var head = ""
        for _ in 0..<count {
            head = try store.audit.append(
                AuditRecord(
                    time: Double.random(in: 0...2e9, using: &generator), actor: AuditActor(name: text(), role: text()),
                    action: text(), subject: text(), detail: "{\"n\":\(Int.random(in: 0...99, using: &generator))}")
            ).hash
        }
        try store.close()
        return (folder, count, head)
    }

    @Test("Every change, deletion, exchange and insertion is found where it was done", arguments: 0..<20)
    func found(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for deed in AuditTampering.Deed.allCases {
            let (folder, count, head) = try Self.log(using: &generator)
            let tampering = AuditTampering(deed, count: count, using: &generator)
            try tampering.carryOut(on: folder)
            let store = try folder.open()
            let verdict = try store.audit.verify()
            if deed == .cut {
                // What is left is a log like any other; only who noted the head can tell.
                guard case .intact(tampering.first - 1, _) = verdict else {
                    Issue.record("found \(verdict) after \(tampering)")
                    continue
                }
                let expected = AuditVerdict.broken(sequence: tampering.first, .headNotFound(expected: head))
                #expect(try store.audit.verify(expectedHead: head) == expected)
            } else {
                guard case .broken(let sequence, let fault) = verdict else {
                    Issue.record("found nothing after \(tampering)")
                    continue
                }
                #expect(try store.audit.verify(expectedHead: head) == verdict)
                let place = sequence == tampering.first || (sequence == 1 && fault == .doesNotFollow)
                #expect(place, "found \(verdict) after \(tampering)")
                switch deed {
                case .moveText: #expect(fault == .changed)
                case .delete: #expect(fault == .missing)
                case .exchange, .insert: #expect(fault == .doesNotFollow, "\(tampering)")
                case .change, .cut: break
                }
            }
        }
    }

    @Test("A chain that was made anew is whole in itself, and lacks the head that was noted")
    func madeAnew() throws {
        let folders = try (0..<2).map { _ in try StoreFolder() }
        let stores = try folders.map { try $0.open() }
        try stores[0].audit.append((0..<9).map(AuditLogTests.record))
        try stores[1].audit.append((0..<9).map { AuditLogTests.record($0 == 4 ? 400 : $0) })
        let heads = try stores.map { AuditLogTests.head(try $0.audit.verify()) ?? "" }
        #expect(heads[0] != heads[1])
        #expect(
            try stores[1].audit.verify(expectedHead: heads[0])
                == .broken(sequence: 10, .headNotFound(expected: heads[0])))
    }

    @Test("Another program that follows the description comes to the same verdict", arguments: 20..<24)
    func peer(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for deed in AuditTampering.Deed.allCases {
            let (folder, count, head) = try Self.log(using: &generator)
            #expect(try Self.peerVerdict(folder.path) == "intact \(count) \(head)")
            try AuditTampering(deed, count: count, using: &generator).carryOut(on: folder)
            let expected =
                switch try folder.open().audit.verify() {
                case .intact(let count, let head): "intact \(count) \(head)"
                case .broken(let sequence, _): "broken \(sequence)"
                }
            #expect(try Self.peerVerdict(folder.path) == expected)
        }
    }

    @Test("A text that is damaged into bytes that read as the same text is changed")
    func rawBytes() throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try store.audit.append(AuditRecord(time: 0, actor: engineer, action: "a\u{fffd}", subject: "s"))
        try folder.tamper(
            "DROP TRIGGER audit_unchanged; UPDATE audit SET action = CAST(X'61FF' AS TEXT)")
        #expect(try store.audit.entries(from: 1, limit: 1).map(\.record.action) == ["a\u{fffd}"])
        #expect(try store.audit.verify() == .broken(sequence: 1, .changed))
    }
}
