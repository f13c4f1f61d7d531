package dev.comuta.sandbox;

/**
 * How the simulated LiveKit delivers its webhooks.
 *
 * @param twice each event twice
 * @param dropped how many of ten events are lost, evenly spread
 * @param held whether events wait for {@link LiveKitWebhooks#release}, which delivers them in another order
 */
public record LiveKitDelivery(boolean twice, int dropped, boolean held) {

    /** Each event once, in order. */
    public static final LiveKitDelivery NORMAL = new LiveKitDelivery(false, 0, false);
}
