import GraderCore

/// Other names for a class, for a page that everybody in the room sees. A student has the same one from run to run,
/// and neither the order of the page nor the name says who it is.
struct Pseudonyms: Sendable {
    private var byID: [String: String]

    /// - Parameters:
    ///   - className: so that a student of two classes is not recognised.
    ///   - key: the class's secret, without which nobody can compute who is who.
    init(_ ids: [String], className: String, key: String) {
        let order = Set(ids).sorted { left, right in
            let keys = [left, right].map {
                SHA256Digest(of: Array("\(key)\u{0}\(className)\u{0}\($0)".utf8)).description
            }
            return keys[0] < keys[1]
        }
        byID = [:]
        for (index, id) in order.enumerated() {
            let name = Pseudonyms.constellations[index % Pseudonyms.constellations.count]
            let round = index / Pseudonyms.constellations.count
            byID[id] = round == 0 ? name : "\(name) \(round + 1)"
        }
    }

    func identity(_ id: String) -> StudentIdentity {
        let name = byID[id] ?? "?"
        return StudentIdentity(id: name, names: [name])
    }

    /// The result without anything that says whose it is.
    func hiding(_ result: GradedResult) -> GradedResult {
        var hidden = result
        hidden.student = identity(result.student.id)
        hidden.comment = nil
        hidden.members = nil
        hidden.identityMarks = nil
        hidden.anomalies = nil
        hidden.origin = nil
        hidden.exhibits = []
        hidden.unreachable = result.unreachable.mapValues {
            TransportFailure($0.kind, LocalizedText(verbatim: ""))
        }
        if let instability = result.instability {
            hidden.instability = Instability(
                kind: instability.kind, attempts: instability.attempts, detail: "")
        }
        return hidden
    }

    func hiding(_ run: PastRun) -> PastRun {
        var hidden = run
        hidden.scores = Dictionary(
            run.scores.map { (identity($0.key).id, $0.value) }, uniquingKeysWith: { first, _ in first })
        return hidden
    }

    /// The 88 constellations' Latin names (International Astronomical Union, 1928), without those of two words.
    private static let constellations = [
        "Andromeda", "Antlia", "Apus", "Aquarius", "Aquila", "Ara", "Aries", "Auriga", "Boötes", "Caelum",
        "Camelopardalis", "Cancer", "Capricornus", "Carina", "Cassiopeia", "Centaurus", "Cepheus", "Cetus",
        "Chamaeleon", "Circinus", "Columba", "Corvus", "Crater", "Crux", "Cygnus", "Delphinus", "Dorado",
        "Draco", "Equuleus", "Eridanus", "Fornax", "Gemini", "Grus", "Hercules", "Horologium", "Hydra",
        "Hydrus", "Indus", "Lacerta", "Leo", "Lepus", "Libra", "Lupus", "Lynx", "Lyra", "Mensa",
        "Microscopium", "Monoceros", "Musca", "Norma", "Octans", "Ophiuchus", "Orion", "Pavo", "Pegasus",
        "Perseus", "Phoenix", "Pictor", "Pisces", "Puppis", "Pyxis", "Reticulum", "Sagitta", "Sagittarius",
        "Scorpius", "Sculptor", "Scutum", "Serpens", "Sextans", "Taurus", "Telescopium", "Triangulum",
        "Tucana", "Vela", "Virgo", "Volans", "Vulpecula",
    ]
}
