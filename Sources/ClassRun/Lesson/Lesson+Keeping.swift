import Foundation
import GraderCore
import InputFiles

extension Lesson {
    /// Written behind the lesson's back: after a power cut the file may be the one before, and never half a one.
    func keep(_ record: LessonRecord) {
        keep(record, to: try? folder.record(of: record.student))
    }

    func keepHeader() { keep(header, to: folder.lessonFile) }

    private func keep(_ value: some Encodable & Sendable, to file: String?) {
        guard let file else { return }
        disk.async { [events] in
            do {
                try AtomicFile.write(StoredJSON.encode(value, pretty: false), to: file, isFlushed: false)
            } catch {
                events.yield(.remark(LocalizedText(explaining: error)))
            }
        }
    }

    /// Work on files that may have to wait for another program: not on a thread that others need.
    /// - Throws: what the work does.
    public nonisolated func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value)
        async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}

extension BoardFolder {
    /// What a student's last look came to; nil where there was none.
    func lastLook(of student: String) throws(StoreFailure) -> GradedResult? {
        let file = try record(of: student)
        guard mayBeThere(file) else { return nil }
        return try StoredJSON.decode(
            LessonRecord.self, from: try StoredJSON.bytes(file), newest: LessonRecord.currentSchemaVersion,
            path: file
        ).result
    }

    /// The lesson as it stands in the folder, or a new one where the last look is longer ago than a break, or was for another
    /// exercise. A damaged record is said and left out: the next look makes it anew.
    func lesson(
        of students: [String], exercise: String, isGoingOn mostBreak: Duration
    ) throws -> (LessonHeader, [String: LessonRecord], [LocalizedText]) {
        var records: [String: LessonRecord] = [:]
        var remarks: [LocalizedText] = []
        for student in students {
            let file = try record(of: student)
            guard mayBeThere(file) else { continue }
            do {
                let record = try StoredJSON.decode(
                    LessonRecord.self, from: try StoredJSON.bytes(file),
                    newest: LessonRecord.currentSchemaVersion, path: file)
                records[student] = record.kept(for: exercise)
            } catch {
                remarks.append(error.sentence)
            }
        }
        let last = records.values.compactMap(\.result?.collectedAt).max() ?? .distantPast
        let stored = try? StoredJSON.decode(
            LessonHeader.self, from: StoredJSON.bytes(lessonFile), newest: LessonHeader.currentSchemaVersion,
            path: lessonFile)
        if let stored, Date().timeIntervalSince(last) < mostBreak / .seconds(1) {
            return (stored, records, remarks)
        }
        var header = LessonHeader(beganAt: Date())
        // What the teacher closed stays closed.
        header.hintLevel = stored?.hintLevel
        for id in records.keys { records[id]?.beginLesson() }
        try AtomicFile.write(StoredJSON.encode(header), to: lessonFile)
        return (header, records, remarks)
    }
}
