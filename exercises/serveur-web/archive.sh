# Is there an archive below /var/backups/site with every file of the site in it, as it was then?
# 0 yes, 1 no; anything else: it cannot be told.
root="/var/www/$SITE"
folder=/var/backups/site
command -v tar > /dev/null && command -v cmp > /dev/null || exit 3
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
# The tool that is missing here to read a file of that kind, by its first bytes; none of a file of another kind.
missing_tool() {
    case $(head -c 4 "$1" | od -An -tx1 | tr -d ' \n') in
    504b*) tool=python3 ;;
    1f8b*) tool=gzip ;;
    425a68*) tool=bzip2 ;;
    fd377a58) tool=xz ;;
    28b52ffd) tool=zstd ;;
    5d0000*) tool=lzma ;;
    4c5a4950) tool=lzip ;;
    894c5a4f) tool=lzop ;;
    *) return ;;
    esac
    command -v "$tool" > /dev/null || echo "$tool"
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
unread=
while read -r archive; do
    members "$archive" > "$work/members"
    if [ ! -s "$work/members" ]; then
        tool=$(missing_tool "$archive")
        [ -z "$tool" ] || unread="$archive ($tool)"
        continue
    fi
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
if [ -n "$unread" ]; then
    say "l'outil pour lire $unread manque sur cette machine" "the tool to read $unread is missing on this machine"
    exit 3
fi
if [ -n "$found" ]; then
    say "$found ne contient pas les fichiers de $root" "$found has not the files of $root in it"
else
    say "aucune archive tar ou zip lisible dans $folder" "no readable tar or zip archive in $folder"
fi
exit 1
