package dev.comuta.call.answer;

/**
 * How texts are spoken and understood.
 *
 * @param language BCP 47, for example {@code pt-BR}
 * @param voice the provider's name of a voice; null for its default of the language
 */
public record SpokenLanguage(String language, String voice) {}
