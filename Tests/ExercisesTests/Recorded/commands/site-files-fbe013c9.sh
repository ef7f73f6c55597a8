cat /etc/apache2/sites-enabled/* /etc/apache2/apache2.conf /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf \
2>/dev/null | head -c 262144 | sed -n \
-e 's/^[[:space:]]*[Dd]ocument[Rr]oot[[:space:]]*//p' -e 's/^[[:space:]]*root[[:space:]]*//p' \
| tr -d "\"';" | sort -u | head -n 8 | while read -r folder; do
[ -d "$folder" ] || { printf 'missing - %s\n' "$folder"; continue; }
count=$(ls -A "$folder" | head -n 1000 | wc -l); text=no
if [ -n "$1" ] && timeout 2 find "$folder" -maxdepth 2 -type f -size -256k 2>/dev/null | head -n 200 \
| timeout 2 xargs -r -d '\n' grep -lF -m 1 -e "$1" 2>/dev/null | grep -q .; then text=yes; fi
printf '%s %s %s\n' "$count" "$text" "$folder"
done