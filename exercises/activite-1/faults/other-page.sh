# The page was changed on the primary and not copied again.
# starts-from: solved
# loses: Q6.same-page
# why: both have the text, and the rest is another.
## on serv1
page 'Page corrigée après coup.'
