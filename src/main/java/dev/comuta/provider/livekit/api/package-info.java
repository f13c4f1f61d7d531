/**
 * LiveKit as its protocol shows it: the requests of its API, and what its responses and webhooks contain. Twirp with JSON,
 * with an access token for each request; only {@link dev.comuta.provider.livekit.api.LiveKitTwirp} sends requests.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: call.state, platform
 * </ul>
 */
package dev.comuta.provider.livekit.api;
