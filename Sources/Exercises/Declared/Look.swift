import GraderCore

/// What a declared check looks at: one thing on each of some machines, or one seen from the network.
struct Look: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case run([Template])
        case shell(Template)
        case script(Script)
        case file(Template, follow: Bool)
        case service(Template)
        case package(Template)
        case listen(port: Int, isUDP: Bool)
        /// - Parameter address: nil: each machine's own.
        case port(Int, address: Template?)
        case http(url: Template, at: Template?)
        case dns(name: Template, type: DNSProbeRequest.RecordType, server: Template)
        case user(Template)
        case mount(Template)
        case address
    }

    /// A file of the teacher's that goes to an interpreter's standard input.
    struct Script: Sendable, Hashable {
        /// As the declaration names it.
        var file: String
        var interpreter: String
        var text: String
        /// What is in its environment.
        var variables: [String]
    }

    var kind: Kind
    var become = true
    var timeLimit: Duration = .seconds(10)
    var outputLimit = 64 << 10
    /// What the expectation asks of a file beside its status: nothing else is brought.
    var wantsContent = false
    var wantsDigest = false

    /// Whether it is made from the network, and not on a machine.
    var isNetwork: Bool {
        switch kind {
        case .port, .http, .dns: true
        default: false
        }
    }

    /// Every text with variables in it.
    var templates: [Template] {
        switch kind {
        case .run(let arguments): arguments
        case .shell(let text), .service(let text), .package(let text), .user(let text), .mount(let text),
            .file(let text, _):
            [text]
        case .script, .listen, .address: []
        case .port(_, let address): [address].compactMap(\.self)
        case .http(let url, let at): [url, at].compactMap(\.self)
        case .dns(let name, _, let server): [name, server]
        }
    }
}

/// What of a look an expectation can be about.
struct Fact: Sendable, Hashable {
    enum Form: Sendable, Hashable { case text, number, flag, lines, permissions, headers }

    var name: String
    var form: Form
    var words: LocalizedText
    /// How a flag is told where it is true and where it is false.
    var told: [Bool: LocalizedText] = [:]

    init(_ name: String, _ form: Form, _ words: LocalizedText) {
        (self.name, self.form, self.words) = (name, form, words)
    }

    init(_ name: String, _ yes: LocalizedText, not no: LocalizedText) {
        self.init(name, .flag, yes)
        told = [true: yes, false: no]
    }
}

extension Look.Kind {
    /// By the key that it has in a declaration.
    var key: String {
        switch self {
        case .run: "run"
        case .shell: "shell"
        case .script: "script"
        case .file: "file"
        case .service: "service"
        case .package: "package"
        case .listen: "listen"
        case .port: "port"
        case .http: "http"
        case .dns: "dns"
        case .user: "user"
        case .mount: "mount"
        case .address: "address"
        }
    }

    static let keys = [
        "run", "shell", "script", "file", "service", "package", "listen", "port", "http", "dns", "user",
        "mount",
        "address",
    ]

    /// The first is the main one, which an expectation is about that names none; a script judges itself.
    var facts: [Fact] { Fact.all[key] ?? [] }

    /// What is expected where nothing is said: the name of a fact, and its value.
    var usual: (fact: String, value: Expectation)? {
        switch self {
        case .run, .shell: ("exit", .number(0...0))
        case .file, .user: ("exists", .flag(true))
        case .service: ("active", .flag(true))
        case .package: ("installed", .flag(true))
        case .listen: ("listening", .flag(true))
        case .port: ("state", .equals(Template("open")))
        case .http: ("status", .number(200...200))
        case .dns: ("records", .lines(.init(count: 1...Double.infinity)))
        case .mount: ("mounted", .flag(true))
        case .script, .address: nil
        }
    }
}

extension Fact {
    private static func t(_ fr: LocalizedText.Wording, _ en: LocalizedText.Wording) -> LocalizedText {
        LocalizedText(fr: fr, en: en)
    }

    static let all: [String: [Fact]] = {
        let command = [
            Fact("output", .text, t("sortie", "output")),
            Fact("error", .text, t("sortie d'erreur", "error output")),
            Fact("exit", .number, t("code de retour", "exit status")),
        ]
        let exists = Fact("exists", t("existe", "exists"), not: t("n'existe pas", "does not exist"))
        return [
            "run": command, "shell": command, "script": command,
            "file": [
                Fact("content", .text, t("contenu", "content")), exists,
                Fact("kind", .text, t("nature", "kind")),
                Fact("mode", .permissions, t("droits", "mode")),
                Fact("owner", .text, t("propriétaire", "owner")), Fact("group", .text, t("groupe", "group")),
                Fact("size", .number, t("taille en octets", "size in bytes")),
            ],
            "service": [
                Fact("active", t("en marche", "active"), not: t("à l'arrêt", "not active")),
                Fact("result", .text, t("résultat", "result")),
                Fact(
                    "enabled", t("lancé au démarrage", "enabled at boot"),
                    not: t("pas lancé au démarrage", "not enabled at boot")),
                Fact(
                    "ran", t("s'est exécuté avec succès", "has run successfully"),
                    not: t("ne s'est pas exécuté avec succès", "has not run successfully")),
            ],
            "package": [
                Fact("version", .text, t("version", "version")),
                Fact("installed", t("installé", "installed"), not: t("pas installé", "not installed")),
            ],
            "listen": [
                Fact("addresses", .lines, t("adresses d'écoute", "addresses listened on")),
                Fact("listening", t("écoute", "listens"), not: t("n'écoute pas", "does not listen")),
            ],
            "port": [Fact("state", .text, t("état du port", "state of the port"))],
            "http": [
                Fact("body", .text, t("page", "page")),
                Fact("status", .number, t("code HTTP", "HTTP status")),
                Fact("header", .headers, t("en-tête", "header")),
                Fact("location", .text, t("redirection", "redirect")),
            ],
            "dns": [
                Fact("records", .lines, t("enregistrements", "records")),
                Fact("code", .text, t("réponse", "response")),
                Fact(
                    "authoritative", t("fait autorité", "authoritative"),
                    not: t("ne fait pas autorité", "not authoritative")),
            ],
            "user": [
                Fact("groups", .lines, t("groupes", "groups")), exists, Fact("uid", .number, t("uid", "uid")),
                Fact("home", .text, t("dossier personnel", "home directory")),
                Fact("shell", .text, t("interpréteur", "shell")),
            ],
            "mount": [
                Fact("options", .lines, t("options", "options")),
                Fact("mounted", t("monté", "mounted"), not: t("pas monté", "not mounted")),
                Fact("type", .text, t("type", "type")), Fact("source", .text, t("source", "source")),
            ],
            "address": [Fact("addresses", .lines, t("adresses", "addresses"))],
        ]
    }()
}
