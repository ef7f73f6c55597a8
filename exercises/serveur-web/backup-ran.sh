# Has backup.service done its work, since the machine booted or, by the journal, before?
# 0 yes, 1 no; anything else: it cannot be told.
export LC_ALL=C
command -v systemctl > /dev/null || exit 3
unit=backup.service
property() { systemctl show "$unit" --property="$1" --value; }
if [ "$(property LoadState)" != loaded ]; then
    echo "fr: il n'y a pas de $unit valable"
    echo "en: there is no sound $unit"
    exit 1
fi
if [ "$(property Result)" != success ]; then
    echo "fr: la dernière exécution de $unit a échoué ($(property Result))"
    echo "en: the last run of $unit failed ($(property Result))"
    exit 1
fi
# SD_MESSAGE_UNIT_SUCCESS and SD_MESSAGE_UNIT_FAILURE_RESULT, of systemd.journal-fields(7)
last=$(journalctl --quiet --output=cat --output-fields=MESSAGE_ID --lines=1 UNIT="$unit" \
    MESSAGE_ID=7ad2d189f7e94e70a38c781354912448 MESSAGE_ID=d9b373ed55a64feb8242e02dbe79a49c 2> /dev/null)
if [ -n "$(property ExecMainExitTimestamp)" ] || [ "$last" = 7ad2d189f7e94e70a38c781354912448 ]; then
    echo "fr: $unit s'est terminé avec succès"
    echo "en: $unit has ended successfully"
    exit 0
fi
echo "fr: $unit ne s'est encore jamais exécuté"
echo "en: $unit has never run yet"
exit 1
