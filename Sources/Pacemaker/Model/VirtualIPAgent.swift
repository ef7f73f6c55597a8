extension ClusterConfiguration {
    /// Whether the primitive's agent is `ocf:heartbeat:IPaddr2`, the lab sheet's.
    public func isVirtualIP(_ primitive: Primitive) -> Bool {
        agent(of: primitive) == "ocf:heartbeat:IPaddr2"
    }
}
