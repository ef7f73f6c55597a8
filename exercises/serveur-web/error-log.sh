# Are the site's errors written into an error log that is the site's own? Something is asked for that Apache refuses and
# nginx does not find, and that is looked for in the files that the web server has open, whatever their names.
# 0 yes, 1 no; anything else: it cannot be told.
command -v curl > /dev/null && command -v ss > /dev/null || exit 3
mark="bascule-$$-$(date +%s)"
provoked=
for scheme in http https; do
    status=$(curl -sk -m 5 --noproxy '*' -o /dev/null -w '%{http_code}' \
        --resolve "$SITE:80:$WEB_ADDRESS" --resolve "$SITE:443:$WEB_ADDRESS" "$scheme://$SITE/.ht-$mark")
    case $status in 4*) provoked=yes ;; esac
done
# Where HTTP leads to an HTTPS that does not answer, there is no error to look for.
[ -n "$provoked" ] || exit 3
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
    # An access log has the request's line; an error log says what became of it.
    [ -f "$file" ] && tail -c 200000 "$file" | grep -F "$mark" | grep -q '\[error\]\|:error\]' || continue
    case $file in
    # What every site without a log of its own is written into.
    /var/log/apache2/error.log | /var/log/nginx/error.log) shared=$file ;;
    *)
        echo "fr: les erreurs sont notées dans $file"
        echo "en: errors are written into $file"
        exit 0
        ;;
    esac
done
if [ -n "$shared" ]; then
    echo "fr: les erreurs sont notées dans $shared, le journal commun du serveur"
    echo "en: errors are written into $shared, the log that the whole server shares"
else
    echo "fr: une erreur du site n'est notée dans aucun fichier que le serveur tient ouvert"
    echo "en: an error of the site is written into no file that the server has open"
fi
exit 1
