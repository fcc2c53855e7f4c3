using System.IO.Pipelines;
using Braid.Access.Callers;
using Braid.Primitives;
using Braid.TensorBoard.Logs;
using Braid.Tracking.EventFiles;

namespace Braid.Gateway.Web.Events;

/// <summary>Reads event files that programs on this machine wrote, as those that are sent to the door are read.</summary>
/// <param name="files">What runs are fed from.</param>
/// <param name="fileServer">Where clients fetch images from.</param>
public sealed class ProgramEvents(EventFiles files, string fileServer)
{
    /// <summary>Whether a file of this name is one.</summary>
    public static bool IsEventFile(string name) => LogDirectory.IsEventFile(name);

    /// <summary>Takes what is new of a file into a run; answers which byte is wanted next.</summary>
    /// <param name="caller">Whose program wrote it.</param>
    /// <param name="run">The run that it becomes part of.</param>
    /// <param name="path">Where it lies, with '/' between the parts; it becomes part of the names of what the file holds.</param>
    /// <param name="offset">Where <paramref name="rest"/> begins in the file.</param>
    /// <param name="rest">The bytes that are there now; the caller's to close.</param>
    /// <param name="ct">Ends it between two transactions.</param>
    public async Task<Result<long>> TakeAsync(
        Caller caller,
        RunId run,
        string path,
        long offset,
        Stream rest,
        CancellationToken ct
    )
    {
        var intake = new EventIntake(files, caller, run, LogDirectory.NameInRun(path), fileServer);
        var taken = await intake.TakeAsync(
            PipeReader.Create(rest, new StreamPipeReaderOptions(leaveOpen: true)),
            offset,
            ct
        );
        return taken.Select(file => file.NextOffset);
    }
}
