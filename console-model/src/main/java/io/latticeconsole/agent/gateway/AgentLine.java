package io.latticeconsole.agent.gateway;

import io.grpc.ManagedChannel;
import io.latticeconsole.agent.node.Claims;
import io.latticeconsole.gateway.Gateway;
import io.latticeconsole.gateway.NodeReport;
import io.latticeconsole.gateway.Surroundings;
import io.latticeconsole.proto.v1.WatchMachineRequest;
import io.latticeconsole.server.Lane;
import io.latticeconsole.world.NodeClass;

/// A gateway's line to one of its own agents: what it hears, what it orders, and a look at it from time to time.
record AgentLine(NodeLink link, NodeCommands commands, NodeCheck check) {
    /// A line that is not open yet. @param claim as whose the machine is watched @param node the node's number at the
    /// gateway @param channel closed with the link
    static AgentLine of(
            WatchMachineRequest claim,
            int node,
            ManagedChannel channel,
            Surroundings here,
            Lane lane,
            Gateway gateway) {
        NodeLink.Listener listener = new NodeLink.Listener() {
            @Override
            public void report(NodeReport report) {
                gateway.report(report);
            }

            @Override
            public void machine(NodeClass told) {
                gateway.members().told(node, told);
            }

            @Override
            public void claimed(Claims.Claim by) {
                gateway.machines().claimed(node, by.toString());
            }

            @Override
            public void broken() {
                gateway.connectionBroken(node);
            }
        };
        NodeLink link = new NodeLink(node, channel, claim, lane, here::now, listener);
        return new AgentLine(
                link,
                new NodeCommands(link, node, here.world().models(), lane, gateway::answered),
                new NodeCheck(
                        link,
                        lane,
                        here::wallTime,
                        (type, severity, sentence) -> gateway.log(type, severity, claim.getNode(), sentence, "", "")));
    }
}
