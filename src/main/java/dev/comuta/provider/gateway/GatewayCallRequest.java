package dev.comuta.provider.gateway;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The documented form of a request to make a call; {@link GatewayCalls} writes it. */
@Schema(name = "GatewayCallRequest", description = "A call that the gateway is to make.")
record GatewayCallRequest(
        @Schema(
                required = true,
                description = "Our id of the call. The gateway sends it with each status.",
                examples = "7")
        String callId,

        @Schema(required = true, description = "The number that is shown: the channel's", examples = "+5511999999999")
        String from,

        @Schema(required = true, description = "The number to dial", examples = "+5511987654321")
        String to,

        @Schema(required = true, description = "Always `outbound`", enumeration = "outbound", examples = "outbound")
        String direction,

        @Schema(required = true, description = "How long it rings, in seconds", examples = "30")
        Integer timeout,

        @Schema(required = true, description = "Whether the gateway is to report what answers (`answeredBy`)")
        Boolean amd,

        @Schema(nullable = true, description = "SIP trunk of the channel; null when it has none", examples = "Trunk_X")
        String sipTrunkId,

        @Schema(
                required = true,
                description = "Where the gateway gets the steps when the call is answered, by a signed POST",
                examples = "https://comuta.example.com/webhooks/voice?channel=1&call=7&hook=next")
        String callHook) {}
