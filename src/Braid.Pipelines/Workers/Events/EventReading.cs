using Braid.Access.Callers;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Events;

/// <summary>A file of TensorBoard's that a program wrote, from a byte on.</summary>
/// <param name="Caller">The attempt whose program it is.</param>
/// <param name="Run">The job's run.</param>
/// <param name="Path">Below <c>/pfs/out</c>, with '/' between the parts.</param>
/// <param name="Offset">Where <paramref name="Rest"/> begins.</param>
/// <param name="Rest">The bytes that are there now.</param>
public sealed record EventPart(Caller Caller, RunId Run, string Path, long Offset, Stream Rest);

/// <summary>How event files are told from others and read into runs: their format is not known here.</summary>
/// <param name="IsEventFile">Whether a file of this name is one.</param>
/// <param name="TakeAsync">Reads what is new into the run, each record once, whoever reads it again; answers which byte is wanted next.</param>
public sealed record EventReading(
    Func<string, bool> IsEventFile,
    Func<EventPart, CancellationToken, Task<Result<long>>> TakeAsync
);
