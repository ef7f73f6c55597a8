# Address and web service are not kept together: the sheet's end state without its group.
# starts-from: after-q8
# loses: Q9.together, Q9.migration-threshold
# why: Pacemaker spreads the resources, so that the web service runs where the address is not.
