import ClassRun
import Foundation
import GraderCore
import InputFiles
import History
import Reports
import SSHTransport

/// Turns what is wrong with the input into sentences and an exit status, before or instead of a stack of details.
enum Inputs {
    /// Reads a roster or a rubric: all its mistakes at once.
    static func reading<Value>(_ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let errors as InputErrors {
            complain(errors.description)
            throw Exit.badInput
        }
    }

    /// Runs what needs the files and secrets that the input names.
    static func reporting<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch {
            throw translated(error)
        }
    }

    /// The same for work that does not wait.
    static func reportingNow<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch {
            throw translated(error)
        }
    }

    /// Errors that are sentences of our own are printed; anything else is a bug and goes on as it is.
    private static func translated(_ error: any Error) -> any Error {
        switch error {
        case let errors as InputErrors: complain(errors.description)
        case let failure as SecretFailure: complain(failure.message)
        case let failure as StoreFailure: complain(failure.message)
        case let failure as HistoryFailure: complain(failure.message)
        case let mistake as KeySetup.Mistake: complain(mistake.description)
        case let error as PageThemeError: complain(error.description)
        case let failure as KnownHosts.FileError: complain(failure.description)
        case let failure as TransportFailure: complain(failure.message)
        default: return error
        }
        return Exit.badInput
    }

    /// A remark of the library's, in the language that the environment asks for.
    @Sendable static func complain(_ text: LocalizedText) { complain(text[TerminalLanguage.current]) }

    static func complain(_ text: String) {
        FileHandle.standardError.say(text + "\n")
    }
}
