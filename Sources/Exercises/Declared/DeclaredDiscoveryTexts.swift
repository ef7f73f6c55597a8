import GraderCore

/// What is said of the labs of a declared exercise. It may stand in a roster's comment: no guillemets, no special blanks.
enum DeclaredDiscoveryTexts {
    static func text(_ sentence: DiscoverySentence, machines: [MachineID], required: [String])
        -> LocalizedText
    {
        let names = machines.map(\.rawValue).joined(separator: ", ")
        switch sentence {
        case .count(let labs, let lone):
            let (alone, isolated) = (lone == 1 ? "" : "s", lone > 1 ? "s" : "")
            return LocalizedText(
                fr: "\(labs) maquette\(labs > 1 ? "s" : ""), \(lone) machine\(isolated) seule\(isolated)",
                en: "\(labs) lab\(labs == 1 ? "" : "s"), \(lone) lone machine\(alone)")
        case .linesMeanOneLab(let lines):
            let numbers = lines.map(String.init).joined(separator: ", ")
            return LocalizedText(
                fr: "les lignes \(numbers) de la liste désignent toutes cette maquette",
                en: "lines \(numbers) of the list all mean this lab")
        case .incompleteLabs:
            let keys = required.joined(separator: ", ")
            return LocalizedText(
                fr: "Donner à chacune \(keys) et ôter les #.",
                en: "Give each of them \(keys) and take the # away.")
        case .loneMachines:
            return LocalizedText(
                fr: "Machines dont il manque l'autre :", en: "Machines whose others are missing:")
        case .others:
            return LocalizedText(fr: "Machines d'aucune maquette :", en: "Machines that are in no lab:")
        case .noLab: return LocalizedText(fr: "Aucune maquette", en: "No lab")
        case .whatALabIs:
            return machines.count == 1
                ? LocalizedText(
                    fr: "Une maquette est une machine où la clé peut entrer",
                    en: "A lab is a machine that lets your key in")
                : LocalizedText(
                    fr: "Une maquette est faite de machines dont le nom d'hôte est, ou contient, \(names)",
                    en: "A lab is machines whose host names are, or have in them, \(names)")
        case .noneGradable:
            return LocalizedText(
                fr: "Aucune maquette ne peut être notée ainsi", en: "No lab can be graded like that")
        case .allIncomplete: return lacks(required)
        }
    }

    static func lacks(_ keys: [String]) -> LocalizedText {
        let keys = keys.joined(separator: ", ")
        return LocalizedText(fr: "la liste de classe doit dire \(keys)", en: "the roster has to say \(keys)")
    }

    static let byAddressOnly = LocalizedText(
        fr: "seul l'ordre des adresses dit que ces machines vont ensemble",
        en: "nothing but the order of addresses says that these belong together")
    static let partnersMissing = LocalizedText(
        fr: "il manque les autres machines", en: "the other machines are missing")

    static func unknownName(_ machines: [MachineID]) -> LocalizedText {
        let names = machines.map(\.rawValue).joined(separator: ", ")
        return LocalizedText(
            fr: "son nom d'hôte ne contient ni \(names)", en: "its host name has none of \(names) in it")
    }
}
