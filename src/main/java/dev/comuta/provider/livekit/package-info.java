/**
 * The provider 'LiveKit': voice calls in rooms of a LiveKit server, the client's own or one of LiveKit Cloud, over its SIP
 * trunks. Outbound: Twirp with JSON, with an access token for each request; only
 * {@link dev.comuta.provider.livekit.LiveKitTwirp} sends requests. Inbound: webhooks, signed with a JWT whose issuer is the
 * API key, by which the channels are found. A channel's credentials are {@code url}, {@code apiKey}, {@code apiSecret} and,
 * during a rotation, {@code previousApiSecret}; its {@code sipTrunkId} is the outbound trunk.
 *
 * <p>Implements {@link dev.comuta.channel.setup.SetupCheck}. Sources: https://docs.livekit.io/home/server/webhooks,
 * https://docs.livekit.io/home/get-started/authentication, https://docs.livekit.io/sip/api,
 * https://docs.livekit.io/home/egress/api and https://docs.livekit.io/agents/server/agent-dispatch.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call
 * </ul>
 */
package dev.comuta.provider.livekit;
