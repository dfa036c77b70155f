import CentreStore
import Foundation
import SignalModel

/// Writes to a store as a process of its own, for tests that kill it and for measurements.
let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "write" where arguments.count == 3: try EndlessWriter(path: arguments[2]).run()
case "measure" where arguments.count == 4: try Measurement(path: arguments[2], seconds: Int(arguments[3]) ?? 10).run()
case "audit" where arguments.count == 4: try AuditMeasurement(path: arguments[2], count: Int(arguments[3]) ?? 0).run()
default:
    print("usage: store-writer write PATH | measure PATH SECONDS | audit PATH ENTRIES")
    exit(64)
}
