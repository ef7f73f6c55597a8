"""The log-in (RFC 4252, RFC 4256)."""

import os

from .wire import silence


async def nobody(connection):
    while True:
        await connection.requests.get()
        connection.fail()


async def nothing_offered(connection):
    while True:
        await connection.requests.get()
        connection.fail(methods=b"")


async def unknown_methods(connection):
    while True:
        await connection.requests.get()
        connection.fail(methods=b"retina-scan,\x1b[31mhostbased," + b"m" * 5000)


async def hangs(connection):
    await connection.requests.get()
    await silence()


async def hangs_after_first(connection):
    await connection.requests.get()
    connection.fail()
    await connection.requests.get()
    await silence()


async def banners(connection):
    await connection.requests.get()
    while True:
        connection.banner("this server is for authorised use only\r\n" * 100)
        await connection.drained()


async def partial(connection):
    while True:
        await connection.requests.get()
        connection.fail(methods=b"publickey,password,keyboard-interactive", partial=True)


async def prompts(connection):
    while True:
        _, method = await connection.requests.get()
        if method in (b"keyboard-interactive", b"response"):
            connection.prompts(1000)
        else:
            connection.fail(methods=b"keyboard-interactive")


async def prompts_for_ever(connection):
    while True:
        _, method = await connection.requests.get()
        if method in (b"keyboard-interactive", b"response"):
            connection.prompts(1)
        else:
            connection.fail(methods=b"keyboard-interactive")


async def change_password(connection):
    """SSH_MSG_USERAUTH_PASSWD_CHANGEREQ, the same number as a prompt's."""
    while True:
        _, method = await connection.requests.get()
        if method == b"password":
            from asyncssh.packet import String
            connection.send(60, String("Your password has expired."), String(""))
        else:
            connection.fail(methods=b"password")


async def closes(connection):
    await connection.requests.get()
    connection.close()


async def resets(connection):
    await connection.requests.get()
    connection.reset()


async def closes_accepted(connection):
    await connection.requests.get()
    connection.accept()
    connection.close()


async def altered(connection):
    """Bytes that are no packet under the keys agreed upon."""
    await connection.requests.get()
    connection.raw(os.urandom(4000))
    await silence()


async def disconnects(connection):
    await connection.requests.get()
    from asyncssh.packet import String, UInt32
    connection.send(1, UInt32(2), String("Too many authentication failures"), String(""))
    connection.close()


TABLE = {
    "login-nobody": nobody,
    "login-nothing-offered": nothing_offered,
    "login-unknown-methods": unknown_methods,
    "login-hangs": hangs,
    "login-hangs-after-first": hangs_after_first,
    "login-banners": banners,
    "login-partial": partial,
    "login-prompts-1000": prompts,
    "login-prompts-for-ever": prompts_for_ever,
    "login-change-password": change_password,
    "login-closes": closes,
    "login-resets": resets,
    "login-closes-accepted": closes_accepted,
    "login-altered": altered,
    "login-disconnects": disconnects,
}
