// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "greenband",
    products: [
        .executable(name: "greenband", targets: ["greenband"]),
        .executable(name: "greenband-edge", targets: ["greenband-edge"]),
        .library(name: "SignalModel", targets: ["SignalModel"]),
        .library(name: "PerformanceModel", targets: ["PerformanceModel"]),
        .library(name: "PlanOptimizer", targets: ["PlanOptimizer"]),
        .library(name: "Bandwidth", targets: ["Bandwidth"]),
        .library(name: "CyclicProfile", targets: ["CyclicProfile"]),
        .library(name: "CProfileKernel", targets: ["CProfileKernel"]),
        .library(name: "OffsetEnergy", targets: ["OffsetEnergy"]),
        .library(name: "OffsetInstances", targets: ["OffsetInstances"]),
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
        .library(name: "Formats", targets: ["Formats"]),
        .library(name: "ControllerLink", targets: ["ControllerLink"]),
        .library(name: "EdgeControl", targets: ["EdgeControl"]),
        .library(name: "EdgeService", targets: ["EdgeService"]),
        .library(name: "AdaptiveControl", targets: ["AdaptiveControl"]),
    ],
    dependencies: [
        // The command line: subcommands, help and shell completion.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Detector counts arrive as CSV; quoting and line ends are its business.
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
        // Sockets: SUMO's remote control, and the links to controllers.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // Encrypts the links to controllers and feeds.
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        // Starts SUMO and its scripts, and ends them, whatever becomes of the task that started them.
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        // File descriptors and paths for swift-subprocess, of which it is a dependency.
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        // HTML and SVG from templates that escape what is put into them.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        // The edge's configuration is YAML, which people write by hand.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // Daemons log in one form, and whoever runs them chooses where to.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // The centre's figures, for whoever collects them.
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        // The centre's HTTP interface.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        // Header fields and status codes for hummingbird, of which it is a dependency.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        // Daemons end in order when the system asks them to.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // What the centre keeps is in SQLite, with migrations, backup and readers beside the one who writes.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // SHA-256 for the chain of the audit log.
        .package(url: "https://github.com/apple/swift-crypto", exact: "3.12.3"),
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
        // Several threads, and the same result on any number of them.
        .target(name: "Parallel", swiftSettings: strict),
        .target(name: "PerformanceModel", dependencies: ["SignalModel", "Parallel"], swiftSettings: strict),
        .target(
            name: "PlanOptimizer",
            dependencies: ["SignalModel", "PerformanceModel", "CyclicProfile", "OffsetEnergy", "Parallel"],
            swiftSettings: strict),
        .target(
            name: "PlanAdaptation",
            dependencies: ["SignalModel", "PerformanceModel", "LinearAlgebra", "PlanOptimizer"],
            swiftSettings: strict),
        .testTarget(
            name: "PlanAdaptationTests",
            dependencies: [
                "PlanAdaptation", "PlanOptimizer", "PerformanceModel", "SafetyGuard", "EdgeControl", "ControllerLink",
                "SignalModel", "Formats", "FlowEstimation", "LinearAlgebra", "TestSupport",
            ], swiftSettings: strict),
        // C, because C has functions in versions for several processors. Optimised in debug too: its loops are all it has.
        .target(name: "CProfileKernel", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]),
        .target(
            name: "CyclicProfile", dependencies: ["SignalModel", "PerformanceModel", "CProfileKernel"],
            swiftSettings: strict),
        .target(
            name: "Bandwidth",
            dependencies: ["SignalModel", "PerformanceModel", "PlanOptimizer", "IntegerProgram"],
            swiftSettings: strict),
        // Innermost loops, compiled for several instruction sets of which the machine's own is taken.
        .target(name: "CMinPlus"),
        .target(name: "OffsetEnergy", dependencies: ["CMinPlus", "SignalModel", "Parallel"], swiftSettings: strict),
        .target(
            name: "OffsetInstances", dependencies: ["OffsetEnergy", "PerformanceModel", "SignalModel"],
            path: "Tests/OffsetInstances", swiftSettings: strict),
        .testTarget(
            name: "OffsetEnergyTests", dependencies: ["OffsetEnergy", "OffsetInstances", "SignalModel"],
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
                "SignalModel", "PerformanceModel", "Parallel", "Comparison",
                .product(name: "Mustache", package: "swift-mustache"),
            ], swiftSettings: strict),
        // The page about a plan. It stands above Reports because it also shows bands and cyclic profiles, which are above the
        // models that Reports is made of.
        .target(
            name: "PlanPages",
            dependencies: [
                "SignalModel", "PerformanceModel", "CyclicProfile", "Bandwidth", "Parallel", "Reports",
                .product(name: "Mustache", package: "swift-mustache"),
            ], swiftSettings: strict),
        .testTarget(
            name: "PlanPagesTests",
            dependencies: [
                "PlanPages", "Reports", "Bandwidth", "CyclicProfile", "PerformanceModel", "SignalModel", "Formats",
                "FlowEstimation", "TestSupport",
            ], exclude: ["look_at_page.py"], swiftSettings: strict),
        .executableTarget(
            name: "greenband",
            dependencies: [
                "SignalModel", "Formats", "SafetyGuard", "FlowEstimation", "PerformanceModel", "PlanOptimizer",
                "Reports", "PlanPages", "Bandwidth", "Comparison", "Simulators", "LiveStreet", "ControllerLink",
                "EdgeControl", "StageControl",
                "CentreStore", "Service", "PlanAdaptation", "PrometheusMetrics",
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        // Configuration files that people write.
        .target(
            name: "ConfigurationFile",
            dependencies: ["Formats", "SignalModel", .product(name: "Yams", package: "Yams")], swiftSettings: strict),
        .target(
            name: "Centre", dependencies: ["SignalModel", "ControllerLink", "FlowEstimation"], swiftSettings: strict),
        .target(
            name: "PrometheusMetrics", dependencies: [.product(name: "CoreMetrics", package: "swift-metrics")],
            swiftSettings: strict),
        .target(
            name: "Service",
            dependencies: [
                "SignalModel", "Formats", "ConfigurationFile", "SafetyGuard", "FlowEstimation", "PerformanceModel",
                "PlanOptimizer",
                "PlanAdaptation", "AdaptiveControl", "StageControl", "Reports", "ControllerLink", "Centre",
                "CentreStore", "PrometheusMetrics",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Metrics", package: "swift-metrics"), .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            resources: [
                .embedInCode("Resources/openapi.json"), .embedInCode("Resources/control-room.html"),
                .embedInCode("Resources/control-room.js"), .embedInCode("Resources/control-room.css"),
                .embedInCode("Resources/centre.js"), .embedInCode("Resources/views.js"),
                .embedInCode("Resources/junction.js"), .embedInCode("Resources/pictures.js"),
                .embedInCode("Resources/lists.js"), .embedInCode("Resources/words.js"),
                .embedInCode("Resources/control-room.svg"),
            ], swiftSettings: strict),
        .target(
            name: "ControllerLink",
            dependencies: [
                "SignalModel", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], exclude: ["Schemas"], swiftSettings: strict),
        .target(
            name: "EdgeControl", dependencies: ["SignalModel", "SafetyGuard", "ControllerLink"], swiftSettings: strict),
        // Control of the second, with the detectors and the words of the link: for controllers and for centres.
        .target(
            name: "StageControl",
            dependencies: ["SignalModel", "AdaptiveControl", "SafetyGuard", "ControllerLink", "EdgeControl"],
            swiftSettings: strict),
        .target(
            name: "EdgeService",
            dependencies: [
                "SignalModel", "SafetyGuard", "ControllerLink", "EdgeControl", "Formats", "ConfigurationFile",
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "greenband-edge",
            dependencies: [
                "EdgeService", "EdgeControl", "StageControl", "AdaptiveControl", "SignalModel", "Formats",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: strict),
        .target(
            name: "LiveStreet",
            dependencies: [
                "SignalModel", "Formats", "SafetyGuard", "ControllerLink", "EdgeControl", "EdgeService", "Comparison",
                "Simulators", "TraCI", .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .target(
            name: "CentreStore",
            dependencies: [
                "SignalModel", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], exclude: ["README.md"], swiftSettings: strict),
        .executableTarget(
            name: "store-writer", dependencies: ["CentreStore", "SignalModel"], path: "Tests/StoreWriter",
            swiftSettings: strict),
        .testTarget(
            name: "CentreStoreTests",
            dependencies: [
                "CentreStore", "SignalModel", "store-writer", .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["SignalModel", "Formats"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(name: "SignalModelTests", dependencies: ["SignalModel", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "FormatsTests", dependencies: ["Formats", "SafetyGuard", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SafetyGuardTests",
            dependencies: [
                "SafetyGuard", "Formats", "PlanOptimizer", "PerformanceModel", "SignalModel", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "FlowEstimationTests", dependencies: ["FlowEstimation", "Formats", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "PerformanceModelTests", dependencies: ["PerformanceModel", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CyclicProfileTests",
            dependencies: ["CyclicProfile", "PerformanceModel", "SignalModel", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "PlanOptimizerTests",
            dependencies: [
                "PlanOptimizer", "CyclicProfile", "PerformanceModel", "SafetyGuard", "SignalModel", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IntegerProgramTests", dependencies: ["IntegerProgram", "SignalModel"], swiftSettings: strict),
        .testTarget(
            name: "BandwidthTests",
            dependencies: [
                "Bandwidth", "PerformanceModel", "SignalModel", "SafetyGuard", "Formats", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Formats", "FlowEstimation", "PerformanceModel", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "ComparisonTests", dependencies: ["Comparison", "SignalModel"], swiftSettings: strict),
        .testTarget(
            name: "SimulatorsTests",
            dependencies: [
                "Simulators", "TraCI", "Comparison", "Formats", "PerformanceModel", "SignalModel", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AdaptiveControlTests",
            dependencies: ["AdaptiveControl", "SafetyGuard", "SignalModel", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "StageControlTests",
            dependencies: [
                "StageControl", "AdaptiveControl", "EdgeControl", "ControllerLink", "Formats", "SignalModel",
                "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "TraCITests",
            dependencies: [
                "TraCI", "Simulators", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "ControllerLinkTests",
            dependencies: [
                "ControllerLink", "SignalModel", "TestSupport", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "EdgeControlTests",
            dependencies: ["EdgeControl", "ControllerLink", "SafetyGuard", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "EdgeServiceTests",
            dependencies: [
                "EdgeService", "EdgeControl", "StageControl", "ControllerLink", "Formats", "SignalModel", "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "LiveStreetTests",
            dependencies: [
                "LiveStreet", "Simulators", "Comparison", "Formats", "SafetyGuard", "ControllerLink", "SignalModel",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .testTarget(
            name: "CentreTests", dependencies: ["Centre", "ControllerLink", "SignalModel", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Service", "CentreStore", "ControllerLink", "EdgeControl", "EdgeService", "StageControl", "Formats",
                "PrometheusMetrics", "Reports", "SignalModel",
                "TestSupport", "greenband", .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
            ], exclude: ["look_at_room.py", "room.py"], swiftSettings: strict),
        .testTarget(
            name: "CommandLineTests", dependencies: ["SignalModel", "TestSupport", "Formats", "greenband"],
            swiftSettings: strict),
    ]
)
