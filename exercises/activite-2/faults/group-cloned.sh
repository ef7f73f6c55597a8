# The group was cloned by accident.
# starts-from: solved
# loses: H0.no-clone, H0.no-failures, Q1.running, Q2.one-node
# why: both nodes get the address, and the agent, which cannot be cloned without a firewall, fails on one of them.
## on serv1
crm configure clone clone-servweb servweb
settled
