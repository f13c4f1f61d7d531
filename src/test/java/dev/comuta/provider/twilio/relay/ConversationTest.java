package dev.comuta.provider.twilio.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.call.CallRef;
import dev.comuta.call.talk.Talk;
import dev.comuta.call.talk.TalkTexts;
import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.call.talk.Talks.Next;
import dev.comuta.provider.twilio.relay.Command.Close;
import dev.comuta.provider.twilio.relay.Command.End;
import dev.comuta.provider.twilio.relay.Command.Hear;
import dev.comuta.provider.twilio.relay.Command.Interrupted;
import dev.comuta.provider.twilio.relay.Command.Reason;
import dev.comuta.provider.twilio.relay.Command.Say;
import dev.comuta.session.SessionRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final CallRef CALL = new CallRef(1, 2);
    private static final long LONGEST = 600_000;

    private static Conversation talk(boolean first) {
        return new Conversation(
                new Talk(CALL, new SessionRef(CALL.clientId(), 4), "p-1-0", "CA1", Duration.ofMillis(LONGEST), first), 0);
    }

    private static Said turn(Next next, Line... lines) {
        return new Said(CALL, List.of(lines), next);
    }

    private static Frame.Prompt said(String text) {
        return new Frame.Prompt(text, true);
    }

    private static Frame.Interrupt interrupted(String heard) {
        return new Frame.Interrupt(heard, 460L);
    }

    /** Every tick of 100 ms up to and with the end. */
    private static List<Command> ticks(Conversation talk, long from, long to) {
        List<Command> commands = new ArrayList<>();
        for (long now = from; now <= to; now += 100) {
            commands.addAll(talk.tick(now));
        }
        return commands;
    }

    private static Say say(String text) {
        return new Say(text, true, false);
    }

    @Test
    void theGreetingIsSpokenByTheProvider() {
        assertEquals(List.of(), talk(true).begin(0));
    }

    @Test
    void speaksFirstAtALaterPlace() {
        assertEquals(TalkTexts.BACK, String.join("", texts(talk(false).begin(0))));
    }

    @Test
    void joinsAPromptThatComesInParts() {
        Conversation talk = talk(true);
        assertEquals(List.of(), talk.prompt(new Frame.Prompt("Quero ", false), 0));
        assertEquals(List.of(new Hear("Quero visitar.")), talk.prompt(new Frame.Prompt("visitar.", true), 10));
        assertEquals(List.of(new Hear("Hoje")), talk.prompt(said(" Hoje "), 20));
    }

    @Test
    void aPromptHasALimit() {
        Conversation talk = talk(true);
        talk.prompt(new Frame.Prompt("a".repeat(Conversation.MAX_PROMPT - 1), false), 0);
        assertEquals(List.of(new Hear("a".repeat(Conversation.MAX_PROMPT - 1) + "b")), talk.prompt(said("bcd"), 1));
    }

    @Test
    void aBlankPromptIsNotStored() {
        Conversation talk = talk(true);
        assertEquals(List.of(), talk.prompt(said(" "), 0));
        assertEquals(List.of(), talk.prompt(new Frame.Prompt(null, null), 0));
        assertEquals(List.of(), ticks(talk, 0, 5_000), "no filler");
    }

    @Test
    void fillsOncePerPrompt() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 1_000);
        assertEquals(List.of(), ticks(talk, 1_000, 2_400));
        assertEquals(List.of(new Say(TalkTexts.FILLER, true, true)), ticks(talk, 2_500, 60_000));
        talk.prompt(said("Alô?"), 60_000);
        assertEquals(List.of(new Say(TalkTexts.FILLER, true, true)), ticks(talk, 60_000, 90_000));
    }

    @Test
    void aReplyInTimeNeedsNoFiller() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        assertEquals(List.of(say("Olá.")), talk.turn(turn(Next.GO_ON, new Line(9, "Olá.")), 1_400));
        assertEquals(List.of(), ticks(talk, 1_400, 6_000));
    }

    @Test
    void aNewPromptBeforeTheReplyWaitsAnew() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        talk.prompt(said("Alô"), 1_400);
        assertEquals(List.of(), ticks(talk, 1_500, 2_800));
        assertEquals(1, talk.tick(2_900).size());
    }

    @Test
    void asksAfterSilenceAndThenSaysGoodbye() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        talk.turn(turn(Next.GO_ON, new Line(9, "a".repeat(28))), 1_000);
        assertEquals(List.of(), ticks(talk, 1_000, 10_900), "two seconds of speech, eight of silence");
        assertEquals(List.of(say(TalkTexts.STILL_THERE)), talk.tick(11_000));
        List<Command> rest = ticks(talk, 11_100, 60_000);
        assertEquals(new End(Reason.BYE), rest.getLast());
        assertEquals(TalkTexts.GOODBYE, String.join("", texts(rest)));
    }

    @Test
    void anAnswerToTheQuestionStartsTheSilenceAnew() {
        Conversation talk = talk(true);
        assertEquals(List.of(say(TalkTexts.STILL_THERE)), ticks(talk, 0, Conversation.GREETING + 8_000));
        talk.prompt(said("Sim"), 21_000);
        talk.turn(turn(Next.GO_ON, new Line(9, "Bom.")), 21_100);
        assertEquals(List.of(say(TalkTexts.STILL_THERE)), ticks(talk, 21_100, 29_900));
    }

    @Test
    void aKeyIsASignOfLife() {
        Conversation talk = talk(true);
        assertEquals(List.of(), ticks(talk, 0, 15_000));
        talk.key(19_000);
        assertEquals(List.of(), ticks(talk, 19_000, 26_900));
        assertEquals(1, talk.tick(27_000).size());
    }

    @Test
    void wordsDuringTheGoodbyeKeepTheTalk() {
        Conversation talk = talk(true);
        ticks(talk, 0, 20_000);
        List<Command> goodbye = new ArrayList<>();
        long now = 20_000;
        while (goodbye.isEmpty()) {
            now += 100;
            goodbye.addAll(talk.tick(now));
        }
        assertEquals(List.of(new Hear("Espere")), talk.prompt(said("Espere"), now + 100));
        assertEquals(List.of(new Say(TalkTexts.FILLER, true, true)), ticks(talk, now + 100, now + 30_000));
    }

    @Test
    void handsOverWhenTheLinesAreSpoken() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 20_000);
        assertEquals(
                List.of(say("a".repeat(14)), say("b".repeat(14))),
                talk.turn(turn(Next.HAND_OVER, new Line(8, "a".repeat(14)), new Line(9, "b".repeat(14))), 21_000));
        assertEquals(List.of(), ticks(talk, 21_000, 22_900));
        assertEquals(List.of(new End(Reason.HANDOFF)), ticks(talk, 23_000, 23_100));
    }

    @Test
    void aHandOverDoesNotWaitForeverForItsText() {
        Conversation talk = talk(true);
        talk.turn(turn(Next.HAND_OVER, new Line(8, "a".repeat(2_000))), 0);
        assertEquals(List.of(), ticks(talk, 0, Conversation.LONGEST_END - 100));
        assertEquals(List.of(new End(Reason.HANDOFF)), talk.tick(Conversation.LONGEST_END));
    }

    @Test
    void storesButDoesNotAnswerWordsAfterAHandOver() {
        Conversation talk = talk(true);
        talk.turn(turn(Next.HAND_OVER, new Line(8, "a".repeat(100))), 12_000);
        assertEquals(List.of(new Hear("Obrigado")), talk.prompt(said("Obrigado"), 12_100));
        assertEquals(List.of(new End(Reason.HANDOFF)), ticks(talk, 12_100, 30_000));
    }

    @Test
    void aLineThatComesAfterTheLastWordsIsReportedAsNotHeard() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), LONGEST - 100);
        assertEquals(TalkTexts.LIMIT, String.join("", texts(talk.tick(LONGEST))));
        assertEquals(List.of(new Interrupted(9, "")), talk.turn(turn(Next.GO_ON, new Line(9, "Olá.")), LONGEST + 100));
        assertEquals(List.of(new End(Reason.LIMIT)), ticks(talk, LONGEST + 200, LONGEST + 30_000));
    }

    @Test
    void closesWhenTheCallIsOver() {
        Conversation talk = talk(true);
        assertEquals(List.of(new Close()), talk.turn(turn(Next.CALL_OVER), 0));
        assertSilent(talk);
    }

    @Test
    void closesWhenAnotherHolderHasTheTalk() {
        Conversation talk = talk(true);
        assertEquals(List.of(new Close()), talk.gone());
        assertSilent(talk);
    }

    @Test
    void endsWhenTheTalkWasHandedOverAndIsGone() {
        Conversation talk = talk(true);
        talk.turn(turn(Next.HAND_OVER, new Line(8, "Até logo.")), 0);
        assertEquals(List.of(new End(Reason.HANDOFF)), talk.gone());
        assertSilent(talk);
    }

    @Test
    void nothingIsSpokenAfterTheEnd() {
        Conversation talk = talk(false);
        assertEquals(List.of(new End(Reason.DRAIN)), talk.drain());
        assertSilent(talk);
    }

    private static void assertSilent(Conversation talk) {
        assertEquals(List.of(), talk.begin(1));
        assertEquals(List.of(), talk.prompt(said("Oi"), 2));
        assertEquals(List.of(), talk.interrupt(interrupted("Oi"), 3));
        assertEquals(List.of(), talk.turn(turn(Next.HAND_OVER, new Line(1, "Oi")), 4));
        assertEquals(List.of(), talk.notHeard(5));
        assertEquals(List.of(), talk.gone());
        assertEquals(List.of(), talk.drain());
        assertEquals(List.of(), ticks(talk, 6, LONGEST + 60_000));
    }

    @Test
    void apologizesForWordsThatWereNotStored() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        assertEquals(TalkTexts.EXCUSE, String.join("", texts(talk.notHeard(1_000))));
        assertEquals(List.of(), ticks(talk, 1_000, 8_000), "no filler");
    }

    @Test
    void anInterruptionEndsOurSpeech() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        talk.turn(turn(Next.GO_ON, new Line(9, "Temos três apartamentos no Centro." + "a".repeat(500))), 100);
        assertEquals(List.of(new Interrupted(9, "Temos três")), talk.interrupt(interrupted("temos três"), 2_000));
        assertEquals(List.of(), ticks(talk, 2_000, 9_900));
        assertEquals(List.of(say(TalkTexts.STILL_THERE)), talk.tick(10_000));
    }

    @Test
    void theFillerIsNoStoredLine() {
        Conversation talk = talk(true);
        talk.prompt(said("Oi"), 0);
        talk.tick(1_500);
        assertEquals(List.of(), talk.interrupt(interrupted("Um"), 1_800));
    }

    @Test
    void anEarlierReplyIsNotCutByALaterInterruption() {
        Conversation talk = talk(true);
        talk.turn(turn(Next.GO_ON, new Line(7, "Bom dia.")), 0);
        talk.prompt(said("Oi"), 5_000);
        talk.turn(turn(Next.GO_ON, new Line(8, "Temos três.")), 5_100);
        assertEquals(List.of(new Interrupted(8, "")), talk.interrupt(interrupted(""), 5_200));
    }

    private static List<String> texts(List<Command> commands) {
        List<String> texts = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Say(String token, boolean last, boolean preemptible)) {
                texts.add(token);
            }
        }
        return texts;
    }
}
