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
                guard let known = students.firstIndex(where: { $0.identity.id == identity.id }) else {
                    students.append(MergedStudent(identity: identity, places: [place]))
                    continue
                }
                // bounded: nobody is without a place
                let first = sources[students[known].places[0].source].manifest
                let isSame =
                    first.className == source.manifest.className || sharedIDs == .same
                    || sharedIDs == nil && areSame(students[known].identity.names, identity.names)
                if isSame || sharedIDs == nil {
                    students[known].places.append(place)
                    if !isSame {
                        doubts.append(
                            "\(identity.id) (\(first.className): \(names(students[known].identity)); \(source.manifest.className): \(names(identity)))"
                        )
                    }
                } else {
                    students.append(MergedStudent(identity: identity, places: [place]))
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
            // bounded: nobody is without a place
            let className = sources[students[index].places[0].source].manifest.className
            apart[index].identity.id = "\(className)-\(students[index].identity.id)"
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
