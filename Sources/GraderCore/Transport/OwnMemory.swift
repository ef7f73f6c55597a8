import CCrypto

/// This process's memory, in which passwords and open keys are.
public enum OwnMemory {
    /// No core file is written of it, whatever the core pattern says, and no process of the same user reads it
    /// (`PR_SET_DUMPABLE`, prctl(2)). A program that is started from here is as it would be otherwise.
    public static func close() { _ = bascule_forbid_core() }
}
