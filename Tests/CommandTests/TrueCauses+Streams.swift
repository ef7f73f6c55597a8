/// The same for what is written to elsewhere than the reports: standard output, temporary files, files that may not grow.
extension TrueCausesTests {
    private static let handIns = "Tests/Fixtures/hand-ins"

    private static func taking(_ file: String) -> String {
        "import \(handIns)/class.yaml \(file) --reports $R --rubric rubrics/activite-2.yaml"
    }

    static let streamRows: [Row] = [
        Row(
            fault: "standard output closed", making: "true",
            command: "export --class demo --format pronote --reports $R >&-", status: 74,
            fr: ["La sortie standard est fermée"], en: ["Standard output is closed"]),
        Row(
            fault: "files that may not grow", making: "true", command: "score $NEW --reports $R", status: 74,
            fr: ["n’a pas pu être écrit (Fichier trop gros)", "ulimit -f"],
            en: ["could not be written (File too large)", "ulimit -f"], before: "ulimit -f 8;"),
        Row(
            fault: "a history that may not grow",
            making: """
                python3 -c 'import sqlite3, sys; history = sqlite3.connect(sys.argv[1])
                history.execute("create table pad(x)"); history.execute("insert into pad values(zeroblob(5000000))")
                history.commit()' $C/history.sqlite
                """,
            command: "score $NEW --reports $R", status: 2,
            fr: ["$C/history.sqlite ne peut pas être écrit", "ulimit -f"],
            en: ["$C/history.sqlite cannot be written", "ulimit -f"], before: "ulimit -f 4000;"),
        Row(
            fault: "history a pipe", making: "rm $C/history.sqlite; mkfifo $C/history.sqlite",
            command: "history --student etu1 --reports $R", status: 65,
            fr: ["$C/history.sqlite est inutilisable", "pas un fichier ordinaire"],
            en: ["$C/history.sqlite cannot be used", "not a regular file"]),
        Row(
            fault: "no room for temporary files", making: "cat /dev/zero >$FULL/fill || true",
            command: taking("\(handIns)/etu1-serv1.zip"), status: 74,
            fr: ["$FULL", "faire de la place"], en: ["$FULL", "make room"], before: "TMPDIR=$FULL"),
        Row(
            fault: "no folder for temporary files", making: "true",
            command: taking("\(handIns)/etu1-serv1.zip"), status: 74,
            fr: ["$T/none", "Aucun fichier ou dossier", "TMPDIR"],
            en: ["$T/none", "No such file or directory", "TMPDIR"], before: "TMPDIR=$T/none"),
        Row(
            fault: "no permission for a hand-in",
            making: "cp \(handIns)/etu1-serv1.zip $T/etu1-serv1.zip; chmod 0 $T/etu1-serv1.zip",
            command: taking("$T/etu1-serv1.zip"), status: 2,
            fr: ["etu1-serv1.zip n’a pas pu être lu", "Permission non accordée"],
            en: ["etu1-serv1.zip could not be read", "Permission denied"], before: "$UNPRIVILEGED"),
        Row(
            fault: "a hand-in that is far too long", making: "truncate -s 18M $T/etu1-serv1.zip",
            command: taking("$T/etu1-serv1.zip"), status: 2,
            fr: ["etu1-serv1.zip fait plus de 17 Mio"], en: ["etu1-serv1.zip has more than 17 MiB"]),
        Row(
            fault: "a private key that others can read",
            making: "ssh-keygen -q -t ed25519 -N '' -f $T/id_ed25519; chmod 644 $T/id_ed25519",
            command: "doctor", status: 69,
            fr: ["D’autres peuvent lire la clé privée", "chmod 600"],
            en: ["can be read by others", "chmod 600"], before: "cd $T;"),
    ]
}
