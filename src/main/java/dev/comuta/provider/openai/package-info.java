/**
 * OpenAI-compatible APIs: chat completions with tool calls ({@code POST {baseUrl}/v1/chat/completions}), of OpenAI and
 * of compatible servers, whose deviations are accepted. Implements
 * {@link dev.comuta.assistant.turn.AssistantEngine} for the scheme {@code openai}. Source:
 * https://platform.openai.com/docs/api-reference/chat.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: assistant
 * </ul>
 */
package dev.comuta.provider.openai;
