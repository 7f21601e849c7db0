"""Before an event: what a speech draft and slides hold that an interpreter and a recogniser should know."""
