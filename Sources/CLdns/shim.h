#ifndef BASCULE_CLDNS_SHIM_H
#define BASCULE_CLDNS_SHIM_H
/* ldns makes up a `bool` of its own where nobody has included this before. */
#include <stdbool.h>
#include <ldns/ldns.h>

/* Every message begins with a header of twelve bytes (RFC 1035, section 4.1.1). */
static const size_t bascule_dns_header_size = LDNS_HEADER_SIZE;

/* ldns reads these two by macros, which Swift does not see; the caller has looked that there is a header. */
static inline uint16_t bascule_dns_id(const uint8_t *wire) { return LDNS_ID_WIRE(wire); }
static inline bool bascule_dns_is_truncated(const uint8_t *wire) { return LDNS_TC_WIRE(wire) != 0; }
#endif
