package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.call.plan.CallPlan;
import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that calls in rooms cannot follow. */
class LiveKitPlansTest {

    private final LiveKitPlans plans = new LiveKitPlans();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"greeting":"Bom dia"} | greeting
                    {"recorded":true,"recordingNotice":"Gravamos"} | recordingNotice
                    {"closedText":"Fechado"} | closedText
                    {"voice":"Polly.Camila"} | voice
                    {"menu":{"text":"Tecle 1","options":[]}} | menu
                    {"steps":[{"kind":"Corretor"},{"kind":"Correio de voz"}]} | steps[1].kind
                    {"steps":[{"kind":"Números","numbers":["+5511988888888"]}]} | steps[0].kind
                    {"steps":[{"kind":"SIP","sipUri":"sip:a@b"}]} | steps[0].kind
                    {"steps":[{"kind":"Equipe","userIds":[1],"inTurn":true}]} | steps[0].inTurn
                    {"closedSteps":[{"kind":"Fala","text":"Fechado"}]} | closedSteps[0].kind
                    """)
    void namesWhatLiveKitCannotFollow(String plan, String field) {
        Problem problem = assertThrows(Problem.class, () -> plans.require(plan(plan)));

        assertEquals(field, problem.violations().getFirst().field());
    }

    @Test
    void followsPeopleAndAgents() {
        assertDoesNotThrow(() -> plans.require(plan("""
                {"recorded":true,"blockedNumbers":["+5511900000000"],"steps":[{"kind":"Agente","agent":"recepcao"},
                 {"kind":"Equipe","userIds":[1,2]},{"kind":"Corretor"}],"closedSteps":[]}""")));
    }

    private static CallPlan plan(String json) {
        return new JsonObject(json).mapTo(CallPlan.class);
    }
}
