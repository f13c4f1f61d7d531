/**
 * Assistants: the platform's catalogue, the assistants of a client, and their tools.
 *
 * <p>{@link dev.comuta.assistant.AssistantDirectory} finds an assistant of a client with its configuration,
 * credentials and tools.
 *
 * <ul>
 *   <li>Tables: Assistants, ClientAssistants, AssistantTools
 *   <li>Events: none
 *   <li>Ports: none
 *   <li>Uses: message
 * </ul>
 */
package dev.comuta.assistant;
