import GraderCore

/// What `bascule exercise new` writes: an exercise of two checks that works as it stands, to be changed.
public enum Beginning {
    /// Whether an exercise, and its folder, can be called that.
    public static func isName(_ id: String) -> Bool {
        id.first?.isLetter == true && id.count <= 40
            && id.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) }
    }

    /// Texts by their names in the exercise's folder, their remarks for whoever is at the terminal.
    public static func files(_ id: String) -> KeyValuePairs<String, String> {
        [
            "exercise.yaml": exercise(id), "lab.yaml": lab,
            "situations/fresh.sh": """
            # \(String(fr: "La machine telle que remise : rien n'est fait.", en: "As the machine was handed out: nothing is done."))

            """,
            "situations/solved.sh": """
            # \(String(fr: "Tout ce qui est demandé.", en: "All that is asked."))
            # starts-from: fresh
            ## on server
            printf '%s\\n' "Welcome to $STUDENT" > /etc/motd
            systemctl enable --now cron

            """,
            "faults/cron-not-at-boot.sh": """
            # \(String(
                fr: "cron a été démarré à la main, et n'y sera plus après un redémarrage.",
                en: "cron was started by hand, and will not be there after a reboot."))
            # starts-from: solved
            # loses: Q2.at-boot
            # why: \(String(
                fr: "le sujet demande qu'il démarre avec la machine", en: "enabled at boot is what the sheet asks for"))
            ## on server
            systemctl disable cron

            """,
        ]
    }

    private static func exercise(_ id: String) -> String {
        """
        # \(Remarks.head[0])
        # \(Remarks.head[1])
        exercise: \(id)
        title: {fr: "Un serveur bien tenu", en: "A well-kept server"}

        # \(Remarks.machines)
        machines: [server]

        # \(Remarks.lab)
        lab:
          greeting: {kind: text, is: {fr: "le mot d'accueil", en: "the greeting"}}

        # \(Remarks.total)
        total: 4
        questions:
          - id: Q1
            title: {fr: "L'accueil", en: "The greeting"}
            checks:
              # \(Remarks.check)
              Q1.greeting:
                points: 2
                title: {fr: "Un mot d'accueil pour chacun", en: "A greeting for everybody"}
                why: {fr: "On doit savoir où l'on est.", en: "People should know where they are."}
                hint: {fr: "Ce fichier est affiché à la connexion.", en: "The file is shown at log-in."}
                file: /etc/motd
                expect: {lines: {include: ["Welcome to {student}"]}}
          - id: Q2
            title: {fr: "Les tâches planifiées", en: "Planned tasks"}
            checks:
              Q2.running:
                points: 1
                title: {fr: "cron est en marche", en: "cron is running"}
                service: cron
              Q2.at-boot:
                points: 1
                title: {fr: "cron démarre avec la machine", en: "cron starts with the machine"}
                service: cron
                expect: {enabled: true}
                # \(Remarks.needs)
                needs: [Q2.running]

        """
    }

    private static var lab: String {
        """
        # \(Remarks.virtualLab[0])
        # \(Remarks.virtualLab[1])
        summary: {fr: "une machine Debian", en: "one Debian machine"}
        packages: [cron]
        setup: |
          systemctl --quiet disable cron

        """
    }
}

/// What is said of each part of the files.
private enum Remarks {
    static var head: [String] {
        [
            String(
                fr:
                    "Un exercice à soi. `bascule exercise lint` dit ce qui ne va pas dans ce fichier, et où ;",
                en:
                    "An exercise of your own. `bascule exercise lint` says what is wrong with this file, and where;"
            ),
            String(
                fr: "docs/exercises.md dit ce qui peut encore être regardé.",
                en: "docs/exercises.md says what else can be looked at."),
        ]
    }
    static var machines: String {
        String(
            fr: "Les machines de chaque étudiant, 1 à 8 ; leurs adresses sont dans la liste de classe.",
            en: "The machines that each student has, 1 to 8; their addresses stand in the roster.")
    }
    static var lab: String {
        String(
            fr: "Ce que la liste de classe dit encore de chaque étudiant ; plus bas, c'est {greeting}.",
            en: "What the roster says of each student's lab besides; below it is {greeting}.")
    }
    static var total: String {
        String(
            fr: "La somme de tous les points, pour qu'une faute de frappe se remarque.",
            en: "The sum of all points, so that a slip of the pen is noticed.")
    }
    static var check: String {
        String(
            fr:
                "Une chose qui peut être juste ou fausse : son nom, ses points, ses mots, quoi regarder, ce qui est juste.",
            en:
                "One thing that can be right or wrong: its name, its points, its words, what to look at, what is right."
        )
    }
    static var needs: String {
        String(
            fr: "Tant que celui-là n'est pas acquis celui-ci est bloqué : une faute ne se paie qu'une fois.",
            en: "While that is not met this one is blocked: one mistake is paid for once.")
    }
    static var virtualLab: [String] {
        [
            String(
                fr:
                    "Une maquette virtuelle, pour éprouver les contrôles : `bascule lab up`. situations/, faults/ et variations/",
                en:
                    "A virtual lab, to prove the checks in: `bascule lab up`. situations/, faults/ and variations/ are what can be"
            ),
            String(
                fr: "sont ce qu'on peut y faire ; une faute (faults/) dit quels contrôles elle fait perdre.",
                en: "done in it; a fault says which checks it loses."),
        ]
    }
}
