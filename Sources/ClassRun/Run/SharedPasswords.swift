import GraderCore

extension Transports {
    /// Students whose machines one and the same password opened, each group in the order given. Known only where
    /// nothing but the password could have opened them.
    func sharedPasswords(
        _ students: [RosterStudent], reached: (_ student: String, NodeRole) -> Bool
    ) -> [[String]] {
        var groups: [Secret: [String]] = [:]
        var order: [Secret] = []
        for student in students {
            let opened = NodeRole.allCases.filter { reached(student.identity.id, $0) }
                .compactMap { student.logins[$0] }.flatMap { login in
                    let isOnlyWay = login.identityFiles.isEmpty && !login.useAgent
                    return [
                        isOnlyWay ? login.password : nil,
                        login.become.method == .none ? nil : login.become.password,
                    ].compactMap { $0.flatMap { secrets[$0] } }
                }
            for secret in opened where groups[secret]?.last != student.identity.id {
                if groups[secret] == nil { order.append(secret) }
                groups[secret, default: []].append(student.identity.id)
            }
        }
        var seen: Set<[String]> = []
        return order.compactMap { groups[$0] }.filter { $0.count > 1 && seen.insert($0).inserted }
    }
}
