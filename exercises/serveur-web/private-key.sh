# Is the private key of the certificate that is served readable by root alone? The key is found by its public half, among
# the files that Apache's or nginx's configuration names; what counts is who can read it, by whichever permissions.
# 0 yes, 1 no; anything else: it cannot be told.
command -v openssl > /dev/null && command -v setpriv > /dev/null || exit 3
served=$(timeout 5 openssl s_client -connect "$WEB_ADDRESS:443" -servername "$SITE" < /dev/null 2> /dev/null \
    | openssl x509 -noout -pubkey 2> /dev/null)
if [ -z "$served" ]; then
    echo "fr: aucun certificat n'est servi sur le port 443"
    echo "en: no certificate is served on port 443"
    exit 1
fi
# The files that a directive of either server names, without the quotes; Apache's may start in its own folder.
named=$(
    cat /etc/apache2/*.conf /etc/apache2/*/*.conf /etc/nginx/*.conf /etc/nginx/*/* 2> /dev/null \
        | sed -n 's/^[[:space:]]*\(SSLCertificateKeyFile\|SSLCertificateFile\|ssl_certificate_key\|ssl_certificate\)[[:space:]]\{1,\}//Ip' \
        | sed "s/[;[:space:]]*\$//; s/^[\"']//; s/[\"']\$//" | sort -u
)
readers=
key=
IFS='
'
for file in $named $(find /etc/ssl/private /etc/apache2 /etc/nginx -type f -size -100k 2> /dev/null); do
    case $file in /*) ;; *) [ -f "/etc/apache2/$file" ] && file=/etc/apache2/$file || file=/etc/nginx/$file ;; esac
    [ -f "$file" ] && [ "$(openssl pkey -in "$file" -passin pass: -pubout 2> /dev/null)" = "$served" ] || continue
    key=$file
    for account in $(getent passwd | awk -F: '$3 != 0 { print $3 ":" $4 ":" $1 }'); do
        uid=${account%%:*}
        rest=${account#*:}
        if setpriv --reuid="$uid" --regid="${rest%%:*}" --init-groups test -r "$file" 2> /dev/null; then
            readers=${rest#*:}
            break 2
        fi
    done
done
if [ -z "$key" ]; then
    echo "fr: la clé du certificat servi n'est dans aucun fichier que la configuration nomme"
    echo "en: the key of the certificate that is served is in no file that the configuration names"
    exit 3
fi
if [ -n "$readers" ]; then
    echo "fr: $key peut être lue par $readers"
    echo "en: $key can be read by $readers"
    exit 1
fi
echo "fr: $key n'est lisible que par root"
echo "en: $key can be read by root alone"
exit 0
