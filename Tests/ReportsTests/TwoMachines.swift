import GraderCore

extension MachineID {
    static let serv1 = MachineID("serv1")
    static let serv2 = MachineID("serv2")
    static let pair = [serv1, serv2]
}
