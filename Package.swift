// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6 language mode (strict concurrency
/// comes with it) and no warning left standing.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

/// The live board needs a server library with a dozen packages of its own: a build without them has all the rest.
let hasBoard = Context.environment["BASCULE_WITHOUT_BOARD"] == nil

let boardPackages: [Package.Dependency] =
    hasBoard
    ? [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ] : []

let boardTargets: [Target] =
    hasBoard
    ? [
        // The live pages of a lesson: HTTP, events, sessions.
        .target(
            name: "Board",
            dependencies: [
                "ClassRun", "Reports", "GraderCore", "InputFiles",
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .testTarget(
            name: "BoardTests",
            dependencies: [
                "Board", "ClassRun", "GraderCore", "InputFiles", "Exercises", "Reports", "TestSheets",
            ], swiftSettings: strict),
    ] : []

/// What reads foreign bytes, for the package in Tests/Fuzzing alone. `files` leaves out what needs a TLS library, which
/// takes as long to build as all the rest.
let fuzzing = Context.environment["BASCULE_FUZZING"]
let fuzzed: [Product] =
    fuzzing == nil
    ? []
    : [
        .library(
            name: "ForeignBytes",
            targets: [
                "GraderCore", "InputFiles", "LinuxFacts", "Pacemaker", "Exercises", "SSHTransport",
                "ClassRun",
                "Reports",
            ] + (fuzzing == "files" ? [] : ["NetworkProbes"]))
    ]

let package = Package(
    name: "bascule",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "bascule", targets: ["bascule"])
    ] + fuzzed,
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ] + boardPackages,
    targets: [
        // System libraries.
        .systemLibrary(
            name: "CLibssh2", pkgConfig: "libssh2",
            providers: [.apt(["libssh2-1-dev"]), .brew(["libssh2"])]),
        // The libcrypto that libssh2 and ldns are linked with.
        .systemLibrary(
            name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        // Regular expressions of declared checks, under its match limits.
        .systemLibrary(
            name: "CPcre2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
        .systemLibrary(
            name: "CLdns", pkgConfig: "ldns", providers: [.apt(["libldns-dev"]), .brew(["ldns"])]),

        // The engine's words as values: evidence, checks, verdicts, exercises, rubric, scoring. No lab.
        .target(name: "GraderCore", dependencies: ["CCrypto"], swiftSettings: strict),

        // Files that people write, with file, line and column of every mistake.
        .target(
            name: "InputFiles", dependencies: ["GraderCore", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict),

        // What any Linux machine prints, read.
        .target(name: "LinuxFacts", dependencies: ["GraderCore"], swiftSettings: strict),

        // What Corosync, Pacemaker and crmsh print, read.
        .target(name: "Pacemaker", dependencies: ["GraderCore"], swiftSettings: strict),

        // One folder per lab sheet, one file per question.
        .target(
            name: "Exercises",
            dependencies: ["GraderCore", "InputFiles", "LinuxFacts", "Pacemaker", "CPcre2"],
            swiftSettings: strict),

        // The only caller of libssh2.
        .target(
            name: "SSHTransport",
            dependencies: [
                "GraderCore", "CCrypto", "CLibssh2",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),

        // What can be seen from the network.
        .target(
            name: "NetworkProbes",
            dependencies: [
                "GraderCore", "CLdns",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),

        // Roster and rubric files, collecting, evidence store, drills, and the use cases: grade a class, check a
        // student, score again, mark, purge. Transports come in as values.
        .target(
            name: "ClassRun",
            dependencies: ["GraderCore", "InputFiles", "History", "Reports"],
            resources: [.embedInCode("Drills/Scripts")],
            swiftSettings: strict),

        // Every run's scores, in SQLite.
        .target(
            name: "History",
            dependencies: ["GraderCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),

        // Results to HTML, Markdown, JSON.
        .target(
            name: "Reports",
            dependencies: ["GraderCore", .product(name: "Mustache", package: "swift-mustache")],
            resources: [.embedInCode("Templates")],
            swiftSettings: strict),

        // Real pairs in namespaces on this machine.
        .target(
            name: "VirtualClass",
            dependencies: ["GraderCore", .product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: strict),

        // Composition: options, exit codes, one file per subcommand.
        .executableTarget(
            name: "bascule",
            dependencies: [
                "GraderCore", "InputFiles", "LinuxFacts", "Exercises", "SSHTransport", "NetworkProbes",
                "ClassRun", "Reports", "VirtualClass", "History",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ] + (hasBoard ? ["Board"] : []),
            swiftSettings: strict + (hasBoard ? [.define("BOARD")] : [])),

        // Every fault and variation on real pairs, by the program that ships (scripts/matrix).
        .executableTarget(
            name: "lab-matrix",
            dependencies: [
                "GraderCore", "Exercises", "ClassRun", "VirtualClass",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strict),
        // How long judging and writing take (Benchmarks/judge).
        .executableTarget(
            name: "judge-benchmark", dependencies: ["GraderCore", "Exercises", "ClassRun", "Reports"],
            path: "Benchmarks/JudgeBenchmark", swiftSettings: strict),
        // What the sampler costs (Benchmarks/sampler).
        .executableTarget(
            name: "sampler-benchmark", dependencies: ["GraderCore", "NetworkProbes"],
            path: "Benchmarks/SamplerBenchmark", swiftSettings: strict),

        // Exercises of the tests' own.
        .target(
            name: "TestSheets", dependencies: ["GraderCore", "LinuxFacts"], path: "Tests/TestSheets",
            swiftSettings: strict),
        .testTarget(
            name: "GraderCoreTests", dependencies: ["GraderCore", "TestSheets"],
            exclude: ["Fixtures"], swiftSettings: strict),
        // What machines print, read: LinuxFacts and Pacemaker on recorded output.
        .testTarget(
            name: "ReadersTests", dependencies: ["GraderCore", "LinuxFacts", "Pacemaker"],
            resources: [.copy("Fixtures")], swiftSettings: strict),
        // Our reading of constraints against Pacemaker's own scheduler, on clusters made at random.
        .testTarget(
            name: "SchedulerTests", dependencies: ["GraderCore", "Pacemaker"], swiftSettings: strict),
        .testTarget(
            name: "ExercisesTests",
            dependencies: ["Exercises", "GraderCore", "InputFiles", "LinuxFacts", "Pacemaker", "ClassRun"],
            exclude: ["Recorded"], swiftSettings: strict),
        // Exercises and checks that are declared in YAML.
        .testTarget(
            name: "DeclaredTests", dependencies: ["Exercises", "GraderCore", "InputFiles", "ClassRun"],
            exclude: ["every-look"], swiftSettings: strict),
        .testTarget(
            name: "SSHTransportTests",
            dependencies: [
                "SSHTransport", "GraderCore", "NetworkProbes", "CCrypto",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "NetworkProbesTests",
            dependencies: [
                "NetworkProbes", "GraderCore",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            resources: [.copy("Fixtures")], swiftSettings: strict),
        .testTarget(
            name: "ClassRunTests",
            dependencies: [
                "ClassRun", "GraderCore", "InputFiles", "Exercises", "Reports", "TestSheets",
            ],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "ReportsTests", dependencies: ["Reports", "GraderCore"],
            swiftSettings: strict),
        .testTarget(
            name: "HistoryTests",
            dependencies: ["History", "GraderCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "VirtualClassTests", dependencies: ["VirtualClass", "GraderCore", "Exercises"],
            swiftSettings: strict),
        // What libFuzzer found worth keeping (scripts/fuzz), through every reader of foreign bytes.
        .testTarget(
            name: "FuzzCorpusTests",
            dependencies: [
                "GraderCore", "InputFiles", "LinuxFacts", "Pacemaker", "Exercises", "SSHTransport",
                "NetworkProbes", "ClassRun", "Reports",
            ],
            exclude: ["Corpus"], swiftSettings: strict),
        // The program from outside, and on real clusters.
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "bascule", "GraderCore", "Exercises", "ClassRun", "Reports", "VirtualClass",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strict),
    ] + boardTargets
)
