package dev.comuta.call.outgoing;

import dev.comuta.platform.rest.PhoneNumber;
import java.time.ZoneId;
import java.util.Map;

/** The time zones of telephone numbers of Brazil, by their area codes. */
final class NumberZones {

    private static final String BRAZIL = "+55";
    private static final int AREA_CODE = 2;
    private static final ZoneId BRASILIA = ZoneId.of("America/Sao_Paulo");

    /** The area codes of states that do not have the time of Brasília. */
    private static final Map<String, ZoneId> AREAS = Map.of(
            "65", ZoneId.of("America/Cuiaba"),
            "66", ZoneId.of("America/Cuiaba"),
            "67", ZoneId.of("America/Campo_Grande"),
            "68", ZoneId.of("America/Rio_Branco"),
            "69", ZoneId.of("America/Porto_Velho"),
            "92", ZoneId.of("America/Manaus"),
            "95", ZoneId.of("America/Boa_Vista"),
            "97", ZoneId.of("America/Manaus"));

    private NumberZones() {}

    /**
     * The time zone of a number.
     *
     * @param other of numbers whose zone is not known: those of other countries
     */
    static ZoneId of(PhoneNumber number, ZoneId other) {
        if (!number.e164().startsWith(BRAZIL)) {
            return other;
        }
        String area = number.e164().substring(BRAZIL.length(), BRAZIL.length() + AREA_CODE);
        return AREAS.getOrDefault(area, BRASILIA);
    }
}
