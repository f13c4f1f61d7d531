package dev.comuta.chaos;

/**
 * One message of an end user, as its provider delivers it.
 *
 * @param number its number within the plan
 * @param route the provider that delivers it
 * @param contact phone number of the sender, E.164
 * @param id the provider's message id; a redelivery has the same id
 */
record Delivery(int number, Route route, String contact, String id) {

    /** The providers, each with its webhook path. */
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
