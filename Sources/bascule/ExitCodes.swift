import ArgumentParser
import ClassRun
import GraderCore
import InputFiles
import NetworkProbes
import Reports
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
    /// A machine, or a program of this machine, that the whole command needs is not to be had (`EX_UNAVAILABLE`).
    static let unavailable = ExitCode(69)
    /// A bug of ours (`EX_SOFTWARE`).
    static let bug = ExitCode(70)
    /// Something could not be written: a full disk, a folder of somebody else's (`EX_IOERR`).
    static let notWritten = ExitCode(74)
    /// Another Bascule is at work on the same files: again later (`EX_TEMPFAIL`).
    static let busy = ExitCode(75)
    /// Interrupted; everything restored.
    static let interrupted = ExitCode(130)

    /// What a look at one student's machines ends with.
    static func end(check result: GradedResult) throws {
        if result.hasUnassessed { throw notAssessed }
        if result.hasUnmet { throw notMet }
    }

    /// Ends a command whose run lacks somebody for a reason of ours.
    static func endUnlessKept(_ outcome: RunOutcome?) throws {
        if outcome?.hasFault == true { throw bug }
        if outcome?.isUnwritten == true { throw notWritten }
    }

    /// What ended a command, as a sentence and an exit status. ArgumentParser ends with 1 for an error it does not
    /// know, and 1 is `check`'s verdict: what nobody expected is a bug of ours, and said to be one.
    static func translated(_ error: any Error) -> any Error {
        switch error {
        case let failure as any CommandFailure:
            Inputs.complain(failure.message)
            return status(of: failure.cause)
        case is InputErrors, is KeySetup.Mistake, is PageThemeError, is ScanTargets.Mistake:
            Inputs.complain("\(error)")
            return badInput
        case let error as LabError:
            Inputs.complain(
                LocalizedText(fr: "bascule lab : \(error.sentence)", en: "bascule lab: \(error.sentence)"))
            return notAssessed
        case let fault as ProgramFault:
            Inputs.complain(fault.description)
            return bug
        default:
            if let failure = StoreFailure(fileOperation: error) { return translated(failure) }
            guard !(error is ExitCode), Bascule.exitCode(for: error) == .failure else { return error }
            Inputs.complain(
                LocalizedText(
                    fr:
                        "C'est une erreur de programmation de Bascule : \(String(describing: error)) ; merci de la signaler.",
                    en: "This is a bug in Bascule: \(String(describing: error)); please report it."))
            return bug
        }
    }

    private static func status(of cause: FailureCause) -> ExitCode {
        switch cause {
        case .unusable: badInput
        case .notWritten: notWritten
        case .busy: busy
        case .unavailable: unavailable
        case .interrupted: interrupted
        case .programFault: bug
        }
    }

    /// The status that a command ends with, whose output may have been cut off.
    static func final(_ error: (any Error)?) -> (any Error)? {
        let ending = error.map(translated)
        // A bug, a wrong file or an interruption says more than that.
        guard ending.map({ [.success, notMet, notAssessed].contains(Bascule.exitCode(for: $0)) }) ?? true,
            let complaint = StandardOutput.complaint
        else { return ending }
        Inputs.complain(complaint)
        return notWritten
    }
}

/// A usage error where it is not so.
func require(_ isSo: Bool, _ sentence: @autoclosure () -> LocalizedText) throws {
    if !isSo { throw ValidationError(sentence()[.current]) }
}
