"""What a hostile SSH server does, a module for each stage; `TABLE` of each has its manners by name.

A raw manner is a coroutine with a reader and a writer; one of a log-in or a channel is a coroutine with what `sshd`
has made of the connection (see servers.py).
"""
