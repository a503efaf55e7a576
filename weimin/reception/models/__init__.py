"""Windows, who sits at them, the queue before them, and appointments."""

from weimin.reception.models.bookings import BOOKING_MOVES, Booking, BookingState
from weimin.reception.models.duties import SWAP_MOVES, Duty, DutyLeave, DutyPattern, DutySwap, SwapState
from weimin.reception.models.queue import TICKET_MOVES, Ticket, TicketCounter, TicketState
from weimin.reception.models.windows import WINDOW_MOVES, DayException, Half, OpeningHours, Pledge, PledgeKind, Window, WindowKind, WindowState

__all__ = [
    "BOOKING_MOVES", "SWAP_MOVES", "TICKET_MOVES", "WINDOW_MOVES", "Booking", "BookingState", "DayException", "Duty", "DutyLeave", "DutyPattern", "DutySwap", "Half",
    "OpeningHours", "Pledge", "PledgeKind", "SwapState", "Ticket", "TicketCounter", "TicketState", "Window", "WindowKind", "WindowState",
]  # fmt: skip
