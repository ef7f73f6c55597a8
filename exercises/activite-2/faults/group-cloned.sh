# The group was cloned by accident.
# starts-from: solved
# loses: H0.no-clone, Q1.running, Q2.one-node, Q7.running
# why: a clone runs on both nodes at once, and so both have the address.
## on serv1
crm configure clone clone-servweb servweb
settled
