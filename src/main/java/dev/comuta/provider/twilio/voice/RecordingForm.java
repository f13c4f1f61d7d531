package dev.comuta.provider.twilio.voice;

import dev.comuta.call.CallRef;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.RecordingNews.Status;
import dev.comuta.platform.problem.Problem;
import dev.comuta.provider.twilio.TwilioForm;
import java.time.Duration;
import java.util.regex.Pattern;

/** The fields of Twilio's requests about a recording. */
record RecordingForm(TwilioForm form) {

    private static final int LONGEST_ID = 200;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    /** {@return the news, or null for a status that is none of Twilio's four} */
    RecordingNews news(CallRef call, String position) {
        Status status = status(form.get("RecordingStatus"));
        Integer seconds = number("RecordingDuration");
        return status == null
                ? null
                : new RecordingNews(
                        call,
                        position,
                        recordingSid(),
                        status,
                        form.get("RecordingUrl"),
                        number("RecordingChannels"),
                        seconds == null ? null : Duration.ofSeconds(seconds),
                        CallWords.time(form.get("RecordingStartTime")),
                        "0".equals(form.get("ErrorCode")) ? null : form.get("ErrorCode"));
    }

    private static Status status(String word) {
        return switch (word) {
            case "in-progress" -> Status.IN_PROGRESS;
            case "completed" -> Status.COMPLETED;
            case "absent" -> Status.ABSENT;
            case "failed" -> Status.FAILED;
            case null, default -> null;
        };
    }

    private String recordingSid() {
        String sid = form.get("RecordingSid");
        if (sid == null || sid.length() > LONGEST_ID) {
            throw Problem.invalid("RecordingSid", "must be a text of 1 to " + LONGEST_ID + " characters");
        }
        return sid;
    }

    private Integer number(String field) {
        String text = form.get(field);
        return text == null || !NUMBER.matcher(text).matches() ? null : Integer.valueOf(text);
    }

    @Override
    public String toString() {
        return "RecordingForm[" + form.fields().size() + " fields]";
    }
}
