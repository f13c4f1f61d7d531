package dev.comuta.media.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.media.speech.Speech.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of two parts of a recording, of which the second repeats the end of the first. */
class OverlapTest {

    private static List<Segment> said(double start, String text) {
        return List.of(new Segment(start, start + 5, text, null));
    }

    private static String joined(String before, String after) {
        return String.join(
                " ",
                Overlap.joined(said(0, before), said(2, after)).stream()
                        .map(Segment::text)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quero ver o apartamento da | o apartamento da Vila Mariana | quero ver o apartamento da Vila Mariana
            quero ver o apartamento. | O apartamento, da Vila | quero ver o apartamento. da Vila
            quero ver o apartamento da vi | o apartamento da Vila Mariana | quero ver o apartamento da Vila Mariana
            eu quero ver o apartamento | ero ver o apartamento hoje | eu quero ver o apartamento hoje
            bom dia | tudo bem | bom dia tudo bem
            está certo sim | sim pode ser | está certo sim pode ser
            """)
    void doubledWordsAreKeptOnce(String before, String after, String whole) {
        assertEquals(whole, joined(before, after));
    }

    @Test
    void segmentsKeepTheirTimes() {
        List<Segment> before = List.of(new Segment(0, 4, "bom dia", "A"), new Segment(4, 9, "tudo bem com", "B"));
        List<Segment> after = List.of(new Segment(7, 9, "bem com", "B"), new Segment(9, 12, "você hoje", "B"));

        assertEquals(
                List.of(
                        new Segment(0, 4, "bom dia", "A"),
                        new Segment(4, 9, "tudo bem com", "B"),
                        new Segment(9, 12, "você hoje", "B")),
                Overlap.joined(before, after));
    }

    @Test
    void partWithoutWordsChangesNothing() {
        assertEquals(said(0, "bom dia"), Overlap.joined(said(0, "bom dia"), List.of()));
        assertEquals(said(0, "bom dia"), Overlap.joined(List.of(), said(0, "bom dia")));
    }
}
