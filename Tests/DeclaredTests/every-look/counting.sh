#!/bin/sh
[ "$STUDENT" = etu1 ] && [ -n "$ONE_ADDRESS" ] && [ "$MACHINE" = one ] || exit 1
echo "fr: tout va bien"
echo "en: all is well"
