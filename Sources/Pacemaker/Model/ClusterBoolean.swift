/// Booleans as Pacemaker reads them (`crm_str_to_boolean`).
public enum ClusterBoolean {
    /// True for `true`, `on`, `yes`, `y`, `1`, false for `false`, `off`, `no`, `n`, `0`, in either case; else nil.
    public static func parse(_ text: some StringProtocol) -> Bool? {
        guard text.utf8.count <= 5 else { return nil }
        switch text.lowercased() {
        case "true", "on", "yes", "y", "1": return true
        case "false", "off", "no", "n", "0": return false
        default: return nil
        }
    }
}
