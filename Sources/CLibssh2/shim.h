#ifndef BASCULE_CLIBSSH2_SHIM_H
#define BASCULE_CLIBSSH2_SHIM_H
#include <libssh2.h>
#ifdef __APPLE__
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif

typedef LIBSSH2_RECV_FUNC((*bascule_receive_function));
typedef LIBSSH2_SEND_FUNC((*bascule_send_function));

/*
 * Puts the program's own functions between libssh2 and the network.
 * libssh2 1.11 (Debian 13) has libssh2_session_callback_set2 and deprecates
 * the form that 1.10 (Debian 12) has.
 */
static inline void bascule_set_transport(LIBSSH2_SESSION *session, bascule_receive_function receive,
                                         bascule_send_function send)
{
#if LIBSSH2_VERSION_NUM >= 0x010b01
    libssh2_session_callback_set2(session, LIBSSH2_CALLBACK_RECV, (libssh2_cb_generic *)receive);
    libssh2_session_callback_set2(session, LIBSSH2_CALLBACK_SEND, (libssh2_cb_generic *)send);
#else
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_RECV, (void *)receive);
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_SEND, (void *)send);
#endif
}

typedef LIBSSH2_DISCONNECT_FUNC((*bascule_disconnect_function));

/* Has the words with which the other side ends the session handed over. */
static inline void bascule_set_disconnect(LIBSSH2_SESSION *session, bascule_disconnect_function disconnect)
{
#if LIBSSH2_VERSION_NUM >= 0x010b01
    libssh2_session_callback_set2(session, LIBSSH2_CALLBACK_DISCONNECT, (libssh2_cb_generic *)disconnect);
#else
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_DISCONNECT, (void *)disconnect);
#endif
}

/* What malloc(3) really set aside for a block. */
static inline size_t bascule_block_size(void *block)
{
#ifdef __APPLE__
    return malloc_size(block);
#else
    return malloc_usable_size(block);
#endif
}
#endif
