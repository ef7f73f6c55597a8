# Question 2 only asks where the address is; nothing changes.
# starts-from: after-q1
