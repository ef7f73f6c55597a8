import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

// Judges and scores recorded pairs again and again, writes what a run writes of each, and says what each step takes:
// reading the evidence file apart, since a run has it in memory. Processor time, on one processor. `Benchmarks/judge`
// builds and runs it.
//
// judge-benchmark RUBRIC PAIRS EVIDENCE...

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 3, let pairs = arguments.dropFirst().first.flatMap({ Int($0) }), pairs > 0,
    let rubricFile = arguments.first
else {
    print("judge-benchmark RUBRIC PAIRS EVIDENCE...")
    exit(64)
}
let rubric = try RubricFile.read(file: rubricFile, exercise: Activite2())
let files = Array(arguments.dropFirst(2))
let grader = Grader(exercise: Activite2(), rubric: rubric, version: "benchmark")
let folder = RunFolder(path: NSTemporaryDirectory() + "judge-benchmark-\(getpid())")
try AtomicFile.makeFolders(folder.path)
defer { try? FileManager.default.removeItem(atPath: folder.path) }
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]

/// The processor time of this process: what other programs do on the machine does not count.
func processorTime() -> Duration { .microseconds(Int64(clock()) * 1_000_000 / Int64(CLOCKS_PER_SEC)) }

/// The steps, in the order in which they are printed, and the processor time that each took in all.
var steps: [(name: String, time: Duration)] = []
@MainActor func timed<Result>(_ name: String, _ step: () throws -> Result) rethrows -> (Result, Duration) {
    let start = processorTime()
    let result = try step()
    let time = processorTime() - start
    if let index = steps.firstIndex(where: { $0.name == name }) {
        steps[index].time += time
    } else {
        steps.append((name, time))
    }
    return (result, time)
}

var judging = Duration.zero
var slowest = Duration.zero
var results: [UInt8] = []
for number in 0..<pairs {
    let (evidence, _) = try timed("reading the evidence file") {
        try EvidenceStore.read(files[number % files.count])
    }
    let student = StudentIdentity(id: "etu\(number + 1)", names: [])
    let (result, time) = try timed("judging and scoring") {
        try grader.grade(evidence, className: "benchmark", student: student, evidenceSHA256: "")
    }
    judging += time
    slowest = max(slowest, time)
    _ = try timed("writing the evidence and its SHA-256") { try folder.write(evidence, student: student.id) }
    _ = try timed("writing the result") { try folder.write(result) }
    let report = StudentReport(result: result, language: .french, timeZone: .gmt)
    let (page, _) = try timed("the report as HTML") { try report.html() }
    let (text, _) = timed("the report as Markdown") { report.markdown() }
    _ = try timed("writing both") {
        try folder.write(page, as: "report.html", student: student.id, isFlushed: false)
        try folder.write(text, as: "report.md", student: student.id, isFlushed: false)
    }
    results += Array(try encoder.encode(result))
}

func seconds(_ duration: Duration) -> String { String(format: "%.3f", duration / .seconds(1)) }
let hundred = judging * 100 / pairs
print("pairs: \(pairs), of \(files.count) recordings; processor time of a hundred:")
for step in steps { print("\(step.name): \(seconds(step.time * 100 / pairs)) s") }
print("the slowest pair was judged in \(seconds(slowest)) s")
print("SHA-256 of all results: \(SHA256Digest.hexadecimal(of: results))")
if hundred > .seconds(1) {
    try? FileManager.default.removeItem(atPath: folder.path)
    print("TOO SLOW: more than a second for judging a hundred pairs")
    exit(1)
}
