import Foundation
import GraderCore
import InputFiles

/// What an id that several classes have means.
public enum SharedIDs: String, Sendable, Hashable, CaseIterable {
    /// One student, who was looked at in each.
    case same
    /// A student in each: they are called `<class>-<id>` from then on.
    case perClass = "per-class"
}

/// A student of the merged class, and where the sources have him.
struct MergedStudent {
    struct Place {
        var source: Int
        var id: String
    }
    var identity: StudentIdentity
    var places: [Place]
}

extension MergedStudent {
    /// Everybody of the sources, each once, in the sources' order and then in the rosters'.
    /// - Parameter sharedIDs: nil: an id is one student's where the classes or the names are the same.
    /// - Throws: ``StoreFailure`` where an id may be one student's or two.
    static func all(
        of sources: [MergeSource], _ sharedIDs: SharedIDs?
    ) throws(StoreFailure) -> [MergedStudent] {
        var students: [MergedStudent] = []
        var doubts: [String] = []
        for (index, source) in sources.enumerated() {
            for identity in source.manifest.students {
                let place = Place(source: index, id: identity.id)
                let known = students.firstIndex { student in
                    student.identity.id == identity.id
                        && (sharedIDs != .perClass
                            || student.className(in: sources) == source.manifest.className)
                }
                guard let known else {
                    students.append(MergedStudent(identity: identity, places: [place]))
                    continue
                }
                let first = students[known].className(in: sources)
                let isSame =
                    first == source.manifest.className || sharedIDs == .same
                    || areSame(students[known].identity.names, identity.names)
                students[known].places.append(place)
                if !isSame {
                    doubts.append(
                        "\(identity.id) (\(first): \(names(students[known].identity)); \(source.manifest.className): \(names(identity)))"
                    )
                }
            }
        }
        guard doubts.isEmpty else {
            let list = doubts.prefix(5).joined(separator: ", ") + (doubts.count > 5 ? ", …" : "")
            throw StoreFailure(
                fr: """
                    Un seul identifiant, et peut-être deux étudiants : \(list). Donner --ids same si c'est la même personne, \
                    --ids per-class si un identifiant est celui d'un autre étudiant dans chaque classe.
                    """,
                en: """
                    One id, and perhaps two students: \(list). Say --ids same where they are one and the same, \
                    --ids per-class where an id is another student's in each class.
                    """)
        }
        return sharedIDs == .perClass ? try apart(students, sources) : students
    }

    /// The first that has the student.
    private func className(in sources: [MergeSource]) -> String {
        // bounded: nobody is without a place
        sources[places[0].source].manifest.className
    }

    private static func areSame(_ left: [String], _ right: [String]) -> Bool {
        func folded(_ names: [String]) -> Set<[String]> { Set(names.map { $0.foldedWords.sorted() }) }
        return !left.isEmpty && folded(left) == folded(right)
    }

    private static func names(_ student: StudentIdentity) -> String {
        student.names.isEmpty ? "–" : student.names.joined(separator: ", ")
    }

    /// Ids that several have are told apart by the class.
    private static func apart(
        _ students: [MergedStudent], _ sources: [MergeSource]
    ) throws(StoreFailure) -> [MergedStudent] {
        var apart = students
        let groups = Dictionary(grouping: students.indices) { students[$0].identity.id }
        for index in groups.values.filter({ $0.count > 1 }).flatMap(\.self) {
            apart[index].identity.id =
                "\(students[index].className(in: sources))-\(students[index].identity.id)"
        }
        let ids = apart.map(\.identity.id)
        if let bad = ids.first(where: { id in
            !SafeName.isValid(id) || ids.count { $0.lowercased() == id.lowercased() } > 1
        }) {
            throw StoreFailure(
                fr: """
                    L'identifiant \(quoted(bad)) serait celui de deux étudiants, ou ne peut pas nommer un dossier : donner \
                    aux étudiants d'autres identifiants dans leurs listes de classe, et noter de nouveau.
                    """,
                en: """
                    The id \(quoted(bad)) would be two students', or cannot name a folder: give the students other ids in \
                    their rosters, and grade again.
                    """)
        }
        return apart
    }
}
