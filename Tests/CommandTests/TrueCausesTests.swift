import Foundation
import Testing

/// What is told where something is wrong on our side: each fault is made for real, and the sentence names the file, the true
/// cause and what to do, in both languages; the status says of what kind it is; nothing is half done.
struct TrueCausesTests {
    /// A fault in the reports of the recorded class, and what a command says of it.
    struct Row: Sendable, CustomTestStringConvertible {
        var fault: String
        /// A shell's words; `$R` the reports, `$C` the class's folder, `$OLD` and `$NEW` its two runs, `$T` room of its own.
        var making: String
        /// What is typed behind `bascule`; `$…` as above.
        var command: String
        var status: Int
        /// Of the sentence, in either language; `$…` as above.
        var fr: [String]
        var en: [String]
        /// The program's limits, as the shell sets them before it starts.
        var before = ""

        var testDescription: String { "\(fault): \(command.prefix(40))" }
    }

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

    private static func shell(_ words: String, _ place: [String: String], seconds: Int = 60) throws -> (
        Int32, String
    ) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", words]
        process.currentDirectoryURL = Program.repository
        process.environment = ProcessInfo.processInfo.environment.merging(place) { $1 }
            .merging(["NO_COLOR": "1"]) { $1 }
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }

    /// The recorded class twice, an answer and a mark; made once for all rows.
    private static let reports = Task { () throws -> URL in
        let folder = try Program.temporaryFolder()
        let making = """
            R=$T/good; "$BASCULE" score exercises/activite-2/recorded --reports $R; sleep 1.1
            "$BASCULE" mark --class demo --student etu1 Q2.written 0.5 --reports $R
            "$BASCULE" score exercises/activite-2/recorded --reports $R; ls -d $R/demo/20*Z
            """
        _ = try shell(
            making, ["T": folder.path(percentEncoded: false), "BASCULE": try Program.path])
        return folder
    }

    @Test(arguments: rows, ["fr", "en"]) func theTrueCauseIsTold(_ row: Row, _ language: String) async throws
    {
        let good = try await Self.reports.value.path(percentEncoded: false)
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let room = folder.path(percentEncoded: false)
        let runs = try FileManager.default.contentsOfDirectory(atPath: "\(good)/good/demo").filter {
            $0.hasPrefix("20")
        }.sorted()
        try #require(runs.count == 2)
        let place = [
            "T": room, "R": "\(room)/r", "C": "\(room)/r/demo", "OLD": "\(room)/r/demo/\(runs[0])",
            "NEW": "\(room)/r/demo/\(runs[1])", "FULL": "\(room)/full", "BASCULE": try Program.path,
            "DAY": "2040-01-01",
        ]
        let isFull = (row.making + row.command).contains("$FULL")
        // A disk of its own, as small as a stamp, in a mount namespace of its own.
        let around =
            isFull
            ? [
                "unshare -m bash -c 'mkdir $FULL; mount -t tmpfs -o size=\(row.making == "true" ? "64k" : "20m") none $FULL;",
                "'",
            ] : ["", ""]
        let (status, said) = try Self.shell(
            """
            cp -a \(good)/good $R
            \(around[0]) \(row.making) 2>/dev/null; \(row.before) exec timeout 60 "$BASCULE" \(row.command) --lang \(language) \(around[1])
            """, place)
        #expect(status == Int32(row.status), "\(said)")
        for words in language == "fr" ? row.fr : row.en {
            let words = place.reduce(words) { $0.replacing("$\($1.key)", with: $1.value) }
            let plain = said.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
            #expect(plain.contains(words), "\(said)")
        }
        // Nothing of ours that a person cannot act on.
        for word in [
            "NSCocoaErrorDomain", "DatabaseError", "SQLite error", "bug in Bascule",
            "erreur de programmation", "Fatal error",
        ] {
            #expect(!said.contains(word), "\(said)")
        }
        // A purge that is stopped has changed nothing.
        if row.fault.contains("before it begins") {
            #expect(FileManager.default.fileExists(atPath: "\(room)/r/demo/\(runs[0])/run.json"))
            #expect(
                FileManager.default.fileExists(atPath: "\(room)/r/demo/answers")
                    == FileManager.default.fileExists(atPath: "\(good)/good/demo/answers"))
        }
    }
}
