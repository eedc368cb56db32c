#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the twins under every python3 from 3.11 on that is here, and compares with what was recorded. 77: there is none.
here=$(dirname "$0")
seen=
status=77
for python in python3 /usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3.15; do
    path=$("$python" -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null) || continue
    path=$(readlink -f "${path:-/}")
    case ":$seen:" in *":$path:"*) continue ;; esac
    seen=$seen:$path
    [ "$path" = / ] && continue
    [ "$status" = 77 ] && status=0
    "$path" "$here/twin.py" --check || status=1
done
[ "$status" = 77 ] && echo "no python3 from 3.11 on is here: the twins were not rerun"
exit "$status"
