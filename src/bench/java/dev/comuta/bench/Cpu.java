package dev.comuta.bench;

/**
 * CPU seconds, since the start of each process or of a round.
 *
 * @param generator this JVM and pgbench
 * @param others everything else on the machine
 */
record Cpu(double server, double postgres, double rabbit, double generator, double others) {

    Cpu since(Cpu start) {
        return new Cpu(
                server - start.server,
                postgres - start.postgres,
                rabbit - start.rabbit,
                generator - start.generator,
                others - start.others);
    }

    /** The parts of this run, by their processes. */
    record Parts(ProcessTree server, ProcessTree postgres, ProcessTree rabbit) {

        Cpu now() {
            double all = new ProcessTree(ProcessHandle.current().pid()).cpuSeconds();
            double server = this.server.cpuSeconds();
            double postgres = this.postgres.cpuSeconds();
            double rabbit = this.rabbit.cpuSeconds();
            return new Cpu(
                    server, postgres, rabbit, all - server - postgres - rabbit, ProcessTree.machineCpuSeconds() - all);
        }
    }
}
