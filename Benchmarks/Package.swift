// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "greenband-benchmarks",
    dependencies: [
        .package(name: "greenband", path: ".."),
        // The command line of the programs.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Controllers say what happens to them.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        .executableTarget(
            name: "ProfileBenchmark",
            dependencies: [
                .product(name: "CyclicProfile", package: "greenband"),
                .product(name: "CProfileKernel", package: "greenband"),
                .product(name: "PerformanceModel", package: "greenband"),
                .product(name: "SignalModel", package: "greenband"),
                .product(name: "LinearAlgebra", package: "greenband"), .product(name: "Formats", package: "greenband"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "OffsetBenchmark",
            dependencies: [
                .product(name: "OffsetEnergy", package: "greenband"),
                .product(name: "OffsetInstances", package: "greenband"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "EdgeLoad",
            dependencies: [
                .product(name: "EdgeService", package: "greenband"),
                .product(name: "EdgeControl", package: "greenband"),
                .product(name: "ControllerLink", package: "greenband"), .product(name: "Formats", package: "greenband"),
                .product(name: "SignalModel", package: "greenband"), .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "DecisionBenchmark",
            dependencies: [
                .product(name: "AdaptiveControl", package: "greenband"),
                .product(name: "SignalModel", package: "greenband"), .product(name: "Formats", package: "greenband"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
    ]
)
