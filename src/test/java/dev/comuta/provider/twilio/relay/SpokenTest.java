package dev.comuta.provider.twilio.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.provider.twilio.relay.Command.Interrupted;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpokenTest {

    private final Spoken spoken = new Spoken();

    SpokenTest() {
        spoken.add(Spoken.NOT_STORED, "Um momento…");
        spoken.add(1, "Temos três, no Centro.");
        spoken.add(2, "Qual dia prefere?");
    }

    @Test
    void findsTheLineWithoutTheTextsBefore() {
        assertEquals(List.of(cut(1, "Temos três, no"), cut(2, "")), spoken.cut("Temos três no"));
    }

    @Test
    void findsTheLineAfterTheTextsBefore() {
        assertEquals(List.of(cut(1, "Temos"), cut(2, "")), spoken.cut("um momento temos"));
    }

    @Test
    void findsALaterLine() {
        assertEquals(List.of(cut(2, "Qual")), spoken.cut("QUAL…"));
    }

    @Test
    void goesOnIntoTheNextLine() {
        assertEquals(List.of(cut(2, "Qual dia")), spoken.cut("Temos três no centro qual dia"));
    }

    @Test
    void aLineThatWasHeardIsNotCut() {
        assertEquals(List.of(), spoken.cut("Temos três, no Centro. Qual dia prefere"));
    }

    @Test
    void nothingWasHeard() {
        assertEquals(List.of(cut(1, ""), cut(2, "")), spoken.cut(""));
        assertEquals(List.of(cut(1, ""), cut(2, "")), spoken.cut("Um mo"));
    }

    @Test
    void keepsWhatAgreesWhenTheRestDoesNot() {
        assertEquals(List.of(cut(1, "Temos"), cut(2, "")), spoken.cut("Temos 3 no Centro"));
    }

    @Test
    void nothingIsCutWhenNothingWasSpoken() {
        spoken.clear();
        assertEquals(List.of(), spoken.cut("Temos"));
    }

    @Test
    void lettersOutsideOfTheBasicPlaneAreCounted() {
        spoken.clear();
        spoken.add(3, "𝐀𝐁 cd");
        assertEquals(List.of(cut(3, "𝐀𝐁 c")), spoken.cut("𝐀𝐁c"));
    }

    private static Interrupted cut(long messageId, String heard) {
        return new Interrupted(messageId, heard);
    }
}
