/**
 * Assistants: the platform's catalogue, which of them a client uses and how, their tools, and the turn in which one
 * answers.
 *
 * <p>Owns Assistants, ClientAssistants and AssistantTools. {@link dev.comuta.assistant.AssistantDirectory} tells the turn
 * what an assistant of a client is made of.
 */
package dev.comuta.assistant;
