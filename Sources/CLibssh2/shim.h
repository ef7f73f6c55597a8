#ifndef BASCULE_CLIBSSH2_SHIM_H
#define BASCULE_CLIBSSH2_SHIM_H
#include <libssh2.h>
#endif
