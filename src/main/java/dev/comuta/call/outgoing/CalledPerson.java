package dev.comuta.call.outgoing;

import dev.comuta.platform.rest.PhoneNumber;

/** The end user who is called. */
record CalledPerson(long endUserId, PhoneNumber number) {}
