import Crypto
import Foundation

/// The hash that chains an entry of the audit log to the one before it.
///
/// SHA-256 over these bytes, one after the other:
///
/// 1. the 17 bytes `greenband audit 1` in ASCII,
/// 2. the sequence number, 8 bytes, most significant first,
/// 3. the time in s as a double of IEEE 754, 8 bytes, most significant first,
/// 4. actor, role, action, subject and detail, in this order: for each the number of its bytes in UTF-8 (8 bytes, most
///    significant first), then those bytes,
/// 5. the hash of the entry before, 32 bytes; 32 zeros for the first entry.
///
/// Every field has a fixed size or says its own, so that no two different entries have the same bytes.
struct AuditHash: Equatable {
    static let start = AuditHash(Data(count: 32))

    let bytes: Data

    /// Takes a hash as it is stored.
    init(_ bytes: Data) { self.bytes = bytes }

    /// Hashes an entry whose texts are given as bytes of UTF-8.
    init(sequence: Int64, time: Double, texts: some Sequence<Data>, previous: AuditHash) {
        var hasher = SHA256()
        hasher.update(data: Data("greenband audit 1".utf8))
        hasher.update(data: Self.bytes(UInt64(bitPattern: sequence)))
        hasher.update(data: Self.bytes(time.bitPattern))
        for text in texts {
            hasher.update(data: Self.bytes(UInt64(text.count)))
            hasher.update(data: text)
        }
        hasher.update(data: previous.bytes)
        bytes = Data(hasher.finalize())
    }

    /// Hashes what is to become an entry.
    init(sequence: Int, _ record: AuditRecord, previous: AuditHash) {
        let texts = [record.actor.name, record.actor.role, record.action, record.subject, record.detail]
        self.init(
            sequence: Int64(sequence), time: record.time, texts: texts.map { Data($0.utf8) }, previous: previous)
    }

    /// 64 hexadecimal digits for 32 bytes.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(_ number: UInt64) -> Data {
        Data((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
    }
}
