namespace Braid.Pipelines.Workers;

/// <summary>How this server runs datums.</summary>
public sealed record WorkerOptions
{
    /// <summary>A folder of the server's own for inputs and outputs of running datums; emptied at start.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Datums that run at the same time, over all jobs.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The name under which its workers appear.</summary>
    public string Name { get; init; } = Environment.MachineName;
}
