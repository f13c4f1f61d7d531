package dev.comuta.mass;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxOptions;
import dev.comuta.sandbox.SandboxOptions.Broker;
import org.junit.jupiter.api.Test;

/** The short form of {@code make chaos-calls}. */
class DialKillsIT {

    @Test
    void aServerThatIsKilledWhileItDialsDialsOnce() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests().broker(Broker.SHARED))) {
            DialKills kills = DialKills.in(sandbox, 2, 46);
            Report report = kills.run();

            System.out.println(report.text());
            assertTrue(report.kept(), report::text);
            assertTrue(kills.betweenDialAndCommit() > 0, "a kill came between a dial and its commit");
        }
    }
}
