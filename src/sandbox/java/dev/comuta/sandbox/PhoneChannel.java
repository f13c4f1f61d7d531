package dev.comuta.sandbox;

/**
 * A WhatsApp channel to which phones can write.
 *
 * @param company name of its client
 * @param provider Gateway, Meta or Twilio
 * @param providerId Meta's phone_number_id; null for others
 * @param account Twilio's AccountSid; null for others
 * @param secret what signs its webhooks (Gateway, Twilio), or its token (Meta)
 */
record PhoneChannel(String number, String company, String provider, String providerId, String account, String secret) {

    static final String GATEWAY = "Gateway";
    static final String META = "Meta";
    static final String TWILIO = "Twilio";

    static PhoneChannel gateway(String number, String company, String secret) {
        return new PhoneChannel(number, company, GATEWAY, null, null, secret);
    }
}
