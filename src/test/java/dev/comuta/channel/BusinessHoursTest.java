package dev.comuta.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a channel is closed, and since when. 2026-11-27 is a Friday; São Paulo has UTC-3. */
class BusinessHoursTest {

    private final JsonObject week = new JsonObject()
            .put("timeZone", "America/Sao_Paulo")
            .put(
                    "weekly",
                    new JsonArray()
                            .add(entry("Sexta", "08:00", "12:00"))
                            .add(entry("Sexta", "13:00", "18:00"))
                            .add(entry("Sábado", "22:00", "24:00"))
                            .add(entry("Domingo", "00:00", "02:00"))
                            .add(entry("Segunda", "08:00", "18:00")))
            .put("outOfHoursText", "Fechado");

    @Test
    void isOpenFromTheStartToBeforeTheEnd() {
        assertNull(closedSince("2026-11-27T11:00:00Z"));
        assertNull(closedSince("2026-11-27T20:59:59Z"));
        assertEquals(Instant.parse("2026-11-27T21:00:00Z"), closedSince("2026-11-27T21:00:00Z"));
    }

    @Test
    void aClosedPeriodBeginsAtTheLastEnd() {
        assertEquals(Instant.parse("2026-11-27T15:00:00Z"), closedSince("2026-11-27T15:30:00Z"), "lunch");
        assertEquals(Instant.parse("2026-11-27T21:00:00Z"), closedSince("2026-11-28T15:00:00Z"), "on Saturday");
        assertEquals(Instant.parse("2026-11-23T21:00:00Z"), closedSince("2026-11-27T10:59:59Z"), "since Monday");
    }

    @Test
    void twoEntriesMakeATimeOverMidnight() {
        assertNull(closedSince("2026-11-29T02:59:59Z"));
        assertNull(closedSince("2026-11-29T03:00:00Z"));
        assertEquals(Instant.parse("2026-11-29T05:00:00Z"), closedSince("2026-11-29T05:00:00Z"));
    }

    @Test
    void aHolidayIsClosedAllDayAndLengthensThePeriod() {
        week.put("holidays", new JsonArray(List.of("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30")));

        assertEquals(Instant.parse("2026-11-23T21:00:00Z"), closedSince("2026-11-27T15:00:00Z"));
        assertEquals(Instant.parse("2026-11-23T21:00:00Z"), closedSince("2026-12-01T15:00:00Z"));
    }

    @Test
    void followsTheTimeZoneThroughAChangeOfItsClocks() {
        week.put("timeZone", "America/New_York");

        assertNull(closedSince("2026-10-30T21:59:00Z"), "UTC-4 in summer");
        assertEquals(Instant.parse("2026-11-06T23:00:00Z"), closedSince("2026-11-06T23:00:00Z"), "UTC-5 in winter");
    }

    @Test
    void timeCountsWhileTheChannelIsOpen() {
        assertEquals("2026-11-27T14:30:00Z", after("2026-11-27T13:30:00Z", 60));
        assertEquals("2026-11-27T16:30:00Z", after("2026-11-27T14:30:00Z", 60), "over lunch");
        assertEquals(
                "2026-11-29T01:30:00Z", after("2026-11-27T20:30:00Z", 60), "half an hour of Friday and of Saturday");
        assertEquals("2026-11-29T01:20:00Z", after("2026-11-28T12:00:00Z", 20), "from a closed time");
        week.put("holidays", new JsonArray(List.of("2026-11-27", "2026-11-28", "2026-11-29")));
        assertEquals("2026-11-30T12:00:00Z", after("2026-11-27T13:30:00Z", 60), "after holidays");
    }

    @Test
    void timeOfAChannelThatNeverOpensIsThatOfTheClock() {
        week.put("weekly", new JsonArray());

        assertEquals("2026-11-27T14:30:00Z", after("2026-11-27T13:30:00Z", 60));
    }

    private String after(String start, int minutes) {
        return BusinessHours.of(week)
                .after(Instant.parse(start), Duration.ofMinutes(minutes))
                .toString();
    }

    @Test
    void theAssistantIsSilentOnlyWhenTheSettingSaysSo() {
        Instant open = Instant.parse("2026-11-27T15:30:00Z").minusSeconds(3600);
        Instant closed = Instant.parse("2026-11-27T15:30:00Z");
        assertFalse(hours().silencesAssistant(closed));
        week.put("assistant", "Responde");
        assertFalse(hours().silencesAssistant(closed));
        week.put("assistant", "Avisa");
        assertTrue(hours().silencesAssistant(closed));
        assertFalse(hours().silencesAssistant(open));
    }

    @Test
    void rejectsWhatDoesNotExist() {
        hours().requireValid();
        assertInvalid("timeZone", "Brasil/Interior");
        assertInvalid("weekly[0]", new JsonArray().add(entry("Sexta", "18:00", "08:00")));
        assertInvalid("holidays", new JsonArray().add("2026-02-30"));
    }

    @Test
    void rejectsHoursOfOneDayThatOverlap() {
        JsonArray mornings =
                new JsonArray().add(entry("Sexta", "08:00", "12:00")).add(entry("Sábado", "09:00", "13:00"));

        BusinessHours.of(week.copy().put("weekly", mornings.copy().add(entry("Sexta", "12:00", "18:00"))))
                .requireValid();
        assertInvalid("weekly[2]", mornings.copy().add(entry("Sexta", "11:59", "18:00")));
        assertInvalid("weekly[2]", mornings.copy().add(entry("Sábado", "08:00", "24:00")));
    }

    @Test
    void settingsSurviveTheirColumn() {
        JsonObject settings = new JsonObject().put("businessHours", week.copy().put("assistant", "Avisa"));

        assertEquals(
                settings,
                new JsonObject(ChannelSettings.of(settings.copy().getMap()).stored()));
    }

    private void assertInvalid(String field, Object value) {
        BusinessHours invalid = BusinessHours.of(week.copy().put(field.replaceFirst("\\[.*", ""), value));
        Problem problem = assertThrows(Problem.class, invalid::requireValid);
        assertTrue(problem.getMessage().contains(field), problem.getMessage());
    }

    private BusinessHours hours() {
        return BusinessHours.of(week);
    }

    private Instant closedSince(String now) {
        return hours().closedSince(Instant.parse(now));
    }

    private static JsonObject entry(String day, String from, String until) {
        return new JsonObject().put("day", day).put("from", from).put("until", until);
    }
}
