# Is a request for the site written into an access log that is the site's own? A marked request is made, and looked for
# in the files that the web server has open, whatever their names.
# 0 yes, 1 no; anything else: it cannot be told.
command -v curl > /dev/null && command -v ss > /dev/null || exit 3
mark="bascule-$$-$(date +%s)"
# The page itself, so that there is no error to be written.
for scheme in http https; do
    curl -sk -m 5 --noproxy '*' -o /dev/null \
        --resolve "$SITE:80:$WEB_ADDRESS" --resolve "$SITE:443:$WEB_ADDRESS" "$scheme://$SITE/?$mark"
done
pids=$(ss -Hltnp '( sport = :80 or sport = :443 )' | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u)
if [ -z "$pids" ]; then
    echo "fr: rien n'écoute sur le port 80"
    echo "en: nothing listens on port 80"
    exit 1
fi
sleep 0.3
files=$(for pid in $pids; do find "/proc/$pid/fd" -lname '/*' -printf '%l\n' 2> /dev/null; done | sort -u)
shared=
IFS='
'
for file in $files; do
    [ -f "$file" ] && tail -c 200000 "$file" | grep -qF "$mark" || continue
    case $file in
    # What every site without a log of its own is written into.
    /var/log/apache2/access.log | /var/log/apache2/other_vhosts_access.log | /var/log/nginx/access.log) shared=$file ;;
    *)
        echo "fr: les requêtes sont notées dans $file"
        echo "en: requests are written into $file"
        exit 0
        ;;
    esac
done
if [ -n "$shared" ]; then
    echo "fr: les requêtes sont notées dans $shared, le journal commun du serveur"
    echo "en: requests are written into $shared, the log that the whole server shares"
else
    echo "fr: une requête pour le site n'est notée dans aucun fichier que le serveur tient ouvert"
    echo "en: a request for the site is written into no file that the server has open"
fi
exit 1
