/**
 * Channels: the numbers of a client, their providers and credentials.
 *
 * <p>Providers prove a number through {@link dev.comuta.channel.ChannelProbe}. A number that two clients claim raises
 * an alert. {@link dev.comuta.channel.ChannelDirectory} finds the channel of a number.
 *
 * <ul>
 *   <li>Tables: CommunicationChannels, Templates
 *   <li>Events: none
 *   <li>Ports: {@link dev.comuta.channel.ChannelProbe}
 *   <li>Uses: alert
 * </ul>
 */
package dev.comuta.channel;
