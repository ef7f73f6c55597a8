import GraderCore
import InputFiles

extension LocalizedText {
    /// What an error says, for people: its own sentence where it has one.
    public init(explaining error: any Error) {
        switch error {
        case let failure as any CommandFailure: self = failure.sentence
        case let fault as ProgramFault: self = fault.sentence
        case let mistakes as InputErrors: self = mistakes.mistakes.map(\.sentence).joined()
        default:
            self =
                StoreFailure(fileOperation: error)?.sentence
                ?? LocalizedText(verbatim: String(describing: error))
        }
    }
}
