# A machine with its packages and the services of the house, and nothing of the sheet done.
# loses: Q1.page, Q2.tls, Q3.internal, Q3.rest, Q4.root-login, Q5.user, Q6.timer, Q6.ran, Q6.archive
## on web
