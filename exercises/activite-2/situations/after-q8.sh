# Question 8 only asks where the web service runs; nothing changes.
# starts-from: after-q7
