package dev.comuta.chaos;

/**
 * One message of an end user, as its provider will deliver it.
 *
 * @param number of the message among all
 * @param route the provider that delivers it
 * @param contact telephone number of who wrote it, E.164
 * @param id the provider's id of the message: a second delivery has the same
 */
record Delivery(int number, Route route, String contact, String id) {

    /** The providers, with the addresses at which they deliver. */
    enum Route {
        GATEWAY("/webhooks/whatsapp"),
        META("/webhooks/meta"),
        TWILIO("/webhooks/twilio/messages");

        private final String path;

        Route(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }
    }

    String text() {
        return "Quais imóveis estão disponíveis no bairro X? (" + number + ")";
    }
}
