/**
 * The numbers under which a client is reached, and who carries their messages and calls.
 *
 * <p>Owns CommunicationChannels; writes no event yet. {@link dev.comuta.channel.Channels} tells other rooms whose a
 * number is and how to send from it. Uses {@code platform} only; the default broker and the assistant are known by their
 * ids, and the database refuses those of another client.
 */
package dev.comuta.channel;
