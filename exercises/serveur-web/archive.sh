# Is there an archive below /var/backups/site with every file of the site in it, as it was then?
# 0 yes, 1 no; anything else: it cannot be told.
root="/var/www/$SITE"
folder=/var/backups/site
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
say() {
    echo "fr: $1"
    echo "en: $2"
}
# The names in an archive, a line each.
members() {
    tar -tf "$1" 2> /dev/null && return
    python3 -c 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist(), sep="\n")' "$1" 2> /dev/null
}
# What is in it under a name.
content() {
    tar -xOf "$1" -- "$2" 2> /dev/null && return
    python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' "$1" "$2" \
        2> /dev/null
}
# has ARCHIVE FILE: stored below the folder's own path, its name, or nothing; as it is, unless it was changed since.
has() {
    awk -v end="/$2" '{ name = "/" $0 } substr(name, length(name) - length(end) + 1) == end' "$work/members" > "$work/named"
    while read -r name; do
        [ -n "$(find "$root/$2" -newer "$1")" ] && return
        content "$1" "$name" | cmp -s - "$root/$2" && return
    done < "$work/named"
    return 1
}
find "$folder" -type f -size +0 > "$work/archives" 2> /dev/null
if [ ! -s "$work/archives" ]; then
    say "aucun fichier dans $folder" "no file in $folder"
    exit 1
fi
find "$root/" -type f -printf '%P\n' 2> /dev/null | head -n 200 > "$work/files"
if [ ! -s "$work/files" ]; then
    say "il n'y a pas de fichier dans $root" "there is no file in $root"
    exit 1
fi
# The newest first; one that is whole is enough.
found=
while read -r archive; do
    members "$archive" > "$work/members"
    [ -s "$work/members" ] || continue
    found=$archive
    missing=
    while read -r file; do
        has "$archive" "$file" || missing=$file
    done < "$work/files"
    if [ -z "$missing" ]; then
        say "$archive contient les fichiers du site" "$archive has the site's files in it"
        exit 0
    fi
done <<LIST
$(xargs -d '\n' ls -t < "$work/archives")
LIST
if [ -n "$found" ]; then
    say "$found ne contient pas les fichiers de $root" "$found has not the files of $root in it"
else
    say "aucune archive tar ou zip lisible dans $folder" "no readable tar or zip archive in $folder"
fi
exit 1
