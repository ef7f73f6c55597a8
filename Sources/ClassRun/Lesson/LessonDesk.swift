import Foundation
import GraderCore
import InputFiles

/// The teacher's marks and the students' answers as they are in the files, beside what a lesson has seen.
struct LessonDesk: Sendable {
    /// Of `marks.yaml` and the answers' folder when they were read.
    var version: [Int] = []
    var marks: TeacherMarks?
    var answers: [String: WrittenAnswers] = [:]

    func marked(_ result: GradedResult, as student: StudentIdentity) -> GradedResult {
        var result = result
        // A name may have been corrected since.
        result.student = student
        return result.answering(answers[student.id] ?? WrittenAnswers()).applying(marks?.students[student.id])
    }

    /// Whether the student's answers or marks are not those of another reading.
    func isOther(of student: String, than old: LessonDesk) -> Bool {
        (answers[student] ?? WrittenAnswers()) != (old.answers[student] ?? WrittenAnswers())
            || marks?.students[student] != old.marks?.students[student]
    }
}

extension Lesson {
    /// Takes in marks and answers where the files have changed. One reading at a time: it goes through the whole class, and
    /// whoever asks meanwhile shares the one that begins after it.
    func readDesk(isForced: Bool = false) async {
        if let nextDeskReading { return await nextDeskReading.value }
        let before = deskReading
        // It is looked again soon.
        guard isForced || before == nil else { return }
        let reading = Task {
            if let before {
                await before.value
                deskReading = nextDeskReading
                nextDeskReading = nil
            }
            await readDeskAlone(isForced: isForced)
            deskReading = nil
        }
        if before == nil { deskReading = reading } else { nextDeskReading = reading }
        await reading.value
    }

    private func readDeskAlone(isForced: Bool) async {
        let (reports, roster) = (grader.reports, grader.roster)
        guard let rubric = grader.grader?.rubric else { return }
        let name = roster.className
        let version = reports.deskVersion(of: name, students: roster.students.map(\.identity.id))
        guard isForced || version != desk.version else { return }
        do {
            let (new, open) = try await blocking {
                var desk = LessonDesk(version: version)
                desk.marks = try reports.marks(
                    of: name, sheet: MarkableSheet(rubric), students: roster.students.map(\.identity))
                let folder = try reports.answersFolder(of: name)
                for student in roster.students.map(\.identity.id) {
                    desk.answers[student] = WrittenAnswers.read(folder: folder, student: student)
                }
                // Before the first run there is nothing to mark.
                let entries =
                    try reports.latestRun(of: name) == nil ? [] : reports.markingSheet(of: name).entries
                return (desk, entries.count { $0.answer != nil && $0.mark?.points == nil })
            }
            let others = roster.students.map(\.identity.id).filter { new.isOther(of: $0, than: desk) }
            let isOther = !others.isEmpty || open != openAnswers
            (desk, openAnswers) = (new, open)
            if isOther { announce(others) }
        } catch {
            // What was read before stays, until the file is mended.
            desk.version = version
            remark(LocalizedText(explaining: error))
        }
    }

    /// Somebody has marked or answered by way of the lesson itself: it is seen at once.
    public func deskChanged() async { await readDesk(isForced: true) }
}

extension ReportsFolder {
    /// A student's answers as they lie there now, however they were handed in.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func writtenAnswers(of student: String, in className: String) throws -> WrittenAnswers {
        WrittenAnswers.read(folder: try answersFolder(of: className), student: student)
    }

    /// Changes where the class's marks or somebody's answers have.
    fileprivate func deskVersion(of className: String, students: [String]) -> [Int] {
        guard let marks = try? marksFile(of: className), let answers = try? answersFolder(of: className)
        else {
            return []
        }
        let files =
            [marks, answers] + students.compactMap { WrittenAnswers.file(folder: answers, student: $0) }
        return files.map { file in
            var status = stat()
            guard stat(file, &status) == 0 else { return 0 }
            // bounded: widened
            return Int(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int(status.st_mtim.tv_nsec)
                &+ Int(status.st_size)  // bounded: widened
        }
    }
}
