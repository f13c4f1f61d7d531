/**
 * OpenAI-compatible APIs: chat completions with tool calls ({@code POST {baseUrl}/v1/chat/completions}), of OpenAI and
 * of compatible servers, whose deviations are accepted; and transcriptions ({@code POST
 * {baseUrl}/v1/audio/transcriptions}). Implements {@link dev.comuta.assistant.turn.AssistantEngine} for the scheme
 * {@code openai}, and {@link dev.comuta.media.speech.Transcriber}. Sources:
 * https://platform.openai.com/docs/api-reference/chat and https://platform.openai.com/docs/api-reference/audio.
 *
 * <ul>
 *   <li>Tables: none
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: assistant
 * </ul>
 */
package dev.comuta.provider.openai;
