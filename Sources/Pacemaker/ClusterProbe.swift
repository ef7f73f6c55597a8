/// The names of the probes that `Findings` reads; the exercise makes them under these names.
public enum ClusterProbe {
    public static let cib = "cib"
    public static let cibFile = "cib-file"
    public static let clock = "clock"
    public static let nodeName = "node-name"
    public static let hostName = "host-name"
    public static let crmShow = "crm-configure-show"
    /// What Pacemaker's scheduler would do (`SchedulerQuestion`).
    public static let scheduler = "crm-simulate"
    public static let status = "crm-mon"
    public static let addresses = "ip-addr-json"
    public static let addressText = "ip-addr"
    public static let daemons = "daemons"
    public static let packages = "packages"
    /// Those asked for; each is answered with a line `pacemaker 2.1.5-1+deb12u1`.
    public static let packageNames = ["pacemaker", "corosync", "crmsh"]
    /// Not the cluster's: by it a cloned machine is known (machine-id(5)).
    public static let machineID = "machine-id"
    /// What Pacemaker's logs say has happened, and when a drill was running (`NodeLog`).
    public static let history = "cluster-history"
}
