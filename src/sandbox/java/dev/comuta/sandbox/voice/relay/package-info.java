/**
 * Twilio's ConversationRelay, from the side of the carrier: the socket to the server with its signature and frames, what
 * Twilio accepts of a server, and how long speech takes. It knows no calls and no phones.
 */
package dev.comuta.sandbox.voice.relay;
