# The sheet's end state: what activite-2 takes for granted.
# starts-from: after-q6
