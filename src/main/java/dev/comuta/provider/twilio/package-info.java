/**
 * 'Twilio': WhatsApp over Twilio's Programmable Messaging. In: {@code POST /webhooks/twilio/messages} and
 * {@code /messages/status}, forms signed with the auth token of the account (X-Twilio-Signature). Out: Twilio's official
 * SDK, which only {@link dev.comuta.provider.twilio.TwilioApi} touches, over an HTTP client of our own. A channel's
 * credentials are {@code accountSid}, {@code authToken} and, during a rotation, {@code previousAuthToken}.
 */
package dev.comuta.provider.twilio;
