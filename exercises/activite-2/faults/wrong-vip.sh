# The cluster moves another address than the one agreed on.
# starts-from: solved
# loses: Q1.address
# why: the address ends in .22 instead of .12: a mistake in typing, with which everything else works.
## on serv1
crm resource param IPFailover set ip "${VIP%.*}.22"
settled
