#!/usr/bin/perl
print "two of three\n0.67\n"; exit 2;
