#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The public names of headers: Lock, Lock.acquire, gather, ...

    public_names.py HEADER...

Not a compiler: it knows the headers' style. Public is what stands in namespace asyncio or awaitscope, not in detail,
and in the public part of a class up to a comment "// For ..." that gives the rest of the part to the library itself.
A public class has the members that it inherits from detail.
"""
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOKENS = re.compile(r"§|\[\[|\]\]|::|->|\w+|\"[^\"]*\"|\S")
NOT_NAMES = {"requires", "decltype", "noexcept", "alignas", "sizeof", "explicit", "constexpr"}


@dataclass
class Class:
    name: str
    bases: list
    members: set = field(default_factory=set)


def tokens_of(text):
    text = re.sub(r"^\s*///? For the library.s own parts.*$|^\s*// For .*$", " § ", text, flags=re.M)
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.M | re.S)
    text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    return TOKENS.findall(text)


def skip_group(tokens, at, opening, closing):
    """Behind the group that begins at `at`."""
    depth = 0
    while True:
        if tokens[at] == opening:
            depth += 1
        elif tokens[at] == closing:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1


def without_groups(head):
    """A declaration's tokens without [[...]], <...> and the parentheses of requires and decltype."""
    result, at = [], 0
    while at < len(head):
        token = head[at]
        if token == "[[":
            at = skip_group(head, at, "[[", "]]")
        elif token == "<" and result and (re.match(r"\w", result[-1])) and result[-1] != "operator":
            at = skip_group(head, at, "<", ">")
        elif token == "(" and result and result[-1] in NOT_NAMES:
            at = skip_group(head, at, "(", ")")
        else:
            result.append(token)
            at += 1
    return result


def declared_name(head):
    """The name that a declaration declares; None when that is nobody's business."""
    head = without_groups(head)
    if not head or head[0] in ("friend", "static_assert", "extern") or "operator" in head or "~" in head:
        return None
    if head[-2:] == ["=", "delete"] or head[-2:] == ["=", "default"]:
        return None
    if "concept" in head:
        return head[head.index("concept") + 1]
    if head[0] == "using":
        return head[1] if "=" in head else None
    if head[0] in ("class", "struct", "enum", "template") and "(" not in head and "=" not in head:
        return None  # announced, not defined
    end = next((i for i, token in enumerate(head) if token in ("(", "=", "{")), len(head))
    name, before = head[end - 1], head[end - 2] if end > 1 else ""
    if before == "::" or not re.match(r"[A-Za-z_]", name):
        return None  # defined outside of its class
    return name


class Scanner:
    def __init__(self):
        self.classes = {}  # by full name, detail's too
        self.names = set()  # of functions, variables and types, by full name

    def scan(self, tokens, at, scope, owner, public):
        """Reads declarations up to the end of the scope, and gives the place behind it."""
        head, internal = [], False
        while at < len(tokens):
            token = tokens[at]
            if token == "}":
                return at + 1
            if token == "§":
                internal = True
            elif token in ("public", "private", "protected") and owner and tokens[at + 1] == ":":
                public, internal, head = token == "public", False, []
                at += 1
            elif token == ";":
                self.declare(head, scope, owner, public and not internal)
                head = []
            elif token == "(":
                end = skip_group(tokens, at, "(", ")")
                head += tokens[at:end]
                at = end
                continue
            elif token == "{":
                at, head = self.brace(tokens, at, head, scope, owner, public and not internal)
                continue
            else:
                head.append(token)
            at += 1
        return at

    def brace(self, tokens, at, head, scope, owner, public):
        plain = without_groups(head)
        kind = next((word for word in plain if word in ("namespace", "class", "struct", "enum")), None)
        if kind == "namespace":
            return self.scan(tokens, at + 1, scope + [t for t in plain[1:] if t != "::"], None, True), []
        if kind == "enum":
            name = plain[plain.index("enum") + (2 if "class" in plain else 1)]
            end = skip_group(tokens, at, "{", "}")
            self.declare(["using", name, "="], scope, owner, public)
            if public:
                body = "".join(tokens[at + 1:end - 1])
                values = {re.match(r"\w+", value)[0] for value in body.split(",") if value}
                self.classes["::".join(scope + [name])] = Class(name, [], values)
            return end, []
        if kind and "(" not in plain:
            name = plain[plain.index(kind) + 1]
            colon = plain.index(":") if ":" in plain else len(plain)
            bases = [t for t in plain[colon + 1:] if re.match(r"\w", t)]
            new = Class(name, bases)
            full = "::".join(scope + [name])
            if public and name != "iterator":
                self.declare(["using", name, "="], scope, owner, public)
                self.classes[full] = new
            at = self.scan(tokens, at + 1, scope + [name], new, kind == "struct")
            return at, ["using"]  # up to its semicolon
        end = skip_group(tokens, at, "{", "}")
        colon_after = ")" in plain and ":" in plain[plain.index(")"):]
        if colon_after and re.match(r"\w|>", tokens[at - 1]) and tokens[end] in (",", "{"):
            return end, head  # a member that a constructor initializes
        is_function = "operator" in plain or (")" in plain and "=" not in plain[:plain.index("(")])
        if is_function and tokens[at - 1] != "=":
            self.declare(head, scope, owner, public)
            return end, []  # a function's body
        return end, head + ["=", "{", "}"]  # a value

    def declare(self, head, scope, owner, public):
        name = declared_name(head)
        if not name or not public:
            return
        if owner is None:
            self.names.add("::".join(scope + [name]))
        elif name != owner.name and head[0] != "using":  # what the standard library asks for: value_type, ...
            owner.members.add(name)


def members_of(scanner, cls, namespace):
    members = set(cls.members)
    for base in cls.bases:
        inherited = scanner.classes.get(f"{namespace}::detail::{base}")
        if inherited:
            members |= members_of(scanner, inherited, namespace)
    return members


def public_names(headers):
    scanner = Scanner()
    for header in headers:
        scanner.scan(tokens_of(Path(header).read_text()), 0, [], None, True)
    names = set()
    for full in scanner.names:
        namespace, *rest = full.split("::")
        if len(rest) == 1 and namespace in ("asyncio", "awaitscope"):
            names.add(rest[0])
    for full, cls in scanner.classes.items():
        namespace, *rest = full.split("::")
        if not rest or rest[0] in ("detail", "probe"):
            continue
        path = ".".join(rest)
        names |= {path} | {f"{path}.{member}" for member in members_of(scanner, cls, namespace)}
    return names


if __name__ == "__main__":
    print("\n".join(sorted(public_names(sys.argv[1:]))))
