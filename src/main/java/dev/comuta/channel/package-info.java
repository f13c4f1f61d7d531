/**
 * The numbers under which a client is reached, and who carries their messages and calls.
 *
 * <p>Owns CommunicationChannels. {@link dev.comuta.channel.ChannelDirectory} tells other rooms whose a number is and how to send
 * from it. Providers say whose a number is through the port {@link dev.comuta.channel.ChannelProbe}; a number that two
 * clients claim raises an alert. Uses {@code task} and {@code alert}; the default broker and the assistant are known by their
 * ids, and the database refuses those of another client.
 */
package dev.comuta.channel;
