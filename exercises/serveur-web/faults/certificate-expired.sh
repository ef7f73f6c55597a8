# The certificate was made for a day, some days ago.
# starts-from: solved
# loses: Q2.valid
# why: it was valid when it was tried.
## on web
folder=$(mktemp -d)
cd "$folder"
printf '[ca]\ndefault_ca=own\n[own]\ndatabase=index\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\ncopy_extensions=copy\n[any]\ncommonName=supplied\n' > ca.cnf
: > index
echo 01 > serial
openssl req -new -key "/etc/ssl/private/$SITE.key" -subj "/CN=$SITE" -addext "subjectAltName=DNS:$SITE" -out request
openssl ca -batch -config ca.cnf -selfsign -keyfile "/etc/ssl/private/$SITE.key" -in request -notext \
    -startdate "$(date -u -d '5 days ago' +%Y%m%d%H%M%SZ)" -enddate "$(date -u -d '4 days ago' +%Y%m%d%H%M%SZ)" \
    -out "/etc/ssl/certs/$SITE.crt" 2> /dev/null
web_restarted
