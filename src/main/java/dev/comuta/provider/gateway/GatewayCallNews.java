package dev.comuta.provider.gateway;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The documented form of a delivery about a call; {@link GatewayCallBody} reads it. */
@Schema(
        name = "GatewayCallNews",
        description =
                "News of a call: the first, or a later status. Unknown fields are ignored. The fields of jambonz (`call_sid`, `call_status` …) are accepted as well.")
record GatewayCallNews(
        @Schema(
                required = true,
                description = "The gateway's id of the call, at most 200 characters, the same in all its news",
                examples = "CA123456789")
        String callSid,

        @Schema(
                description =
                        "Calling number with its country code. Left out, or `anonymous`, when it is withheld; in a call of the company, its own number.",
                examples = "+5511987654321")
        String from,

        @Schema(required = true, description = "Called number with its country code", examples = "+5511999999999")
        String to,

        @Schema(
                description = "`inbound` (the default), or `outbound` for a call that Comuta requested",
                enumeration = {"inbound", "outbound"},
                examples = "inbound")
        String direction,

        @Schema(
                required = true,
                description =
                        "`queued`, `initiated`, `ringing`, `answered`, `in-progress`, `completed`, `busy`, `no-answer`, `failed` or `canceled`. Statuses may arrive in any order and several times.",
                enumeration = {
                    "queued",
                    "initiated",
                    "ringing",
                    "answered",
                    "in-progress",
                    "completed",
                    "busy",
                    "no-answer",
                    "failed",
                    "canceled"
                },
                examples = "ringing")
        String status,

        @Schema(description = "Of a call that Comuta requested: the `callId` of that request", examples = "7")
        String callId,

        @Schema(description = "Of `completed`: the duration of the conversation in seconds", examples = "42")
        Integer duration,

        @Schema(description = "SIP status of a call that did not come about", examples = "486")
        Integer sipStatus,

        @Schema(
                description = "What answered: `human`, `machine`, `menu`, `unavailable`, `fax` or `unknown`",
                examples = "human")
        String answeredBy) {}
