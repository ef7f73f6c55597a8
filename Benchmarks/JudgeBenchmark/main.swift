import ClassRun
import Exercises
import Foundation
import GraderCore

// Judges and scores recorded pairs again and again, and says how long a hundred of them take: reading the evidence
// file apart, since that is the disk's and Foundation's time. Processor time, on one processor. `Benchmarks/judge` builds and runs it.
//
// judge-benchmark RUBRIC PAIRS EVIDENCE...

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 3, let pairs = arguments.dropFirst().first.flatMap({ Int($0) }), pairs > 0,
    let rubricFile = arguments.first
else {
    print("judge-benchmark RUBRIC PAIRS EVIDENCE...")
    exit(64)
}
let rubric = try RubricFile.read(file: rubricFile, exercise: .activite2)
let files = Array(arguments.dropFirst(2))
let grader = Grader(exercise: .activite2, rubric: rubric, version: "benchmark")
let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys]

/// The processor time of this process: what other programs do on the machine does not count.
func processorTime() -> Duration { .microseconds(Int64(clock()) * 1_000_000 / Int64(CLOCKS_PER_SEC)) }

var reading = Duration.zero
var judging = Duration.zero
var slowest = Duration.zero
var results: [UInt8] = []
for number in 0..<pairs {
    let file = files[number % files.count]
    let start = processorTime()
    let evidence = try EvidenceStore.read(file)
    let read = processorTime()
    let result = grader.grade(
        evidence, className: "benchmark",
        student: StudentIdentity(id: "etu\(number + 1)", names: []), evidenceSHA256: "")
    let time = processorTime() - read
    reading += read - start
    judging += time
    slowest = max(slowest, time)
    results += Array(try encoder.encode(result))
}

func seconds(_ duration: Duration) -> String { String(format: "%.3f", duration / .seconds(1)) }
let hundred = judging * 100 / pairs
print("pairs: \(pairs), of \(files.count) recordings")
print("judging and scoring a hundred pairs: \(seconds(hundred)) s (the slowest pair: \(seconds(slowest)) s)")
print("reading a hundred evidence files: \(seconds(reading * 100 / pairs)) s")
// Independent of the machine: both do much the same kind of work.
print("judging / reading: \(String(format: "%.2f", judging / reading))")
print("SHA-256 of all results: \(SHA256Digest.hexadecimal(of: results))")
if hundred > .seconds(1) {
    print("TOO SLOW: more than a second for a hundred pairs")
    exit(1)
}
