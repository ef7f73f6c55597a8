// swift-tools-version: 6.2
import PackageDescription

// libFuzzer on every reader of foreign bytes. A package of its own: all of it, down to the libraries, is built with
// `-sanitize=fuzzer`, which the root's users have no use for. `scripts/fuzz` builds and runs it.
//
// What is tried is in Tests/FuzzCorpusTests/Targets, which the replay in the root's tests has as well.
let package = Package(
    name: "fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "bascule", path: "../..")],
    targets: [
        .executableTarget(
            name: "fuzz",
            dependencies: [.product(name: "ForeignBytes", package: "bascule")],
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")])
    ]
)
