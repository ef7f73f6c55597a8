# The sheet's end state.
# starts-from: after-q6
