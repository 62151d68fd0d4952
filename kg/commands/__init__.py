"""What people type in, calls into the library out: each file holds commands of one kind.

    building      build, read, import
    asking        query, why, show, merges
    publishing    draw, export, serve, validate
    knowledge     the group `kg knowledge`: find, add, build
    evaluation    evaluate

``options.py`` has what several share, ``report.py`` what a build tells at its end, and
``debugging.py`` the option --debug. ``kg/cli.py`` joins them into `kg`: open it first. A
command imports what it calls inside its function, so that `kg --help` waits for no library.
"""
