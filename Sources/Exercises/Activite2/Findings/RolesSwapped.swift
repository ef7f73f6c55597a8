import GraderCore
import Pacemaker

extension Findings {
    /// Whether the machine that the roster calls serv1 calls itself serv2, and the other way round. Then nobody can say
    /// from here which of the two is the primary: the addresses may have been mixed up in the roster, or by the student.
    var areRolesSwapped: Bool {
        MachineID.pair.allSatisfy { role in
            guard let label = names[role]?.prefix(while: { $0 != "." }) else { return false }
            return String(label).isSameNode(as: role.peer.rawValue)
        }
    }

    /// What is found of a check that asks for the primary, where it waits for the teacher.
    var rolesSwapped: Judgement? {
        areRolesSwapped ? Judgement(.notAssessed(.contradiction), Self.swapped(lab.addresses)) : nil
    }

    /// Said before all else in the report.
    var rolesSwappedNotice: Exhibit? {
        guard areRolesSwapped else { return nil }
        let notice = NoticeExhibit(
            title: LocalizedText(fr: "Les deux rôles sont croisés", en: "The two roles are crossed"),
            sentences: [
                Self.swapped(lab.addresses),
                LocalizedText(
                    fr: """
                        Si les adresses ont été inversées dans la liste de la classe, l'enseignant les y échange et relance ; \
                        sinon, ce sont les machines qui ont échangé leurs adresses.
                        """,
                    en: """
                        If the addresses were mixed up in the class's list, the teacher exchanges them there and runs it \
                        again; otherwise the machines have exchanged their addresses.
                        """),
                LocalizedText(
                    fr: "Ce qui dépend du nœud primaire attend l'enseignant.",
                    en: "What depends on the primary node waits for the teacher."),
            ])
        return .notice([Told(notice)])
    }

    private static func swapped(_ addresses: [MachineID: IPAddress]) -> LocalizedText {
        let (one, two) = (addresses[.serv1]?.description ?? "?", addresses[.serv2]?.description ?? "?")
        return LocalizedText(
            fr:
                "la machine à l'adresse de serv1 (\(one)) s'appelle serv2, et celle de serv2 (\(two)) s'appelle serv1",
            en:
                "the machine at serv1's address (\(one)) is called serv2, and the one at serv2's (\(two)) serv1"
        )
    }
}
