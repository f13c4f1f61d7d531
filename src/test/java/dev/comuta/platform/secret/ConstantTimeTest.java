package dev.comuta.platform.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ConstantTimeTest {

    @Property
    void agreesWithTheUsualComparison(@ForAll byte[] a, @ForAll byte[] b) {
        assertEquals(Arrays.equals(a, b), ConstantTime.equal(a, b));
        assertTrue(ConstantTime.equal(a, a.clone()));
    }

    @Test
    void comparesTexts() {
        assertTrue(ConstantTime.equal("ção", "ção"));
        assertFalse(ConstantTime.equal("ção", "ça"));
        assertFalse(ConstantTime.equal("ção", ""));
        assertFalse(ConstantTime.equal("", "ção"));
    }
}
