# Each node's name was written into its page.
# starts-from: solved
# loses: Q6.same-page
# why: the pages differ by design, and every change is to be made twice.
## on serv1
page 'Page de serv1'
## on serv2
page 'Page de serv2'
