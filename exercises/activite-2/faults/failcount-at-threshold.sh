# The web service failed on the primary as often as the threshold allows.
# starts-from: solved
# loses: H0.no-failures
# why: at five failures the group leaves the primary for good.
## on serv1
for failure in 1 2 3 4 5; do
    crm_resource --fail --resource serviceWeb --node serv1
    settled
done
crm_resource --resource serviceWeb --locate | grep -qw serv2
