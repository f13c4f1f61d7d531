package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=10-19,10,10",
        "bytes=90-,90,10",
        "bytes=95-200,95,5",
        "bytes=-7,93,7",
        "bytes=-500,0,100"
    })
    void readsOneRange(String header, long first, long length) {
        assertEquals(new ByteRange(first, length, true), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes=-",
                "bytes=5-2",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=a-b",
                "bytes=9999999999999999999-"
            })
    void ignoresOtherRanges(String header) {
        assertEquals(new ByteRange(0, 100, false), ByteRange.of(header, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void findsNoPart(String header) {
        assertNull(ByteRange.of(header, 100));
    }

    @Test
    void namesThePart() {
        assertEquals("bytes 10-19/100", ByteRange.of("bytes=10-19", 100).contentRange(100));
    }

    @Property
    void partIsWithinTheFile(
            @ForAll @LongRange(min = 1, max = 1000) long size,
            @ForAll @LongRange(max = 2000) long first,
            @ForAll @LongRange(max = 2000) long last) {
        ByteRange range = ByteRange.of("bytes=" + first + "-" + last, size);
        assertTrue(range == null || (range.length() > 0 && range.first() + range.length() <= size));
    }
}
