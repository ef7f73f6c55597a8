import ArgumentParser
import ClassRun
import GraderCore
import History
import InputFiles
import NetworkProbes
import Reports
import SSHTransport
import VirtualClass

/// What the program's exit status says. 2 beats 1; usage errors are ArgumentParser's 64.
enum Exit {
    /// Everything asked for was assessed, whatever the marks.
    static let assessed = ExitCode(0)
    /// `check` only: something is not met.
    static let notMet = ExitCode(1)
    /// Something asked for could not be assessed.
    static let notAssessed = ExitCode(2)
    /// The roster or the rubric is wrong (`EX_DATAERR`, sysexits.h).
    static let badInput = ExitCode(65)
    /// A bug of ours (`EX_SOFTWARE`).
    static let bug = ExitCode(70)
    /// Interrupted; everything restored.
    static let interrupted = ExitCode(130)

    /// What ended a command, as a sentence and an exit status. ArgumentParser ends with 1 for an error it does not
    /// know, and 1 is `check`'s verdict: what nobody expected is a bug of ours, and said to be one.
    static func translated(_ error: any Error) -> any Error {
        switch error {
        case is InputErrors, is SecretFailure, is StoreFailure, is HistoryFailure, is KeySetup.Mistake,
            is PageThemeError, is KnownHosts.FileError, is ScanTargets.Mistake:
            Inputs.complain("\(error)")
        case let failure as TransportFailure: Inputs.complain(failure.message)
        case let error as LabError:
            Inputs.complain("bascule lab: \(error.message)")
            return notAssessed
        case let fault as ProgramFault:
            Inputs.complain(fault.description)
            return bug
        default:
            guard !(error is ExitCode), Bascule.exitCode(for: error) == .failure else { return error }
            Inputs.complain("This is a bug in Bascule: \(error); please report it.")
            return bug
        }
        return badInput
    }
}

/// A usage error where it is not so.
func require(_ isSo: Bool, _ sentence: @autoclosure () -> String) throws {
    if !isSo { throw ValidationError(sentence()) }
}
