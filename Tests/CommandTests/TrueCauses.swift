/// The table: faults on our side, made for real, and what is said of each.
extension TrueCausesTests {
    private static let reading = [
        "history --student etu1 --reports $R", "bundle --student etu1 --output $T/bundle --reports $R",
        "report --class demo --reports $R", "export --class demo --format pronote --reports $R",
        "marks export --class demo --reports $R",
        "mark --class demo --student etu1 Q2.written 0.4 --reports $R",
        "purge --class demo --before 2001-01-01 --reports $R",
    ]

    /// The same words in front of every command that reads runs.
    private static func all(
        _ fault: String, _ making: String, _ status: Int, fr: [String], en: [String],
        but others: Set<String> = []
    ) -> [Row] {
        reading.filter { !others.contains(String($0.prefix { $0 != " " })) }.map {
            Row(fault: fault, making: making, command: $0, status: status, fr: fr, en: en)
        }
    }

    static let rows: [Row] =
        all(
            "no manifest", "rm $OLD/run.json", 0,
            fr: ["$OLD n’a pas de run.json", "laissé de côté", "purge --class demo --unfinished"],
            en: ["$OLD has no run.json", "passed over", "purge --class demo --unfinished"])
        + all(
            "manifest cut off", "head -c 100 $OLD/run.json >$T/x; cat $T/x >$OLD/run.json", 0,
            fr: ["$OLD/run.json est endommagé", "laissé de côté"],
            en: ["$OLD/run.json is damaged", "passed over"])
        + all(
            "newer manifest", "sed -i 's/\"schemaVersion\" : 1/\"schemaVersion\" : 99/' $OLD/run.json", 0,
            fr: ["$OLD/run.json vient d’un Bascule plus récent", "laissé de côté"],
            en: ["$OLD/run.json was written by a newer Bascule", "passed over"])
        + all(
            "latest gone", "rm -r $NEW", 0,
            fr: ["latest mène à", "n’est plus là", "est pris à sa place"],
            en: ["latest leads to", "is gone", "is taken instead"])
        + all(
            "latest emptied", "rm -r $NEW/students", 0,
            fr: ["latest mène à", "ni observation ni résultat"],
            en: ["latest leads to", "no evidence and no result"])
        + all(
            "open to everybody", "chmod 777 $C", 0,
            fr: ["D’autres utilisateurs peuvent écrire dans $C", "chmod go-w"],
            en: ["Other users can write to $C", "chmod go-w"])
        + all(
            "no such class", "mv $C $R/autre", 65, fr: ["demo", "$R"], en: ["demo", "$R"],
            but: ["history", "bundle"])
        + [
            Row(
                fault: "nothing of both runs", making: "rm -r $C/20*/students",
                command: "export --class demo --format pronote --reports $R",
                status: 65, fr: ["$NEW", "ni observation ni résultat", "noter de nouveau"],
                en: ["$NEW", "no evidence and no result", "grade again"]),
            Row(
                fault: "results gone", making: "rm $OLD/students/*/result.json $NEW/students/*/result.json",
                command: "mark --class demo --student etu1 Q2.written 0.4 --reports $R", status: 65,
                fr: ["a des observations et encore aucun résultat", "bascule score $NEW"],
                en: ["has evidence and no result yet", "bascule score $NEW"]),
            Row(
                fault: "another's evidence",
                making: "cp $NEW/students/etu2/evidence.json $NEW/students/etu1/evidence.json",
                command: "score $NEW --reports $R", status: 2,
                fr: ["students/etu1/evidence.json est de l’étudiant « etu2 », pas de etu1"],
                en: ["students/etu1/evidence.json is of the student “etu2”, not of etu1"]),
            Row(
                fault: "another's result",
                making: "cp $NEW/students/etu2/result.json $NEW/students/etu1/result.json",
                command: "export --class demo --format pronote --reports $R", status: 65,
                fr: ["students/etu1/result.json est de l’étudiant « etu2 »"],
                en: ["students/etu1/result.json is of the student “etu2”"]),
            Row(
                fault: "a student's folder is a link",
                making: "mv $NEW/students/etu1 $T/elsewhere; ln -s $T/elsewhere $NEW/students/etu1",
                command: "report --class demo --reports $R", status: 74,
                fr: ["students/etu1 est un lien symbolique", "supprimer le lien"],
                en: ["students/etu1 is a symbolic link", "remove the link"]),
            Row(
                fault: "the class's folder is a link", making: "mv $C $T/demo; ln -s $T/demo $C",
                command: "score $NEW --reports $R",
                status: 74, fr: ["$C est un lien symbolique"], en: ["$C is a symbolic link"]),
            Row(
                fault: "evidence cut off",
                making:
                    "head -c 3000 $NEW/students/etu1/evidence.json >$T/x; cat $T/x >$NEW/students/etu1/evidence.json",
                command: "score $NEW --reports $R", status: 2,
                fr: ["students/etu1/evidence.json est endommagé"],
                en: ["students/etu1/evidence.json is damaged"]),
            Row(
                fault: "a result cut off, in a bundle", making: "echo '{' >$OLD/students/etu1/result.json",
                command: "bundle --student etu1 --output $T/bundle --reports $R", status: 2,
                fr: ["students/etu1/result.json est endommagé", "Il manque dans $T/bundle"],
                en: ["students/etu1/result.json is damaged", "is not in $T/bundle"]),
            Row(
                fault: "history no database",
                making:
                    "printf 'no database at all, but long enough to be looked at %0200d' 1 >$C/history.sqlite",
                command: "history --student etu1 --reports $R", status: 65,
                fr: ["$C/history.sqlite est inutilisable", "bascule score"],
                en: ["$C/history.sqlite cannot be used", "bascule score"]),
            Row(
                fault: "history a folder", making: "rm $C/history.sqlite; mkdir $C/history.sqlite",
                command: "history --student etu1 --reports $R", status: 74,
                fr: ["$C/history.sqlite", "Est un dossier"],
                en: ["$C/history.sqlite", "Is a directory"]),
            Row(
                fault: "history a link that leads nowhere",
                making: "rm $C/history.sqlite; ln -s /nowhere/x $C/history.sqlite",
                command: "history --student etu1 --reports $R", status: 74,
                fr: ["$C/history.sqlite", "liens symboliques"],
                en: ["$C/history.sqlite", "symbolic links"]),
            Row(
                fault: "marks stop a purge before it begins", making: "echo 'students: [' >$C/marks.yaml",
                command: "purge --class demo --before $DAY --yes --reports $R", status: 65,
                fr: ["$C/marks.yaml:"], en: ["$C/marks.yaml:"]),
            Row(
                fault: "marks broken", making: "echo 'students: [' >$C/marks.yaml",
                command: "report --class demo --reports $R", status: 65,
                fr: ["$C/marks.yaml:"], en: ["$C/marks.yaml:"]),
            Row(
                fault: "no rubric", making: "true", command: "score $NEW --rubric $T/none.yaml --reports $R",
                status: 65,
                fr: ["$T/none.yaml", "Aucun fichier ou dossier"],
                en: ["$T/none.yaml", "No such file or directory"]),
            Row(
                fault: "a rubric that is a folder", making: "mkdir $T/none.yaml",
                command: "score $NEW --rubric $T/none.yaml --reports $R",
                status: 65, fr: ["$T/none.yaml", "n’est pas un fichier ordinaire"],
                en: ["$T/none.yaml", "is not a regular file"]),
            Row(
                fault: "a wrong student", making: "true",
                command: "export --class demo --format pronote --student etu9 --reports $R", status: 65,
                fr: ["n’a pas d’étudiant etu9", "etu1, etu2"], en: ["has no student etu9", "etu1, etu2"]),
            Row(
                fault: "a student whom nobody knows", making: "true",
                command: "history --student etu9 --reports $R", status: 65,
                fr: ["etu9"], en: ["etu9"]),
            Row(
                fault: "reports a file", making: "rm -r $R; echo >$R",
                command: "score exercises/activite-2/recorded --reports $R", status: 65,
                fr: ["$R", "N’est pas un dossier"], en: ["$R", "Not a directory"]),
            Row(
                fault: "disk full", making: "true",
                command: "score exercises/activite-2/recorded --reports $FULL/r", status: 74,
                fr: ["Le disque est plein", "faire de la place"], en: ["The disk is full", "make room"]),
            Row(
                fault: "disk full in the history",
                making: "cp -r $R $FULL/r; cat /dev/zero >$FULL/fill || true",
                command: "report --class demo --reports $FULL/r", status: 74, fr: ["Le disque est plein"],
                en: ["The disk is full"]),
            Row(
                fault: "standard output full", making: "true",
                command: "export --class demo --format pronote --reports $R >/dev/full", status: 74,
                fr: ["la sortie standard", "faire de la place"], en: ["standard output", "make room"]),
            Row(
                fault: "no room for descriptors", making: "true", command: "report --class demo --reports $R",
                status: 69,
                fr: ["Ce programme ne peut ouvrir que", "ulimit -n 1024"],
                en: ["This program may open only", "`ulimit -n 1024`"], before: "ulimit -n 12;"),
            Row(
                fault: "a name that is too long", making: "true",
                command: "report --class demo --reports $R/\(String(repeating: "x", count: 300))", status: 65,
                fr: ["Nom de fichier trop long"], en: ["File name too long"]),
        ]
        + [
            Row(
                fault: "the class is graded by another", making: "exec 9>$C/.grading; flock 9;",
                command: "purge --class demo --before $DAY --yes --reports $R", status: 75,
                fr: ["La classe demo est en cours de notation"], en: ["The class demo is being graded"]),
            Row(
                fault: "the history is locked",
                making: """
                    trap 'kill %1' EXIT; mkfifo $T/locked; python3 -c 'import sqlite3, sys, time
                    held = sqlite3.connect(sys.argv[1], isolation_level=None)
                    held.execute("begin exclusive"); open(sys.argv[2], "w").close(); time.sleep(60)' \
                        $C/history.sqlite $T/locked & timeout 20 cat $T/locked;
                    """,
                command: "history --student etu1 --reports $R", status: 75,
                fr: ["$C/history.sqlite est en train d’être écrit par un autre programme"],
                en: ["$C/history.sqlite is being written by another program"]),
            denied(
                "a student's folder", "chmod 0 $NEW/students/etu1",
                "export --class demo --format pronote --reports $R", 65, "$NEW/students/etu1/result.json"),
            denied(
                "a student's evidence", "chmod 0 $NEW/students/etu1/evidence.json",
                "score $NEW --reports $R", 2, "$NEW/students/etu1/evidence.json"),
            denied(
                "a run's manifest", "chmod 0 $NEW/run.json", "score $NEW --reports $R", 65, "$NEW/run.json"),
            denied("the class's folder", "chmod 0 $C", "report --class demo --reports $R", 65, "$C"),
            denied(
                "the marks", "chmod 0 $C/marks.yaml", "report --class demo --reports $R", 65, "$C/marks.yaml"),
            denied(
                "the history", "chmod 0 $C/history.sqlite", "history --student etu1 --reports $R", 74,
                "$C/history.sqlite"),
            denied(
                "a place for reports", "chmod 500 $R", "score exercises/activite-2/recorded --reports $R/new",
                74, "$R/new"),
        ]

    /// What may not be read or written is not absent, nor empty.
    private static func denied(
        _ what: String, _ making: String, _ command: String, _ status: Int, _ file: String
    )
        -> Row
    {
        Row(
            fault: "no permission for \(what)", making: "\(making); true", command: command, status: status,
            fr: [file, "Permission non accordée"], en: [file, "Permission denied"], before: "$UNPRIVILEGED")
    }
}
