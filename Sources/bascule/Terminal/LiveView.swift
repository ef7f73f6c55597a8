import ClassRun
import Foundation
import GraderCore
import Reports
import Synchronization

/// A class run on a terminal's second screen, drawn anew twice a second and whenever something happens: the grid of
/// students and questions. The first screen stays as it was, and gets everybody's line when the run is over. The size
/// is asked for at each drawing, so that the window may be made smaller or larger meanwhile. Nothing wraps and the
/// cursor is hidden; both are given back at the end, and where the program is ended by a second Ctrl-C.
final class LiveView: Sendable {
    private struct State {
        var grid: LiveGrid
        /// What would have been printed meanwhile.
        var lines: [String] = []
        var isOver = false
    }
    private let state: Mutex<State>
    private let hasColour: Bool
    private let language: Language
    private let startedAt = ContinuousClock.now
    private let ticking = Mutex<Task<Void, Never>?>(nil)

    private static let isShown = Mutex(false)

    init(students: [StudentIdentity], questions: [QuestionID], language: Language, hasColour: Bool) {
        state = Mutex(State(grid: LiveGrid(students: students, questions: questions, language: language)))
        self.hasColour = hasColour
        self.language = language
        Self.isShown.withLock { $0 = true }
        StandardOutput.say(.enterView)
        draw()
        ticking.withLock { task in
            task = Task { [weak self] in
                while !Task.isCancelled {
                    do { try await Task.sleep(for: .milliseconds(500)) } catch { return }
                    self?.draw()
                }
            }
        }
    }

    func note(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .started(let student): state.grid.begin(student.id)
            case .graded(let result): state.grid.finish(result)
            case .collected(let student, _): state.grid.fail(student.id, "")
            case .noResult(let missing): state.grid.fail(missing.student.id, missing.sentence[language])
            case .drill, .remark: break
            }
        }
        draw()
    }

    /// A line for the first screen, when that is back; fit to be shown.
    func hold(_ line: String) {
        state.withLock { $0.lines.append(line) }
        draw()
    }

    /// The first screen again; returns what was held back.
    func end() -> [String] {
        ticking.withLock { $0 }?.cancel()
        return state.withLock { state in
            state.isOver = true
            Self.restore()
            return exchange(&state.lines, with: [])
        }
    }

    /// Gives the terminal back, wherever the program is; once.
    static func restore() {
        if isShown.withLock({ exchange(&$0, with: false) }) { StandardOutput.say(.leaveView) }
    }

    private func draw() {
        state.withLock { state in
            guard !state.isOver else { return }
            let size = Console.size.flatMap { $0.height > 0 ? $0 : nil }
            let (width, height) = size ?? (80, 24)
            // The last of what was held back, where there is room.
            let notes = height > 12 ? state.lines.suffix(3) : []
            let lines =
                state.grid.lines(
                    width: width, height: height - notes.count,
                    elapsed: ContinuousClock.now - startedAt, colour: hasColour) + notes
            StandardOutput.draw(lines)
        }
    }
}
