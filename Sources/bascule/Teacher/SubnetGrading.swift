import ClassRun
import Exercises
import GraderCore
import InputFiles

extension GradeAllCommand {
    /// Looks for the labs of a subnet and grades those that were found.
    func gradeSubnet(_ console: Console) async throws {
        let reports = ReportsFolder(options.reports)
        let search = try discovery.search(subnet, reports: reports, language: options.language)
        let judging = try judging(discovery.exercise)
        let found = try await search.run(printsJSON ? nil : console)
        if found.isEmpty {
            let place = subnet.joined(separator: " ")
            Inputs.complain(
                options.language.pick(
                    """
                    Aucune machine de \(place) ne répond sur le port 22 : rien n'a été noté ni écrit. Est-ce bien le \
                    réseau de la classe, et les machines sont-elles allumées ?
                    """,
                    """
                    No machine of \(place) answers on port 22: nothing was graded or written. Is this the class's \
                    subnet, and are the machines on?
                    """))
            throw Exit.notAssessed
        }
        // What the teacher should look at before relying on a roster that was discovered.
        for doubt in search.doubts(found) {
            let line = printsJSON ? RunEventJSON(event: "doubt", message: doubt).line : doubt
            if let line { console.line(line) }
        }
        let draft = search.roster(of: found)
        guard !draft.gradable.isEmpty else {
            let none = search.discovery.text(.noneGradable)
            Inputs.complain(
                options.language.pick(
                    "\(none) : « bascule discover » écrit ce qui a été trouvé, à compléter.",
                    "\(none): `bascule discover` writes what was found, for you to complete."))
            throw Exit.notAssessed
        }
        let roster = try Roster.read(
            InputText(text: draft.text, file: search.roster), exercises: Sheets.all)
        var order = RunOrder(roster.students)
        order.rosterText = draft.text
        order.notSeen = draft.notGradable.map { NoResult($0.student, .notSeen($0.reason)) }
        try await grade(order, of: roster, by: judging, console)
        if draft.isIncomplete { throw Exit.notAssessed }
    }
}
