"""`python -m bench`: measures, prints one table and writes it as JSON; with names, only those sections.

Exits with 1 when something is over its limit, with 2 for a name that there is not.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from bench import (
    box_pages,
    box_searches,
    cold_start,
    fan_out,
    members,
    results,
    review_sweeps,
    route_costs,
    sharing,
    sign_in,
    sizes,
    sweeps,
    timers,
)
from bench.results import Line, Section

SECTIONS: dict[str, Callable[[], list[Line]]] = {
    "cold_start": cold_start.measure,
    "route_costs": route_costs.measure,
    "box_pages": box_pages.measure,
    "box_searches": box_searches.measure,
    "fan_out": fan_out.measure,
    "members": members.measure,
    "timers": timers.measure,
    "sweeps": sweeps.measure,
    "review_sweeps": review_sweeps.measure,
    "sign_in": sign_in.measure,
    "sharing": sharing.measure,
    "sizes": sizes.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Run the sections of these names, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)}; all by default")
    parser.add_argument("--starts", type=int, default=15, help="cold starts of each app")
    parser.add_argument("--users", type=int, default=sweeps.SIZES[-1], help="most users of the sweeps, as 1000000")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.sections if name not in SECTIONS]
    if unknown:
        print(f"No such section: {', '.join(unknown)}. There are: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    known = SECTIONS | {
        "cold_start": lambda: cold_start.measure(options.starts),
        "sweeps": lambda: sweeps.measure(sorted({*sweeps.SIZES, options.users})),
        "review_sweeps": lambda: review_sweeps.measure(sorted({*sweeps.SIZES, options.users})),
    }
    made = [_run(name, known[name]) for name in options.sections or known]
    print(results.table(made))
    print(f"\n{results.write(made)}")
    return 0 if all(section.good for section in made) else 1


def _run(name: str, measure: Callable[[], list[Line]]) -> Section:
    print(f"{name} ...", file=sys.stderr, flush=True)
    started = time.monotonic()
    return Section(name, measure(), time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
