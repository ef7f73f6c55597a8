# The service on port 8080 was stopped and disabled.
# starts-from: solved
# loses: Q3.still-running
# why: it was to be closed to the outside and to go on running.
## on web
systemctl --quiet disable --now inventaire
