using Braid.Compute.Containers.Engine;
using Braid.Compute.Executors;

namespace Braid.Compute.Containers;

/// <summary>What an engine says of a container, as a replica.</summary>
internal sealed class ContainerView(EndMarks marks)
{
    private const int killed = 137;

    /// <summary>Exit codes with which a program could not be run, because of what it is.</summary>
    private static readonly int[] notRunnable = [126, 127];

    public Replica Of(ContainerDetails container)
    {
        var labels = container.Config.Labels ?? new Dictionary<string, string>();
        return new()
        {
            Id = new(container.Id),
            Name = ContainerLabels.Name(labels),
            Token = ContainerLabels.Token(labels),
            Labels = ContainerLabels.OfOwner(labels),
            StartedAt = Later(container.State.StartedAt, container.Created),
            Exit = ExitOf(container),
        };
    }

    /// <summary>Null while it runs, or is about to.</summary>
    public ReplicaExit? ExitOf(ContainerDetails container)
    {
        var state = container.State;
        var at = Later(state.FinishedAt, container.Created);
        return state.Status switch
        {
            "exited" or "dead" or "stopped" => Ended(container.Id, state, at),
            "created" or "configured" or "initialized" when IsNotRunnable(state) => new(
                ReplicaCause.Exited,
                state.ExitCode,
                $"could not be run: {state.Error}",
                at
            ),
            _ => null,
        };
    }

    /// <summary>The engine tried to start it, and found that there is no such program in it.</summary>
    public static bool IsNotRunnable(ContainerState state) =>
        state.Error is { Length: > 0 } && notRunnable.Contains(state.ExitCode);

    private ReplicaExit Ended(string id, ContainerState state, DateTimeOffset at)
    {
        if (marks.Of(id) is { } mark)
        {
            return mark == ReplicaCause.Lost
                ? ReplicaExit.Lost("its engine stopped, and ended it", at)
                : ReplicaExit.Of(mark, state.ExitCode, at);
        }

        var exit = ReplicaExit.Of(ReplicaCause.Exited, state.ExitCode, at);
        return state.OOMKilled && state.ExitCode == killed ? ReplicaExit.Of(ReplicaCause.OutOfMemory, killed, at)
            : exit.Signal is not null ? ReplicaExit.Of(ReplicaCause.Signalled, state.ExitCode, at)
            : exit;
    }

    /// <summary>Engines say "year 1" for what has not happened.</summary>
    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
