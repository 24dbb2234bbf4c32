"""People are told of what others did and of dates: a list of their own, and e-mail."""
