import GraderCore

/// What `bascule exercise new` writes: an exercise of two checks that works as it stands, to be changed.
public enum Beginning {
    /// Whether an exercise, and its folder, can be called that.
    public static func isName(_ id: String) -> Bool {
        id.first?.isLetter == true && id.count <= 40
            && id.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".contains($0) }
    }

    /// Texts by their names in the exercise's folder.
    public static func files(_ id: String) -> KeyValuePairs<String, String> {
        [
            "exercise.yaml": exercise(id), "lab.yaml": lab,
            "situations/fresh.sh": "# As the machine was handed out: nothing is done.\n",
            "situations/solved.sh": """
            # All that is asked.
            # starts-from: fresh
            ## on server
            printf '%s\\n' "Welcome to $STUDENT" > /etc/motd
            systemctl enable --now cron

            """,
            "faults/cron-not-at-boot.sh": """
            # cron was started by hand, and will not be there after a reboot.
            # starts-from: solved
            # loses: Q2.at-boot
            # why: enabled at boot is what the sheet asks for
            ## on server
            systemctl disable cron

            """,
        ]
    }

    private static func exercise(_ id: String) -> String {
        """
        # An exercise of your own. `bascule exercise lint` says what is wrong with this file, and where;
        # docs/exercises.md says what else can be looked at.
        exercise: \(id)
        title: {fr: "Un serveur bien tenu", en: "A well-kept server"}

        # The machines that each student has, 1 to 8; their addresses stand in the roster.
        machines: [server]

        # What the roster says of each student's lab besides; below it is {greeting}.
        lab:
          greeting: {kind: text, is: {fr: "le mot d'accueil", en: "the greeting"}}

        # The sum of all points, so that a slip of the pen is noticed.
        total: 4
        questions:
          - id: Q1
            title: {fr: "L'accueil", en: "The greeting"}
            checks:
              # One thing that can be right or wrong: its name, its points, its words, what to look at, what is right.
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
                # While that is not met this one is blocked: one mistake is paid for once.
                needs: [Q2.running]

        """
    }

    private static let lab = """
        # A virtual lab, to prove the checks in: `bascule lab up`. situations/, faults/ and variations/ are what can be
        # done in it; a fault says which checks it loses.
        summary: one Debian machine
        packages: [cron]
        setup: |
          systemctl --quiet disable cron

        """
}
