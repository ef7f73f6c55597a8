#ifndef BASCULE_CCRYPTO_SHIM_H
#define BASCULE_CCRYPTO_SHIM_H
/* OpenSSL 3 (Debian 12 and 13) without what it deprecates: what is left out here cannot be called. */
#define OPENSSL_NO_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/prctl.h>
/* prctl(2) takes any number of arguments, which Swift does not import. 0 where it was done. */
static inline int bascule_forbid_core(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
#endif
