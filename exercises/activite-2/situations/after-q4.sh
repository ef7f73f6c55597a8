# Question 4 only asks for the site at the virtual address; nothing changes.
# starts-from: after-q3
