# The primary shows another page than the site.
# starts-from: solved
# loses: Q4.content, H0.site
# why: a page answers, but not the one that was to be made highly available.
## on serv1
echo '<h1>It works!</h1>' > /var/www/html/index.shtml
