using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Workers.Batching;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Workers;

/// <summary>What workers do, on the wire.</summary>
internal static class WorkerMessages
{
    public static Pps.WorkerStatus Status(WorkerActivity activity) =>
        new()
        {
            WorkerId = activity.Worker,
            JobId = activity.Job,
            DatumStatus = new()
            {
                Started = activity.Begun.ToWire(),
                Data = { activity.Inputs.Select(input => File(input.Path, input.Hash)) },
            },
        };

    private static Pps.InputFile File(string path, Sha256Hash hash) =>
        new() { Path = path, Hash = ByteString.CopyFrom(hash.Bytes) };
}
