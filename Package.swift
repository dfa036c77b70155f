// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "greenband",
    products: [
        .executable(name: "greenband", targets: ["greenband"]),
        .library(name: "SignalModel", targets: ["SignalModel"]),
        .library(name: "PerformanceModel", targets: ["PerformanceModel"]),
        .library(name: "PlanOptimizer", targets: ["PlanOptimizer"]),
        .library(name: "Bandwidth", targets: ["Bandwidth"]),
        .library(name: "AdaptiveControl", targets: ["AdaptiveControl"]),
    ],
    dependencies: [
        // The command line: subcommands, help and shell completion.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Detector counts arrive as CSV; quoting and line ends are its business.
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
        // Sockets: SUMO's remote control, and the links to controllers.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // Starts SUMO and its scripts, and ends them, whatever becomes of the task that started them.
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        // File descriptors and paths for swift-subprocess, of which it is a dependency.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        // HTML and SVG from templates that escape what is put into them.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
        .target(name: "LinearAlgebra", dependencies: ["COpenBLAS"], swiftSettings: strict),
        .systemLibrary(name: "CCbc", pkgConfig: "cbc", providers: [.apt(["coinor-libcbc-dev"])]),
        .target(name: "IntegerProgram", dependencies: ["CCbc"], swiftSettings: strict),
        .target(name: "SignalModel", swiftSettings: strict),
        .target(
            name: "Formats", dependencies: ["SignalModel", .product(name: "SwiftCSV", package: "SwiftCSV")],
            exclude: ["Schemas"], swiftSettings: strict),
        .target(name: "SafetyGuard", dependencies: ["SignalModel"], swiftSettings: strict),
        .target(name: "FlowEstimation", dependencies: ["SignalModel", "LinearAlgebra"], swiftSettings: strict),
        .target(name: "PerformanceModel", dependencies: ["SignalModel"], swiftSettings: strict),
        .target(name: "PlanOptimizer", dependencies: ["SignalModel", "PerformanceModel"], swiftSettings: strict),
        .target(
            name: "Bandwidth",
            dependencies: ["SignalModel", "PerformanceModel", "PlanOptimizer", "IntegerProgram"],
            swiftSettings: strict),
        .target(
            name: "AdaptiveControl", dependencies: ["SignalModel", "PerformanceModel", "SafetyGuard"],
            swiftSettings: strict),
        .target(name: "Comparison", dependencies: ["SignalModel"], swiftSettings: strict),
        .target(
            name: "TraCI",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .target(
            name: "Simulators",
            dependencies: [
                "SignalModel", "Comparison", "Formats", "PerformanceModel", "TraCI", "AdaptiveControl", "SafetyGuard",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .target(
            name: "Reports",
            dependencies: [
                "SignalModel", "PerformanceModel", "Comparison", .product(name: "Mustache", package: "swift-mustache"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "greenband",
            dependencies: [
                "SignalModel", "Formats", "SafetyGuard", "FlowEstimation", "PerformanceModel", "PlanOptimizer",
                "Reports", "Bandwidth", "Comparison", "Simulators",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["SignalModel"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "SignalModelTests", dependencies: ["SignalModel", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "FormatsTests", dependencies: ["Formats", "SafetyGuard", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "SafetyGuardTests",
            dependencies: ["SafetyGuard", "Formats", "PlanOptimizer", "PerformanceModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "FlowEstimationTests", dependencies: ["FlowEstimation", "Formats", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PerformanceModelTests", dependencies: ["PerformanceModel", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PlanOptimizerTests",
            dependencies: ["PlanOptimizer", "PerformanceModel", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "IntegerProgramTests", dependencies: ["IntegerProgram", "SignalModel"], swiftSettings: strict),
        .testTarget(
            name: "BandwidthTests",
            dependencies: [
                "Bandwidth", "PerformanceModel", "SignalModel", "SafetyGuard", "Formats", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "Formats", "FlowEstimation", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "ComparisonTests", dependencies: ["Comparison", "SignalModel"], swiftSettings: strict),
        .testTarget(
            name: "SimulatorsTests", dependencies: ["Simulators", "TraCI", "Comparison", "Formats", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "AdaptiveControlTests",
            dependencies: ["AdaptiveControl", "SafetyGuard", "SignalModel", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TraCITests",
            dependencies: [
                "TraCI", "Simulators", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests", dependencies: ["TestSupport", "Formats", "greenband"], swiftSettings: strict),
    ]
)
