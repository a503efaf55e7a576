"""Every write on people who serve, by verb family; importing this package registers them."""

from weimin.staffing.actions import filing, nominations, people, posts, service, volunteering

__all__ = ["filing", "nominations", "people", "posts", "service", "volunteering"]
