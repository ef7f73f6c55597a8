# Question 3: the address on the primary, with the preference that moving it there writes.
# starts-from: after-q2
## on serv1
# `move` writes nothing where the resource already is: the student moves it away and back, and so gets the
# constraint that the sheet shows.
if crm_resource --resource IPFailover --locate | grep -qw serv1; then
    crm resource move IPFailover serv2
    settled
fi
crm resource move IPFailover serv1
settled
