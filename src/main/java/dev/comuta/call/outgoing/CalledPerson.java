package dev.comuta.call.outgoing;

import dev.comuta.call.answer.WhatsAppAddress;
import dev.comuta.platform.rest.PhoneNumber;

/**
 * The end user who is called.
 *
 * @param overWhatsApp whether the call is made over WhatsApp
 */
record CalledPerson(long endUserId, PhoneNumber number, boolean overWhatsApp) {

    /** Whom the provider calls: E.164, or the address at WhatsApp. */
    String address() {
        return overWhatsApp ? WhatsAppAddress.of(number.e164()) : number.e164();
    }
}
