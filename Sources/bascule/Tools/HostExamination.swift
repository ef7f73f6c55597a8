import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import NetworkProbes
import SSHTransport
import VirtualClass

/// What grading needs of this machine, looked at one after the other; nothing is sent anywhere.
struct HostExamination {
    /// Nil where there is none.
    var rosterFile: String?

    func findings() async -> [HostFinding] {
        let (roster, ofRoster) = readRoster()
        let network = await network(roster)
        let clock = await clock()
        let lab = await virtualClass()
        return [ofRoster, rubric(roster)] + keys(roster) + [network, clock, library, files, disk, lab]
    }

    private func readRoster() -> (Roster?, HostFinding) {
        func finding(_ state: HostFinding.State, _ said: LocalizedText) -> HostFinding {
            HostFinding(
                id: "roster", subject: LocalizedText(fr: "liste de classe", en: "roster"), state: state,
                said: said)
        }
        guard let rosterFile else {
            return (
                nil,
                finding(
                    .worthKnowing,
                    LocalizedText(
                        fr: "pas de class.yaml ici : « bascule discover » en écrit une",
                        en: "no class.yaml here: `bascule discover` writes one"))
            )
        }
        do {
            let roster = try Roster.read(file: rosterFile, exercises: Sheets.all)
            return (
                roster,
                finding(
                    .inOrder,
                    LocalizedText(
                        fr:
                            "\(rosterFile) : \(roster.students.count) étudiant\(roster.students.count.plural(.french)) de \(roster.className)",
                        en:
                            "\(rosterFile): \(roster.students.count) student\(roster.students.count.plural(.english)) of \(roster.className)"
                    ))
            )
        } catch {
            let first = LocalizedText(verbatim: error.mistakes.first.map(\.description) ?? rosterFile)
            return (
                nil,
                finding(
                    .wrong,
                    LocalizedText(
                        fr: "\(first) ; « bascule roster lint » montre tout",
                        en: "\(first); `bascule roster lint` shows all"))
            )
        }
    }

    private func rubric(_ roster: Roster?) -> HostFinding {
        func finding(_ state: HostFinding.State, _ said: LocalizedText) -> HostFinding {
            HostFinding(
                id: "rubric", subject: LocalizedText(fr: "barème", en: "rubric"), state: state, said: said)
        }
        do {
            let exercise = try Sheets.named(roster?.exercise ?? Catalog.usual.id)
            let file = try RunOptions.defaultRubric(exercise.id)
            let rubric = try Sheets.read(rubric: file, for: exercise).rubric
            return finding(
                .inOrder,
                LocalizedText(
                    fr: "\(file) : sur \(rubric.total.formatted(.french))",
                    en: "\(file): out of \(rubric.total.formatted(.english))"))
        } catch {
            let said = LocalizedText(verbatim: "\(error)".split(separator: "\n").first.map(String.init) ?? "")
            return finding(
                .wrong,
                LocalizedText(
                    fr: "\(said) ; « bascule rubric lint » montre tout",
                    en: "\(said); `bascule rubric lint` shows all"))
        }
    }

    private func keys(_ roster: Roster?) -> [HostFinding] {
        let subject = LocalizedText(fr: "clé", en: "key")
        let named =
            roster.map { Set($0.students.flatMap { $0.logins.values.flatMap(\.identityFiles) }) } ?? []
        let files = named.isEmpty ? DiscoveryOptions.usualKey : named.sorted()
        let hasAgent = ProcessInfo.processInfo.environment["SSH_AUTH_SOCK"]?.isEmpty == false
        guard !files.isEmpty else {
            return [
                HostFinding(
                    id: "key", subject: subject, state: hasAgent ? .worthKnowing : .missing,
                    said: hasAgent
                        ? LocalizedText(
                            fr: "celles de l'agent SSH seulement", en: "those of the SSH agent only")
                        : LocalizedText(
                            fr:
                                "aucune : « bascule init » en fait une, ou ssh-keygen -t ed25519 -f id_ed25519",
                            en: "none: `bascule init` makes one, or ssh-keygen -t ed25519 -f id_ed25519"))
            ]
        }
        return files.map { file in
            do throws(TransportFailure) {
                try requireClosed(file)
                _ = try SSHPublicKey(file: file)
                return HostFinding(
                    id: "key", subject: subject, state: .inOrder, said: LocalizedText(verbatim: file))
            } catch {
                return HostFinding(id: "key", subject: subject, state: .missing, said: error.sentence)
            }
        }
    }

    /// - Throws: what a log-in says of a private key that others can read, before it asks for a passphrase.
    private func requireClosed(_ key: String) throws(TransportFailure) {
        var status = stat()
        guard stat(key, &status) == 0, status.st_mode & (S_IRWXG | S_IRWXO) != 0 else { return }
        _ = try SSHUserKey(file: key)
    }

