import Foundation
import SafetyGuard
import SignalModel
import TestSupport
import Testing

@Suite("Planted violations")
struct PlantedViolationTests {
    @Test("Two hundred plantings of each kind are all caught and named", arguments: FaultName.allCases)
    func everyKindIsCaught(fault: FaultName) throws {
        var planted = 0
        var seed: UInt64 = 0
        while planted < 200 && seed < 3000 {
            var subject = try #require(Subject(seed: seed))
            seed += 1
            guard let found = subject.plant(fault) else { continue }
            planted += 1
            let names = found.map { FaultName($0.fault) }
            #expect(names.contains(fault), "seed \(seed - 1): \(found.prefix(3).map(\.description))")
            for violation in found {
                #expect(!violation.fault.description.isEmpty)
                #expect(!violation.junction.text.isEmpty)
            }
            if planted <= 5 {
                let copy = try JSONDecoder().decode([Violation].self, from: JSONEncoder().encode(found))
                #expect(copy == found)
            }
        }
        #expect(planted == 200)
    }

    @Test("Nothing is found before anything is planted")
    func nothingIsFoundBefore() throws {
        for seed in 0..<50 as Range<UInt64> {
            let subject = try #require(Subject(seed: seed))
            #expect(subject.violations.isEmpty)
            let trace = subject.trace()
            #expect(SafetyGuard.violations(in: trace.withoutRepeats, at: subject.junction).isEmpty)
            if seed < 5 { #expect(SafetyGuard.violations(in: trace, at: subject.junction).isEmpty) }
        }
    }
}
