/**
 * OpenAI-compatible APIs: chat completions with tool calls ({@code POST {baseUrl}/v1/chat/completions}), of OpenAI itself
 * and of the servers that copy it, oddities included. Implements {@link dev.comuta.assistant.turn.AssistantEngine} for the
 * scheme {@code openai}; uses no tables and writes no events. Source: https://platform.openai.com/docs/api-reference/chat.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: assistant
 * </ul>
 */
package dev.comuta.provider.openai;
