# Does the site's page come from the site's own folder? What is served is compared with the files there, to the byte.
# 0 yes, 1 no; anything else: it cannot be told.
root="/var/www/$SITE"
command -v curl > /dev/null && command -v cmp > /dev/null || exit 3
if [ ! -d "$root/" ]; then
    echo "fr: le dossier $root n'existe pas"
    echo "en: there is no folder $root"
    exit 1
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
curl -skL -m 5 --max-redirs 5 --max-filesize 1000000 --noproxy '*' -o "$work/page" \
    --resolve "$SITE:80:$WEB_ADDRESS" --resolve "$SITE:443:$WEB_ADDRESS" "http://$SITE/"
# Where HTTP leads to an HTTPS that does not answer, nobody sees where the page would come from.
[ -s "$work/page" ] || exit 3
find "$root/" -maxdepth 3 -type f -size -1000k -exec cmp -s "$work/page" {} \; -print > "$work/same"
if [ -s "$work/same" ]; then
    echo "fr: la page servie est $(head -n 1 "$work/same")"
    echo "en: the page served is $(head -n 1 "$work/same")"
    exit 0
fi
echo "fr: la page servie n'est aucun des fichiers de $root"
echo "en: the page served is none of the files in $root"
exit 1
