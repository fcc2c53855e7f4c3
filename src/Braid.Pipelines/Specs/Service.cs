namespace Braid.Pipelines.Specs;

/// <summary>A port of the program that is reached from outside.</summary>
/// <param name="InternalPort">Where the program listens.</param>
/// <param name="ExternalPort">Where callers find it; 0: the server picks one.</param>
/// <param name="Ip">The address that callers see; empty: the server's.</param>
/// <param name="Type"><c>NodePort</c>, <c>ClusterIP</c> or <c>LoadBalancer</c>.</param>
public sealed record Service(int InternalPort, int ExternalPort, string Ip, string Type);

/// <summary>A program that writes commits by itself.</summary>
/// <param name="Service">A port of it; null: it listens nowhere.</param>
public sealed record Spout(Service? Service);
