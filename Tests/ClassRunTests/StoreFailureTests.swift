import ClassRun
import Foundation
import GraderCore
import InputFiles
import Testing

/// What Foundation says about files, in our words: never that we have a bug.
struct StoreFailureTests {
    private func failure(of operation: () throws -> Void) throws -> StoreFailure {
        let error = try #require(throws: (any Error).self) { try operation() }
        return try #require(StoreFailure(fileOperation: error), "\(error)")
    }

    @Test func aFileThatCannotBeWritten() throws {
        for operation in [
            { try Data([1]).write(to: URL(filePath: "/proc/self/none")) },
            { try Data([1]).write(to: URL(filePath: "/proc/self/none"), options: .atomic) },
            {
                try FileManager.default.createDirectory(
                    atPath: "/proc/none/x", withIntermediateDirectories: true)
            },
            { try FileManager.default.removeItem(atPath: "/proc/self/status") },
            { try FileHandle(fileDescriptor: open("/dev/full", O_WRONLY)).write(contentsOf: Data([1])) },
        ] as [() throws -> Void] {
            let failure = try failure(of: operation)
            #expect(failure.cause == .notWritten, "\(failure)")
        }
    }

    @Test func aFileThatCannotBeRead() throws {
        let failure = try failure { _ = try Data(contentsOf: URL(filePath: "/proc/self/none")) }
        #expect(failure.cause == .unusable && failure.sentence.en.hasPrefix("/proc/self/none cannot be read"))
        #expect(
            failure.sentence.fr
                == "/proc/self/none ne peut pas être lu (Aucun fichier ou dossier de ce nom)\u{A0}: vérifier le chemin."
        )
    }

    @Test func whatIsNoFile() { #expect(StoreFailure(fileOperation: CancellationError()) == nil) }

    /// Whatever is told of an error, it is told in both languages where it has both.
    @Test func whatAnErrorSaysIsInBothLanguages() {
        let text = LocalizedText(fr: "plein", en: "full")
        let mistake = InputMistake(file: "marks.yaml", line: 2, column: 7, message: text)
        #expect(LocalizedText(explaining: StoreFailure(text)) == text)
        #expect(LocalizedText(explaining: ProgramFault(text)) == text)
        #expect(
            LocalizedText(explaining: InputErrors([mistake, mistake]))
                == LocalizedText(
                    fr: "marks.yaml:2:7: erreur : plein ; marks.yaml:2:7: erreur : plein",
                    en: "marks.yaml:2:7: error: full; marks.yaml:2:7: error: full"))
    }

    @Test func everyWayToAMachineThatFails() {
        for kind in TransportFailure.Kind.allCases {
            let cause = TransportFailure(kind, LocalizedText(verbatim: "")).cause
            #expect(cause != .notWritten && cause != .busy, "\(kind)")
        }
        #expect(TransportFailure(.connectionLost, LocalizedText(verbatim: "")).cause == .unavailable)
    }
}
