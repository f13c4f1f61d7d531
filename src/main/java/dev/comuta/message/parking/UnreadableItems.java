package dev.comuta.message.parking;

import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;

/** Port: receives an item that the server could not parse when it was delivered. A later version may be able to. */
public interface UnreadableItems {

    /** The provider that delivered it. */
    Provider provider();

    /**
     * Receives an item as its delivery would be received now. May be repeated.
     *
     * @param clientId the client that alone may receive it; null when the platform's secret signed it
     * @param providerId the provider's id of the number; may be empty
     * @param raw the item as it was delivered
     * @return whether it was received; false when it still cannot be parsed, and nothing was stored
     */
    Uni<Boolean> receive(Long clientId, String providerId, String raw);
}
