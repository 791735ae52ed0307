"""Longest-prefix lookups by py-radix and pytricia, with the routes and addresses of the program's own.

    peers.py DIRECTORY      what `Benchmarks --routes DIRECTORY` has written
"""
import glob
import os
import re
import resource
import sys
import time

import pytricia
import radix


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def lines(path):
    with open(path, encoding="ascii") as file:
        return file.read().split()


def shortest(addresses, look):
    """Nanoseconds of processor time for one lookup, the shortest of some rounds; and how many entries the last round found."""
    best, found = float("inf"), 0
    for _ in range(5):
        found = 0
        begin = time.process_time()
        for address in addresses:
            found += look(address)
        best = min(best, time.process_time() - begin)
    return best / len(addresses) * 1e9, found / len(addresses)


def of_radix(routes):
    tree = radix.Radix()
    for route in routes:
        tree.add(route)
    return {
        "py-radix, best": lambda address: tree.search_best(address) is not None,
        "py-radix, all": lambda address: len(tree.search_covering(address)),
    }


def of_pytricia(routes):
    tree = pytricia.PyTricia(32)
    for index, route in enumerate(routes):
        tree[route] = index

    def every(address):
        found, key = 0, tree.get_key(address)
        while key is not None:
            found, key = found + 1, tree.parent(key)
        return found

    return {"pytricia, best": lambda address: tree.get_key(address) is not None, "pytricia, all": every}


def main(directory):
    print("| routes | library | a lookup, ns | entries found | a second | bytes a route |")
    print("| --: | --- | --: | --: | --: | --: |")
    paths = glob.glob(os.path.join(directory, "routes-*.txt"))
    for path in sorted(paths, key=lambda path: int(re.findall(r"\d+", path)[-1])):
        routes, addresses = lines(path), lines(path.replace("routes-", "addresses-"))
        for build in (of_radix, of_pytricia):
            before = resident()
            ways = build(routes)
            size = (resident() - before) // len(routes)
            for name, look in ways.items():
                time_taken, found = shortest(addresses, look)
                print(
                    f"| {len(routes):,} | {name} | {time_taken:,.0f} | {found:.1f} | {1e9 / time_taken:,.0f} | {size} |")


main(sys.argv[1])
