package dev.comuta.call.hook;

import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.answer.Verb;
import java.util.List;

/** The answer to a provider. */
public record Steps(List<Verb> verbs, SpokenLanguage spoken) {}
