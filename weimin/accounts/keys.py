"""What a session holds, by name."""

PERSON, POST, SEEN = "person", "post", "seen"  # who, in which post, when the last request came (Unix seconds)
ENROL = "enrol"  # a second factor is required and not set up yet: nothing else may be done
PENDING = "pending"  # the password was right, the one-time code is awaited
STAMP = "stamp"  # of the password in force at sign-in: a changed or reset password ends every other session
