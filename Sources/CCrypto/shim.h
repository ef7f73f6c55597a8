#ifndef BASCULE_CCRYPTO_SHIM_H
#define BASCULE_CCRYPTO_SHIM_H
/* OpenSSL 3 (Debian 12 and 13) without what it deprecates: what is left out here cannot be called. */
#define OPENSSL_NO_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#endif