    private func network(_ roster: Roster?) async -> HostFinding {
        let subject = LocalizedText(fr: "réseau", en: "network")
        let addresses = (roster?.students ?? []).flatMap { $0.logins.values }.filter(\.jumps.isEmpty)
            .compactMap { IPAddress($0.host) }
        guard let first = addresses.first else {
            return HostFinding(
                id: "network", subject: subject, state: .worthKnowing,
                said: LocalizedText(
                    fr: "pas d'adresse d'étudiant connue d'ici : rien à vérifier",
                    en: "no student's address is known here: nothing to look at"))
        }
        let own = try? await Composition.withNetwork { await OwnAddress.towards(first, on: $0) }
        guard let own = own ?? nil else {
            return HostFinding(
                id: "network", subject: subject, state: .missing,
                said: LocalizedText(
                    fr:
                        "aucune route vers \(first) : brancher cette machine sur le réseau de la classe (ip route)",
                    en: "no route to \(first): connect this machine to the class's network (ip route)"))
        }
        return HostFinding(
            id: "network", subject: subject, state: .inOrder,
            said: LocalizedText(
                fr: "vers \(first) depuis \(own)", en: "towards \(first) from \(own)"))
    }

    /// Whether something keeps the clock, as systemd knows it (timedatectl(1)).
    private func clock() async -> HostFinding {
        func finding(_ state: HostFinding.State, _ said: LocalizedText) -> HostFinding {
            HostFinding(
                id: "clock", subject: LocalizedText(fr: "horloge", en: "clock"), state: state, said: said)
        }
        let session = try? Composition.ownPrograms()
        let command = RemoteCommand(
            ["timedatectl", "show", "--property=NTPSynchronized", "--value"], asRoot: false,
            timeLimit: .seconds(5))
        switch try? await session?.run(command).standardOutput.text.trimmingCharacters(
            in: .whitespacesAndNewlines)
        {
        case "yes":
            return finding(
                .inOrder, LocalizedText(fr: "à l'heure d'un serveur de temps", en: "kept by a time server"))
        case "no":
            return finding(
                .worthKnowing,
                LocalizedText(
                    fr:
                        "aucun serveur de temps ne la règle, et --at deadline la suit : timedatectl set-ntp true",
                    en: "no time server keeps it, and --at deadline goes by it: timedatectl set-ntp true"))
        default:
            return finding(
                .worthKnowing,
                LocalizedText(
                    fr: "rien ici ne dit si elle est réglée (timedatectl)",
                    en: "nothing here says whether it is kept (timedatectl)"))
        }
    }

    private var library: HostFinding {
        let limits = SSHLibrary.limits
        return HostFinding(
            id: "libssh2", subject: LocalizedText(verbatim: "libssh2"),
            state: limits.isEmpty ? .inOrder : .worthKnowing,
            said: limits.isEmpty
                ? LocalizedText(verbatim: SSHLibrary.version)
                : LocalizedText(
                    fr: "\(SSHLibrary.version) : « bascule version » dit ce qu'elle ne sait pas faire",
                    en: "\(SSHLibrary.version): `bascule version` says what it cannot do"))
    }

    /// One look at a pair holds some dozen; sixteen pairs are looked at at once (getrlimit(2)).
    private var files: HostFinding {
        let count = OpenFiles.limit
        return HostFinding(
            id: "files", subject: LocalizedText(fr: "fichiers ouverts", en: "open files"),
            state: count >= 512 ? .inOrder : .worthKnowing,
            said: count >= 512
                ? LocalizedText(fr: "\(count) au plus", en: "\(count) at most")
                : LocalizedText(
                    fr: "\(count) au plus : ulimit -n 1024, ou grade-all --jobs 4",
                    en: "\(count) at most: ulimit -n 1024, or grade-all --jobs 4"))
    }

    private var disk: HostFinding {
        let values = try? FileManager.default.attributesOfFileSystem(forPath: ".")
        let free = (values?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        let isEnough = free > 500_000_000
        let gigabytes = Double(free) / 1e9
        return HostFinding(
            id: "disk", subject: LocalizedText(fr: "place sur le disque", en: "room on the disk"),
            state: isEnough ? .inOrder : .missing,
            said: isEnough
                ? LocalizedText(
                    fr: "\(gigabytes, digits: 1) Go libres ici", en: "\(gigabytes, digits: 1) GB free here")
                : LocalizedText(
                    fr:
                        "\(gigabytes, digits: 1) Go libres ici : faire de la place, les comptes rendus sont gardés",
                    en: "\(gigabytes, digits: 1) GB free here: make room, reports are kept"))
    }

    private func virtualClass() async -> HostFinding {
        let subject = LocalizedText(fr: "classe virtuelle", en: "virtual class")
        do {
            try await VirtualClass.checkHost()
            return HostFinding(
                id: "virtual-class", subject: subject, state: .inOrder,
                said: LocalizedText(
                    fr: "« bascule lab up » peut en monter une", en: "`bascule lab up` can raise one"))
        } catch {
            // For trying things out, and for practising: no class is graded with it.
            return HostFinding(
                id: "virtual-class", subject: subject, state: .worthKnowing,
                said: (error as? LabError)?.sentence ?? LocalizedText(verbatim: "\(error)"))
        }
    }
}
