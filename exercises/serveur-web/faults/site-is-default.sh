# Debian's default site was taken away, and the site answers to every name.
# starts-from: solved
# loses: Q1.other-name
# why: the first virtual host of an address answers to all names that no other has.
# ci: yes
## on web
a2dissite --quiet 000-default
web_restarted
