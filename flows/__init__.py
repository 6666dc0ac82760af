"""The outside world: schedule, network, alerts, command line."""
