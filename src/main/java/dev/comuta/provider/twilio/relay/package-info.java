/**
 * The WebSocket of Twilio's ConversationRelay: the caller's words arrive as text, and text is spoken to the caller. {@link
 * dev.comuta.provider.twilio.relay.Conversation} decides what is said and when. All connections of a process belong to one
 * holder, which polls for their replies with one statement.
 *
 * <p>Sources: https://www.twilio.com/docs/voice/twiml/connect/conversationrelay and
 * https://www.twilio.com/docs/voice/conversationrelay/websocket-messages.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: provider.twilio, call
 * </ul>
 */
package dev.comuta.provider.twilio.relay;
