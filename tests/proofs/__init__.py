"""What the tests over the whole house share: seats to act from, the state of every table, pages and what they answer."""
