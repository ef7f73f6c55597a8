# The web service has 40 s to start and to stop.
# starts-from: solved
# loses:
# why: the sheet says 40 s in a sentence and 60 s in the command.
## on serv1
operation serviceWeb start timeout 40s
operation serviceWeb stop timeout 40s
settled
