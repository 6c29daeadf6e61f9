from hypothesis import settings

# A busy machine is slow, not wrong: no example fails for the time that it took.
settings.register_profile("domain", deadline=None)
settings.load_profile("domain")
