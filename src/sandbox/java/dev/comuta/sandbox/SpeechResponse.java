package dev.comuta.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transcription in each of the API's forms: one segment for each sentence, in the order of their lengths over the time.
 *
 * @param seconds of the file; 0 when it is unknown
 */
record SpeechResponse(String words, double seconds) {

    private static final double UNKNOWN_LENGTH = 3;

    private record Segment(double start, double end, String text) {}

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("text", words);
        json.put("usage", usage());
        return json;
    }

    Map<String, Object> verbose() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", "transcribe");
        json.put("language", "portuguese");
        json.put("duration", length());
        json.put("text", words);
        json.put("segments", verboseSegments());
        json.put("usage", usage());
        return json;
    }

    /** Two persons speak in turn. */
    Map<String, Object> diarized() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task", "transcribe");
        json.put("duration", length());
        json.put("text", words);
        json.put("segments", diarizedSegments());
        json.put("usage", usage());
        return json;
    }

    private double length() {
        return seconds == 0 ? UNKNOWN_LENGTH : seconds;
    }

    private Map<String, Object> usage() {
        return Map.of("type", "duration", "seconds", (int) Math.ceil(length()));
    }

    private List<Object> verboseSegments() {
        List<Object> all = new ArrayList<>();
        for (Segment segment : segments()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", all.size());
            json.put("seek", 0);
            json.put("start", segment.start());
            json.put("end", segment.end());
            json.put("text", segment.text());
            json.put("tokens", List.of());
            json.put("temperature", 0.0);
            json.put("avg_logprob", -0.2);
            json.put("compression_ratio", 1.1);
            json.put("no_speech_prob", 0.01);
            all.add(json);
        }
        return all;
    }

    private List<Object> diarizedSegments() {
        List<Object> all = new ArrayList<>();
        for (Segment segment : segments()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", "transcript.text.segment");
            json.put("id", "seg_" + all.size());
            json.put("start", segment.start());
            json.put("end", segment.end());
            json.put("text", segment.text());
            json.put("speaker", all.size() % 2 == 0 ? "A" : "B");
            all.add(json);
        }
        return all;
    }

    private List<Segment> segments() {
        List<Segment> all = new ArrayList<>();
        double start = 0;
        for (String sentence : words.isBlank() ? new String[0] : words.split("(?<=[.!?…])\\s+")) {
            double end = start + length() * sentence.length() / words.length();
            all.add(new Segment(rounded(start), rounded(end), sentence));
            start = end;
        }
        return all;
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 100) / 100d;
    }
}
