import GraderCore
import Testing

@testable import Reports

struct LiveGridTests {
    private static let results = SampleResults.classOf35
    private static let questions = results[0].questions.map(\.id)

    private func grid(_ students: [StudentIdentity] = results.map(\.student)) -> LiveGrid {
        LiveGrid(students: students, questions: Self.questions, language: .french)
    }

    @Test func everybodyHasARowAndEveryQuestionAColumn() throws {
        var grid = grid()
        grid.begin(Self.results[1].student.id)
        grid.finish(Self.results[0])
        let lines = grid.lines(width: 120, height: 60, elapsed: .seconds(10), colour: false)
        #expect(lines.count == 37)
        #expect(lines[0] == "1/35  10 s, encore env. 340 s")
        for question in Self.questions { #expect(lines[1].contains(question.rawValue)) }
        #expect(lines[2].hasPrefix(Self.results[0].student.id))
        let marks = Self.results[0].questions.map { QuestionSign($0).symbol }
        for (question, mark) in zip(Self.questions, marks) {
            // Under its heading.
            let at = try #require(lines[1].range(of: question.rawValue))
            let column = TerminalText.columns(String(lines[1][..<at.lowerBound]))
            #expect(String(lines[2].dropFirst(column)).hasPrefix(mark), "\(question) in \(lines[2])")
        }
        #expect(lines[3].hasSuffix("…"))
    }

    /// However small the window is.
    @Test func whatIsShownFits() {
        var grid = grid()
        for result in Self.results.prefix(20) { grid.finish(result) }
        grid.fail(Self.results[20].student.id, String(repeating: "une phrase longue ", count: 20))
        for result in Self.results[21..<25] { grid.begin(result.student.id) }
        for width in [1, 2, 5, 10, 20, 39, 40, 60, 79, 80, 81, 200] {
            for height in [0, 1, 2, 3, 5, 24, 50] {
                let lines = grid.lines(width: width, height: height, elapsed: .seconds(61), colour: false)
                #expect(lines.count <= height, "\(width)x\(height)")
                for line in lines {
                    #expect(TerminalText.columns(line) <= width, "\(width)x\(height): \(line)")
                }
            }
        }
    }

    /// Where there is no room for all: who is looked at, then who came last.
    @Test func whoIsUnderWayIsSeenFirst() {
        var grid = grid()
        for result in Self.results.prefix(10) { grid.finish(result) }
        grid.begin(Self.results[30].student.id)
        let lines = grid.lines(width: 100, height: 6, elapsed: .seconds(5), colour: false)
        #expect(lines[2].hasPrefix(Self.results[30].student.id))
        #expect(lines[3].hasPrefix(Self.results[9].student.id))
        #expect(lines[5] == "… et 32 autres")
    }

    @Test func hostileTextsMoveNoCursor() {
        let hostile = StudentIdentity(id: "x", names: ["\u{1B}[2J\u{202E}evil\r\n\u{7}"])
        var grid = grid([hostile])
        grid.fail("x", "\u{1B}]0;title\u{7}\nsecond line")
        for line in grid.lines(width: 100, height: 10, elapsed: .zero, colour: false) {
            #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" }, "\(line)")
        }
        // Nobody of that name: nothing happens.
        grid.begin("y")
        #expect(grid.lines(width: 100, height: 10, elapsed: .zero, colour: false).count == 3)
    }
}
