package dev.comuta;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rooms (packages) with their permitted dependencies, and the room that owns each table. ARCHITECTURE.md and the
 * package-infos show the same.
 */
final class House {

    /**
     * Room: the rooms that it may use, together with the rooms that those may use. All may use `platform`. A row names
     * earlier rows only.
     */
    static final Map<String, Set<String>> NAMED = table("""
            platform:
            event:
            task:             event
            mail:
            client:           task event
            quota:            client
            alert:            quota mail
            channel:          alert
            people:           channel
            access:           people mail
            retention:        client task
            keyrotation:      client task
            session:          people channel
            media:            quota
            message:          session media
            assistant:        message
            call:             message assistant
            inbox:            message
            lead:             message
            campaign:         assistant
            billing:          quota alert
            panel:            access
            provider.gateway: message call
            provider.meta:    message
            provider.twilio:  message call
            provider.livekit: call
            provider.stripe:  billing
            provider.openai:  assistant
            provider.agent:   assistant
            provider.crm:     assistant
            provider.mail:    mail
            """);

    /** Room: all rooms that it may use, directly or indirectly, besides `platform`. */
    static final Map<String, Set<String>> ROOMS = closed(NAMED);

    /** Room, or package of `platform`: the tables that only its statements access. */
    static final Map<String, Set<String>> TABLES = table("""
            platform.idempotency: IdempotencyKeys
            platform.secret:      SecretChecks
            platform.audit:       AuditEntries AuditChains AuditCheckpoints
            event:                Events
            task:                 BackgroundTasks TaskTypes
            client:               Clients
            quota:                ClientUsage UsageLedger UsageEntries
            alert:                Alerts
            people:               ClientUsers ClientEndUsers EndUserCounts EndUserIdentities Consents KeptRevocations Erasures
            access:               ApiKeys SignInLinks
            retention:            RetentionPolicies
            channel:              CommunicationChannels Templates
            session:              Sessions
            media:                MediaObjects SentFiles UnusedObjects
            message:              Messages InboundDeliveries ParkedItems MessageParts ChannelPaces PairPaces TranscriptionSettings Transcripts
            call:                 Calls CallLegs CallOutcomes CallPlans CallRecordings CallRules CallSummaries CallTalks CallTransfers
            assistant:            Assistants ClientAssistants AssistantTools
            """);

    /** Room, or package of `platform`: the files of migrations whose functions belong to it. */
    static final Map<String, Set<String>> SQL_FILES = table("""
            platform:       foundation
            platform.audit: platform audit
            event:          events
            task:           tasks
            client:         clients
            people:         people
            access:         access
            retention:      retention
            channel:        channels
            session:        sessions
            media:          media
            message:        messages receive
            call:           calls
            assistant:      assistant
            """);

    private House() {}

    private static Map<String, Set<String>> table(String text) {
        Map<String, Set<String>> table = new LinkedHashMap<>();
        text.lines().map(line -> line.split(":", 2)).forEach(line -> table.put(line[0], words(line[1])));
        return table;
    }

    private static Map<String, Set<String>> closed(Map<String, Set<String>> named) {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        named.forEach((room, uses) -> {
            Set<String> all = new HashSet<>(uses);
            uses.forEach(used -> all.addAll(rooms.getOrDefault(used, Set.of())));
            rooms.put(room, all);
        });
        return rooms;
    }

    /** The words of a text, separated by spaces or commas, in alphabetical order. */
    static Set<String> words(String text) {
        return Stream.of(text.strip().split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .collect(toCollection(TreeSet::new));
    }

    /** Class names that omit `dev.comuta.`. */
    static Set<String> names(String list) {
        return words(list).stream().map(name -> "dev.comuta." + name).collect(toSet());
    }
}
