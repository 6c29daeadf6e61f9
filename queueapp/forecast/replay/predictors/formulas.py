"""Established predictors of a wait: each a formula over the queue and what was seen before.

All answer in seconds. Where several services and counters meet, "people ahead" are those whom the
branch's policy places before the newcomer at the counters that may serve both; this is more than
the products give themselves, which count the people of one line.
"""

from collections.abc import Callable
from math import inf

from queueapp.forecast.replay.predictors.arrival import Arrival
from queueapp.forecast.replay.predictors.record import Record

SHRINK = 5.0
"""Visits that a coarser mean counts for in a finer one."""

Formula = Callable[[Arrival, Record], float]


def people_ahead_configured(arrival: Arrival, record: Record) -> float:
    """People ahead x configured mean / open counters: what queue systems on the market do.

    The wait's sum is taken over the configured means of the services ahead.
    """
    work = sum(
        record.branch.service(service).mean.total_seconds() * people
        for service, people in arrival.ahead.items()
    )
    return work / max(arrival.counters, 1)


def people_ahead_learned(arrival: Arrival, record: Record) -> float:
    """The same with the means of the visits seen so far, in place of those configured."""
    work = sum(record.mean(service) * people for service, people in arrival.ahead.items())
    return work / max(arrival.counters, 1)


def last_ten(arrival: Arrival, record: Record) -> float:
    """The mean of the last ten waits for the service, of those called today."""
    return record.mean_of_last(arrival.service)


def last_to_enter_service(arrival: Arrival, record: Record) -> float:
    """LES: the wait of the last customer of the line who was called.

    R. Ibrahim, W. Whitt, "Real-time delay estimation based on delay history", Manufacturing &
    Service Operations Management 11 (2009).
    """
    return record.last_wait((arrival.service, arrival.category))


def head_of_line(arrival: Arrival, record: Record) -> float:
    """HOL: how long the first in line has waited already; LES while nobody is in line.

    R. Ibrahim, W. Whitt (2009), as above.
    """
    if arrival.head is not None:
        return arrival.head
    return last_to_enter_service(arrival, record)


def queue_length(arrival: Arrival, record: Record) -> float:
    """QL: (people ahead + 1) services at the rate of all open counters; 0 with a free counter.

    W. Whitt, "Predicting queueing delays", Management Science 45 (1999): with s servers, all busy
    at rate mu, and n ahead, the wait is a sum of n + 1 exponentials of rate s mu. The mean length
    of service is taken over the people ahead and in hand.
    """
    if arrival.free > 0 and not arrival.ahead:
        return 0.0
    return (arrival.people_ahead + 1) * _mean_ahead(arrival, record) / max(arrival.counters, 1)


def queue_length_changing_staff(arrival: Arrival, record: Record) -> float:
    """QL for changing staff and customers who give up.

    R. Ibrahim, W. Whitt, "Wait-time predictors for customer service systems with time-varying
    demand and capacity", Operations Research 59 (2011): the n + 1 departures are counted off at
    the rate s(t) mu + k theta, where s(t) is the planned number of counters, k who still waits
    ahead and theta the rate of giving up.
    """
    if arrival.free > 0 and not arrival.ahead:
        return 0.0
    rate = 1.0 / _mean_ahead(arrival, record)
    steps = [*arrival.staffing, (inf, 0)]
    now, counters = 0.0, arrival.counters
    for still_ahead in range(arrival.people_ahead, -1, -1):
        share = 1.0
        while True:
            until, number = steps[0]
            if counters == 0 and until == inf:
                # Nobody is planned to serve any more: as if the present staff went on.
                return now + (still_ahead + share) / (max(arrival.counters, 1) * rate)
            departures = counters * rate + still_ahead * record.giving_up
            if departures > 0 and now + share / departures <= until:
                now += share / departures
                break
            share -= (until - now) * departures
            now, counters = until, number
            steps.pop(0)
    return now


def weekday_hour(arrival: Arrival, record: Record) -> float:
    """The mean wait of those who queued for the service at this hour of this weekday."""
    service, local = arrival.service, arrival.local
    everything = record.all_waits[service].value(0.0, 1e-9)
    same_hour = [
        mean
        for weekday in range(7)
        if (mean := record.hours.get((service, weekday, local.hour))) is not None
    ]
    count = sum(mean.count for mean in same_hour)
    hourly = (sum(mean.total for mean in same_hour) + SHRINK * everything) / (count + SHRINK)
    own = record.hours.get((service, local.weekday(), local.hour))
    return hourly if own is None else own.value(hourly, SHRINK)


def _mean_ahead(arrival: Arrival, record: Record) -> float:
    """The mean length of service among those ahead and in hand; of one's own when alone."""
    people = list(arrival.ahead.items())
    people += [(service, 1) for service, _ in arrival.in_hand]
    total = sum(count for _, count in people)
    if not total:
        return record.mean(arrival.service)
    return sum(record.mean(service) * count for service, count in people) / total
