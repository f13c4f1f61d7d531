/**
 * 'Meta': the WhatsApp Cloud API. In: {@code /webhooks/meta}, signed with the secret of the app, which is the platform's:
 * one address for all tenants, told apart by {@code metadata.phone_number_id}. Out: {@code POST
 * /{version}/{phone_number_id}/messages} of the Graph API with the access token of the channel.
 *
 * <p>Owns no table. Feeds {@code conversation} (messages, parked items) and {@code delivery} (receipts), and implements
 * {@link dev.comuta.message.MessageSender}. Source: the OpenAPI description of the Business Messaging API, version 23.0.
 */
package dev.comuta.provider.meta;
