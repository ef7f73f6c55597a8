#ifndef BASCULE_CPCRE2_SHIM_H
#define BASCULE_CPCRE2_SHIM_H
/* Bytes, of which a pattern may say that they are UTF-8. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#endif
