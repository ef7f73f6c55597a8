import GraderCore

/// An exercise as the virtual class takes it.
public struct ExerciseLab: Sendable {
    public let id: String
    public let recipe: VirtualLab
    /// The folder with `situations`, `faults` and `variations`.
    public let folder: String

    public init(id: String, recipe: VirtualLab, folder: String) {
        self.id = id
        self.recipe = recipe
        self.folder = folder
    }

    /// Where a section of its scripts can run: the machines and, where there is one, the name server.
    var places: [String] {
        recipe.machines.map(\.rawValue) + (recipe.nameServer == nil ? [] : [NameServer.place])
    }

    /// - Throws: `LabError` where a script is not sound.
    public func library() throws -> SituationLibrary { try SituationLibrary(folder: folder, places: places) }

    /// - Throws: `LabError` for a recipe, or a class of it, for which there are no names or addresses.
    func check(for specification: ClassSpecification) throws {
        let taken = places + [ClassNetwork.nat]
        let areHostNames = recipe.machines.allSatisfy { machine in
            machine.rawValue.first?.isLetter == true && machine.rawValue.count <= 20
                && machine.rawValue.allSatisfy(Set("abcdefghijklmnopqrstuvwxyz0123456789-").contains)
        }
        try require(
            1...8 ~= recipe.machines.count && Set(taken).count == taken.count && areHostNames,
            LocalizedText(
                fr:
                    "La maquette virtuelle de \(id) ne peut pas être montée : il lui faut de 1 à 8 machines, chacune avec son nom d'hôte.",
                en:
                    "The virtual lab of \(id) cannot be raised: it takes 1 to 8 machines with host names of their own."
            )
        )
        let addresses = places.count + recipe.services.count
        guard
            !specification.onOneNetwork
                || AddressPlan.fitsOnOneNetwork(students: specification.students.count, addresses: addresses)
        else {
            throw LabError(
                LocalizedText(
                    fr: """
                        La maquette virtuelle de \(id) prend \(addresses) adresses par étudiant, trop pour un seul réseau : \
                        retirer --one-network, ou prendre moins d'étudiants.
                        """,
                    en: """
                        The virtual lab of \(id) takes \(addresses) addresses for each student, too many for one network: \
                        leave --one-network out, or take fewer students.
                        """))
        }
    }
}

/// How a lab of any number of machines is spoken of.
extension VirtualLab {
    /// `both machines`
    var allMachines: LocalizedText {
        switch machines.count {
        case 1: LocalizedText(fr: "la machine", en: "the machine")
        case 2: LocalizedText(fr: "les deux machines", en: "both machines")
        default: LocalizedText(fr: "les \(machines.count) machines", en: "all \(machines.count) machines")
        }
    }
    /// Students' labs: `3 pairs`.
    func labs(_ count: Int) -> LocalizedText {
        let ending = count > 1 ? "s" : ""
        return machines.count == 2
            ? LocalizedText(fr: "\(count) paire\(ending)", en: "\(count) pairs")
            : LocalizedText(fr: "\(count) maquette\(ending)", en: "\(count) labs")
    }
}
