package io.latticeconsole.agent.config;

/// What an agent's file makes of its process.
public sealed interface AgentFile permits NodeFile, GatewayFile {}
