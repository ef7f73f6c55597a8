import GraderCore

extension Transports {
    /// Whether one machine could be logged in to.
    public struct Login: Sendable {
        public var student: StudentIdentity
        public var node: NodeRole
        /// Nil where it could.
        public var failure: TransportFailure?
    }

    /// Logs in to every machine of the students once, all side by side, and does nothing there.
    /// - Parameter onLogin: told of each as its answer comes.
    public func tryLogins(_ students: [RosterStudent], onLogin: (Login) -> Void) async throws {
        let ways = try await open(students)
        await withTaskGroup(of: Login.self) { tasks in
            for student in students {
                for node in NodeRole.allCases {
                    tasks.addTask {
                        var login = Login(student: student.identity, node: node)
                        do throws(TransportFailure) {
                            let session = try await ways(student).connect(node)
                            await session.close()
                        } catch {
                            login.failure = error
                        }
                        return login
                    }
                }
            }
            for await login in tasks { onLogin(login) }
        }
    }
}
