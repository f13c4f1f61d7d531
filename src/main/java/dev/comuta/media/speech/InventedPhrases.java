package dev.comuta.media.speech;

import dev.comuta.media.speech.Speech.Segment;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Phrases that models write for silence, because subtitles of films ended with them. A part or a sentence that is nothing
 * else is removed; a person who says one of them within a sentence is heard.
 */
public final class InventedPhrases {

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern SENTENCES = Pattern.compile("(?<=[.!?…])\\s+|\\R+");

    private static final Set<String> PHRASES = Set.of(
            "legendas pela comunidade amara org",
            "legendas pela comunidade de amara org",
            "legendado pela comunidade amara org",
            "legendas por amara org",
            "transcricao e legendas por quality cine",
            "transcricao e legendas pedro negri",
            "legendas pedro negri",
            "legendas sem autoria",
            "obrigado por assistir",
            "obrigada por assistir",
            "obrigado por assistirem",
            "ate o proximo video",
            "inscreva se no canal",
            "se inscreva no canal",
            "nao se esqueca de se inscrever no canal",
            "subtitles by the amara org community",
            "thanks for watching",
            "thank you for watching",
            "please subscribe to my channel",
            "subtitulos por la comunidad de amara org",
            "subtitulos realizados por la comunidad de amara org",
            "gracias por ver el video",
            "www amara org");

    private InventedPhrases() {}

    /** What remains without invented phrases. */
    public static Speech removedFrom(Speech speech) {
        if (speech.segments().isEmpty()) {
            return speech.withText(removedFrom(speech.text()));
        }
        List<Segment> heard = speech.segments().stream()
                .filter(part -> !isInvented(part.text()))
                .toList();
        return heard.size() == speech.segments().size()
                ? new Speech(removedFrom(speech.text()), heard, speech.language(), speech.seconds())
                : speech.withSegments(heard);
    }

    private static String removedFrom(String text) {
        if (isInvented(text)) {
            return "";
        }
        List<String> sentences = SENTENCES.splitAsStream(text).toList();
        List<String> said =
                sentences.stream().filter(sentence -> !isInvented(sentence)).toList();
        return said.size() == sentences.size() ? text : String.join(" ", said);
    }

    private static boolean isInvented(String text) {
        String plain =
                ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return PHRASES.contains(NO_LETTERS
                .matcher(plain.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip());
    }
}
