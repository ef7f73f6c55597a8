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

    init(_ name: String, _ form: Form, fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        self.init(name, form, LocalizedText(fr: fr, en: en))
    }

    init(_ name: String, fr: LocalizedText.Wording, en: LocalizedText.Wording, not no: LocalizedText) {
        self.init(name, .flag, fr: fr, en: en)
        told = [true: words, false: no]
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
    static let all: [String: [Fact]] = {
        let command = [
            Fact("output", .text, fr: "sortie", en: "output"),
            Fact("error", .text, fr: "sortie d'erreur", en: "error output"),
            Fact("exit", .number, fr: "code de retour", en: "exit status"),
        ]
        let exists = Fact(
            "exists", fr: "existe", en: "exists", not: LocalizedText(fr: "n'existe pas", en: "does not exist")
        )
        return [
            "run": command, "shell": command, "script": command,
            "file": [
                Fact("content", .text, fr: "contenu", en: "content"), exists,
                Fact("kind", .text, fr: "nature", en: "kind"),
                Fact("mode", .permissions, fr: "droits", en: "mode"),
                Fact("owner", .text, fr: "propriétaire", en: "owner"),
                Fact("group", .text, fr: "groupe", en: "group"),
                Fact("size", .number, fr: "taille en octets", en: "size in bytes"),
            ],
            "service": [
                Fact(
                    "active", fr: "en marche", en: "active",
                    not: LocalizedText(fr: "à l'arrêt", en: "not active")),
                Fact("result", .text, fr: "résultat", en: "result"),
                Fact(
                    "enabled", fr: "lancé au démarrage", en: "enabled at boot",
                    not: LocalizedText(fr: "pas lancé au démarrage", en: "not enabled at boot")),
                Fact(
                    "ran", fr: "s'est exécuté avec succès", en: "has run successfully",
                    not: LocalizedText(fr: "ne s'est pas exécuté avec succès", en: "has not run successfully")
                ),
            ],
            "package": [
                Fact("version", .text, fr: "version", en: "version"),
                Fact(
                    "installed", fr: "installé", en: "installed",
                    not: LocalizedText(fr: "pas installé", en: "not installed")),
            ],
            "listen": [
                Fact("addresses", .lines, fr: "adresses d'écoute", en: "addresses listened on"),
                Fact(
                    "listening", fr: "écoute", en: "listens",
                    not: LocalizedText(fr: "n'écoute pas", en: "does not listen")),
            ],
            "port": [Fact("state", .text, fr: "état du port", en: "state of the port")],
            "http": [
                Fact("body", .text, fr: "page", en: "page"),
                Fact("status", .number, fr: "code HTTP", en: "HTTP status"),
                Fact("header", .headers, fr: "en-tête", en: "header"),
                Fact("location", .text, fr: "redirection", en: "redirect"),
            ],
            "dns": [
                Fact("records", .lines, fr: "enregistrements", en: "records"),
                Fact("code", .text, fr: "réponse", en: "response"),
                Fact(
                    "authoritative", fr: "fait autorité", en: "authoritative",
                    not: LocalizedText(fr: "ne fait pas autorité", en: "not authoritative")),
            ],
            "user": [
                Fact("groups", .lines, fr: "groupes", en: "groups"), exists,
                Fact("uid", .number, fr: "uid", en: "uid"),
                Fact("home", .text, fr: "dossier personnel", en: "home directory"),
                Fact("shell", .text, fr: "interpréteur", en: "shell"),
            ],
            "mount": [
                Fact("options", .lines, fr: "options", en: "options"),
                Fact(
                    "mounted", fr: "monté", en: "mounted",
                    not: LocalizedText(fr: "pas monté", en: "not mounted")),
                Fact("type", .text, fr: "type", en: "type"),
                Fact("source", .text, fr: "source", en: "source"),
            ],
            "address": [Fact("addresses", .lines, fr: "adresses", en: "addresses")],
        ]
    }()
}
