import ArgumentParser
import CentreStore
import Foundation

struct Audit: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks at the audit log of a centre.", subcommands: [AuditVerify.self])
}

struct AuditVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Checks that the audit log is whole and that nothing in it was changed.",
        discussion: """
            Examples:
              greenband audit verify centre.sqlite
              greenband audit verify centre.sqlite --head 5f3c…

            Every entry holds the hash of the one before. Whoever can write the file can also make the whole chain anew; \
            so note the head that this command prints elsewhere from time to time, and give it with --head.

            Exit codes: 0 intact; 1 broken, with the first entry that is.
            """)

    @Argument(help: "The store of the centre.") var store: String
    @Option(help: "A head that was noted before, 64 hexadecimal digits.") var head: String?

    func run() throws {
        try reportingErrors {
            let verdict = try reportingStoreErrors { try CentreStore(reading: store).audit.verify(expectedHead: head) }
            guard case .intact = verdict else { throw fail(.violations, "\(store): \(verdict)") }
            try printLine("\(verdict)")
        }
    }
}

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Checks, copies and restores the store of a centre.",
        subcommands: [StoreCheck.self, StoreBackup.self, StoreRestore.self])
}

struct StoreCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads a store and says whether it is sound.")

    @Argument(help: "The store.") var store: String

    func run() throws {
        try reportingErrors {
            try reportingStoreErrors { try CentreStore(reading: store).close() }
            try printLine("\(store): sound")
        }
    }
}

struct StoreBackup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies a store, also while a centre uses it.",
        discussion: "Example: greenband store backup centre.sqlite monday.sqlite")

    @Argument(help: "The store.") var store: String
    @Argument(help: "The copy, which must not be there yet.") var copy: String

    func run() throws {
        try reportingErrors { try reportingStoreErrors { try CentreStore(reading: store).backup(to: copy) } }
    }
}

struct StoreRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a copy in the place of a store that is damaged; no centre may use it.",
        discussion: "Example: greenband store restore monday.sqlite centre.sqlite --by anna")

    @Argument(help: "The copy.") var copy: String
    @Argument(help: "The store; what is there is kept under another name.") var store: String
    @Option(help: "Who restores it, for the audit log.") var by: String

    func run() throws {
        try reportingErrors {
            let aside = try reportingStoreErrors {
                try CentreStore.restore(
                    from: copy, to: store, by: AuditActor(name: by, role: "shell"), at: Date().timeIntervalSince1970)
            }
            if let aside { try printLine("what was there is now \(aside)") }
        }
    }
}

/// Runs a body whose errors are those of a store.
private func reportingStoreErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as StoreError {
        throw fail(.badData, error.description)
    }
}
