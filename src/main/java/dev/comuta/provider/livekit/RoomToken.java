package dev.comuta.provider.livekit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an internal user needs to join the room of a call. */
@Schema(name = "RoomToken", description = "A token with which an internal user joins the room of a call.")
record RoomToken(
        @Schema(
                required = true,
                description = "The URL of the LiveKit server, for its client libraries",
                examples = "wss://calls.example.com")
        String url,

        @Schema(
                required = true,
                description = "The room, the only one that the token opens",
                examples = "comuta-c1-call-7")
        String room,

        @Schema(
                required = true,
                description = "The user's identity in the room. A second connection with it replaces the first.",
                examples = "user-3")
        String identity,

        @Schema(
                required = true,
                description = "The token: it permits to speak and to listen. It is a secret.",
                examples = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln")
        String token,

        @Schema(
                required = true,
                description = "How long the token can be used to join, in seconds. Whoever has joined may stay longer.",
                examples = "600")
        long validSeconds) {

    /** Without the token. */
    @Override
    public String toString() {
        return "RoomToken[" + identity + "]";
    }
}
