cat /etc/apache2/sites-enabled/* /etc/apache2/apache2.conf /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf \
2>/dev/null | head -c 262144 | sed -n \
-e 's/^[[:space:]]*[Dd]ocument[Rr]oot[[:space:]]*//p' -e 's/^[[:space:]]*root[[:space:]]*//p' \
| tr -d "\"';" | sort -u | head -n 8 | while read -r folder; do
[ -d "$folder" ] || { printf 'missing - %s\n' "$folder"; continue; }
count=$(ls -A "$folder" | head -n 1000 | wc -l); text=no
if [ -n "$1" ]; then
timeout 2 sh -c 'find "$1" -maxdepth 2 -type f -size -256k -print0 2>/dev/null \
| xargs -0 -r grep -lF -m 1 -e "$2" 2>/dev/null | grep -q .' sh "$folder" "$1" </dev/null
case $? in 0) text=yes ;; 1) ;; *) text=unknown ;; esac
fi
printf '%s %s %s\n' "$count" "$text" "$folder"
done