import Foundation
import GraderCore

/// Why a file that was handed in is not taken.
enum HandInRefusal: Error, Sendable, Hashable {
    /// Why the file cannot be read.
    case unreadable(LocalizedText)
    case tooLong
    case notAFile
    /// No zip, or one that holds no hand-in.
    case none
    case tooLarge
    case damaged
    case altered
    case newer
    case nobodys
    case ofExercise(String)
    /// What it says of itself, and whose it is by its name.
    case ofAnother(String, than: String)
    case ofMachine(String)
    /// The machine that it is of, and the address in it.
    case ofAddress(MachineID, String)
    case fromTheFuture(LocalizedText)
    case tooOld(LocalizedText)
    /// Than what is there already.
    case older(LocalizedText)
    /// Others are named as the student's.
    case unnamed(String)
    /// People on Moodle who are called as the student is.
    case severalParticipants(String, [Int])
    /// Two files of two machines under one name.
    case twoMachines(String)
    /// What was handed in before was of this machine too.
    case part(of: MachineID)
    /// The student's last look was a grader's.
    case live(String)

    /// The end of a sentence that begins with the file.
    var reason: LocalizedText {
        switch self {
        case .unreadable(let why):
            LocalizedText(fr: "n'a pas pu être lu (\(why))", en: "could not be read (\(why))")
        case .tooLong:
            LocalizedText(
                fr: "fait plus de 17 Mio, et n'est donc pas un relevé : redemander le fichier",
                en: "has more than 17 MiB, and so is no hand-in: ask for the file again")
        case .notAFile:
            LocalizedText(fr: "n'est pas un fichier ordinaire", en: "is not a regular file")
        case .none:
            LocalizedText(
                fr: "n'est pas un zip de check --hand-in : redemander le fichier",
                en: "is no zip of check --hand-in: ask for the file again")
        case .tooLarge:
            LocalizedText(
                fr: "contient plus que ce qu'un relevé peut contenir : refusé",
                en: "holds more than a hand-in can hold: refused")
        case .damaged:
            LocalizedText(
                fr: "est abîmé ou incomplet : refaire le relevé (check --hand-in)",
                en: "is damaged or cut off: do it again (check --hand-in)")
        case .altered:
            LocalizedText(
                fr: "a été tronqué ou modifié (somme de contrôle) : refaire le relevé",
                en: "was cut off or edited (checksum): do it again")
        case .newer:
            LocalizedText(
                fr: "vient d'un Bascule plus récent : corriger avec celui-là",
                en: "comes from a newer Bascule: use that one")
        case .nobodys:
            LocalizedText(
                fr:
                    "ne dit pas de quel étudiant de la classe il est : mettre son identifiant devant le nom (Moodle : --names)",
                en:
                    "does not say which student's of the class it is: put the id in front of its name (Moodle: --names)"
            )
        case .ofExercise(let exercise):
            LocalizedText(
                fr: "est un relevé d'un autre TP (\(exercise))", en: "is of another exercise (\(exercise))")
        case .ofAnother(let said, let owner):
            LocalizedText(
                fr: "se dit de \(said), mais son nom le dit de \(owner) : rien n'en est pris",
                en: "says it is \(said)'s, and its name says \(owner)'s: nothing of it is taken")
        case .ofMachine(let machine):
            LocalizedText(
                fr: "est d'une machine que ce TP n'a pas (\(machine))",
                en: "is of a machine that this exercise does not have (\(machine))")
        case .ofAddress(let machine, let address):
            LocalizedText(
                fr: "n'est pas de la machine de cet étudiant : \(machine) n'y a pas son adresse (\(address))",
                en:
                    "is not of this student's machine: \(machine) does not have its address there (\(address))"
            )
        case .fromTheFuture(let date):
            LocalizedText(
                fr: "est daté du futur (\(date)) : mettre la machine à l'heure et refaire le relevé",
                en: "is dated in the future (\(date)): set the machine's clock and do it again")
        case .tooOld(let date):
            LocalizedText(
                fr: "est trop ancien (\(date), d'après l'horloge de la machine)",
                en: "is too old (\(date), by the machine's clock)")
        case .older(let date):
            LocalizedText(
                fr: "est plus ancien (\(date)) que ce qui a déjà été rendu",
                en: "is older (\(date)) than what was handed in before")
        case .unnamed(let student):
            LocalizedText(
                fr: "se dit de \(student), dont un autre fichier porte le nom : celui-ci n'est pas pris",
                en: "says it is \(student)'s, of whom another file has the name: this one is not taken")
        case .severalParticipants(let student, let numbers):
            LocalizedText(
                fr:
                    "n'est pas pris : plusieurs participants de Moodle ont rendu pour \(student) ; dire dans --names le numéro du bon (\(numbers.map(String.init).joined(separator: ", ")))",
                en:
                    "is not taken: several participants on Moodle handed in for \(student); say in --names the number of the right one (\(numbers.map(String.init).joined(separator: ", ")))"
            )
        case .twoMachines(let student):
            LocalizedText(
                fr:
                    "et un autre fichier de \(student) viennent de deux machines différentes : aucun n'est pris",
                en: "and another file of \(student)'s are of two different machines: neither is taken")
        case .part(let machine):
            LocalizedText(
                fr: "est rendu sans \(machine), qui avait été rendue avec lui : rendre les deux fichiers",
                en: "is handed in without \(machine), which was handed in before: hand in both files")
        case .live(let student):
            LocalizedText(
                fr:
                    "n'est pas pris : \(student) a été vu par le correcteur, au dernier passage qui a joint ses machines, ce qui vaut mieux (--replace-live \(student) le remplace)",
                en:
                    "is not taken: \(student) was seen by the grader, in the last run that reached the machines, which is worth more (--replace-live \(student) replaces that)"
            )
        }
    }

    func sentence(_ file: String) -> LocalizedText {
        let name = SafeText.label(file, limit: 120)
        return LocalizedText(fr: "\(name) \(reason).", en: "\(name) \(reason).")
    }
}
