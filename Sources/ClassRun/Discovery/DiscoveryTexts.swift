import GraderCore

/// What is said of machines that were discovered. Everything here may end up in a roster's comment, where only plain
/// characters pass (``DiscoveredRoster``): no guillemets, no special blanks.
enum DiscoveryTexts {
    // MARK: The students' table

    static let nobodysMachines = LocalizedText(
        fr: "ces machines ne sont à personne de la liste", en: "nobody in the list has these machines")

    static let missingStudents = LocalizedText(
        fr: "Personnes de la liste qui manquent dans ce fichier :",
        en: "Persons of the list who are missing in this file:")

    static func person(_ who: String, line: Int) -> LocalizedText {
        LocalizedText(fr: "\(who) (ligne \(line) de la liste)", en: "\(who) (line \(line) of the list)")
    }

    static let noMachineNamed = LocalizedText(
        fr: "la liste ne donne ni adresse, ni nom de machine, ni cluster",
        en: "the list gives no address, host or cluster")

    static func notSearched(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "\(address) n'est pas parmi les adresses parcourues",
            en: "\(address) is not among the addresses that were searched")
    }

    static func noAnswer(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "aucune machine ne répond en \(address) sur le port 22 (éteinte, ou sans sshd ?)",
            en: "no machine answers at \(address) on port 22 (switched off, or without sshd?)")
    }

    static func notFound(_ names: [String]) -> LocalizedText {
        let list = names.joined(separator: ", ")
        return LocalizedText(
            fr: "aucune machine et aucun cluster ne s'appelle \(list)",
            en: "no machine and no cluster is called \(list)")
    }

    // MARK: The roster's own comments

    static let heading = LocalizedText(
        fr: "Écrit par `bascule discover`. Relire les commentaires avant de s'y fier.",
        en: "Written by `bascule discover`. Look through the comments before you rely on it.")
    static let refused = LocalizedText(
        fr: "Machines auxquelles on n'a pas pu se connecter :", en: "Machines that could not be logged in to:"
    )
    static let noHostName = LocalizedText(fr: "elle ne dit pas son nom", en: "it says no name")
    /// Before a doubt.
    static let doubtful = LocalizedText(fr: "à vérifier : ", en: "doubtful: ")
    static let nameUnknown = LocalizedText(fr: "aucun nom n'est connu", en: "nobody's name is known")
}
