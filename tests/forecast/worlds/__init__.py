"""Branch days made by an independent simulator (Ciw), and the judge who scores forecasts on them.

Nothing here uses the forecast's own simulation to make a day: arrivals, services, routing, breaks
and slips are this package's own, over Ciw's event loop.
"""
