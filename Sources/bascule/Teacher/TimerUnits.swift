import ClassRun
import Foundation
import GraderCore

/// The service and the timer that start `grade-all --at deadline` (systemd.service(5), systemd.timer(5)).
struct TimerUnits {
    var className: String
    /// The argument vector, with absolute paths.
    var command: [String]
    /// When looks begin.
    var starts: [Date]
    /// The working folder: a rubric and exercises may lie in it.
    var folder: String
    /// Variables with secrets in them, to be put into a file.
    var environment: [String]
    var language: Language

    /// Time for the program to start, and to open its keys.
    private static let margin: TimeInterval = 60

    private var name: String { "bascule-\(className)" }
    private var isSystem: Bool { geteuid() == 0 }

    var files: [(name: String, text: String)] {
        [("\(name).service", service), ("\(name).timer", timer)]
    }

    private var service: String {
        // 2: somebody could not be assessed, which is said on the page; 130: ended on purpose. 64, 65: somebody has to mend
        // something first.
        """
        [Unit]
        Description=\(language.pick("Bascule : \(className), examinée avant chaque échéance", "Bascule: \(className), looked at before each deadline"))
        StartLimitIntervalSec=0

        [Service]
        Type=exec
        WorkingDirectory=\(Self.escaped(folder))
        Environment=LANG=\(language.pick("fr_FR.UTF-8", "C.UTF-8"))
        \(environment.isEmpty ? "" : "EnvironmentFile=\(Self.escaped(folder))/\(name).env\n")\
        ExecStart=\(command.map(Self.word).joined(separator: " "))
        SuccessExitStatus=2 130
        Restart=on-failure
        RestartSec=15
        RestartPreventExitStatus=64 65

        """
    }

    private var timer: String {
        let times = Set(starts.map { $0.addingTimeInterval(-Self.margin) }).sorted().map { date in
            "OnCalendar=" + date.formatted(Self.calendar)
        }
        return """
            [Unit]
            Description=\(language.pick("Bascule : les échéances de \(className)", "Bascule: the deadlines of \(className)"))

            [Timer]
            \(times.joined(separator: "\n"))
            AccuracySec=1s
            Persistent=true

            [Install]
            WantedBy=timers.target

            """
    }

    /// What to type next.
    /// - Parameter folder: where the files have been written; nil where they have not.
    func howTo(in folder: String?) -> [String] {
        let usual = isSystem ? "/etc/systemd/system" : "~/.config/systemd/user"
        let control = isSystem ? "systemctl" : "systemctl --user"
        var lines: [String] = []
        if let folder {
            lines.append(
                language.pick(
                    "\(name).service et \(name).timer sont dans \(folder). Ensuite :",
                    "\(name).service and \(name).timer are in \(folder). Then:"))
        } else {
            lines.append(
                language.pick(
                    "Les deux fichiers vont dans \(usual) (ou --output \(usual) les y écrit). Ensuite :",
                    "The two files go to \(usual) (or --output \(usual) writes them there). Then:"))
        }
        lines.append("  \(control) daemon-reload && \(control) enable --now \(name).timer")
        if !isSystem { lines.append("  loginctl enable-linger") }
        lines.append(
            language.pick(
                "  \(control) list-timers \(name).timer   # quand ; journalctl \(isSystem ? "-u" : "--user-unit") \(name) : ce qui s'est passé",
                "  \(control) list-timers \(name).timer   # when; journalctl \(isSystem ? "-u" : "--user-unit") \(name): what happened"
            ))
        if !environment.isEmpty {
            lines.append(
                language.pick(
                    "Dans \(self.folder)/\(name).env (chmod 600), une ligne pour chacun : \(environment.map { "\($0)=…" }.joined(separator: ", "))",
                    "In \(self.folder)/\(name).env (chmod 600), a line for each: \(environment.map { "\($0)=…" }.joined(separator: ", "))"
                ))
        }
        return lines
    }

    /// `2026-11-27 16:58:00 UTC` (systemd.time(7)): the same on a machine whose zone changes.
    private static let calendar = Date.VerbatimFormatStyle(
        format:
            "\(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) UTC",
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian))

    /// A word of a command line: quoted, without specifiers and variables (systemd.service(5), “Command lines”).
    private static func word(_ text: String) -> String {
        let quoted = escaped(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("$", with: "$$")
        return "\"\(quoted)\""
    }

    /// Without specifiers (systemd.unit(5)).
    private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }
}
