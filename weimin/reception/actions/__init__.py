"""Every write of the reception, by verb family; importing this package registers them."""

from weimin.reception.actions import bookings, duties, queue, swaps, windows

__all__ = ["bookings", "duties", "queue", "swaps", "windows"]
