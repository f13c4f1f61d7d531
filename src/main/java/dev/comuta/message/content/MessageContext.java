package dev.comuta.message.content;

import io.vertx.core.json.JsonObject;

/**
 * References of a message: the message that it replies to, its group, its advertisement. The column Messages.Context has
 * them as JSON.
 *
 * @param replyTo the provider's id of the message that it replies to; null when it is no reply
 * @param forwarded whether the sender forwarded it
 * @param groupId the provider's id of the group in which it was written; null outside of groups
 * @param referral the advertisement that led to it; null for none
 */
public record MessageContext(String replyTo, boolean forwarded, String groupId, Referral referral) {

    /** The context of most messages. */
    public static final MessageContext NONE = new MessageContext(null, false, null, null);

    /** The context in a row. A field that the row has with another type is absent: a plain INSERT may have written it. */
    public static MessageContext read(JsonObject stored) {
        return stored == null
                ? NONE
                : new MessageContext(
                        ContentColumns.text(stored, "replyTo"),
                        Boolean.TRUE.equals(stored.getValue("forwarded")),
                        ContentColumns.text(stored, "groupId"),
                        stored.getValue("referral") instanceof JsonObject referral ? Referral.read(referral) : null);
    }

    /** The value of Messages.Context; null when there is nothing to store. */
    public JsonObject toJson() {
        return this.equals(NONE)
                ? null
                : ContentColumns.data(
                        "replyTo",
                        replyTo,
                        "forwarded",
                        forwarded ? true : null,
                        "groupId",
                        groupId,
                        "referral",
                        referral == null ? null : ContentColumns.fields(referral));
    }
}
