# The web service was never made a resource.
# starts-from: after-q6
# loses: Q7.primitive
# why: Apache runs on both nodes, as Linux starts it, and the cluster knows nothing of it.
