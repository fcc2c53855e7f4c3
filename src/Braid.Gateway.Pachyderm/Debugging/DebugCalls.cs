using System.IO.Compression;
using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Protos.Debug;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Debugging;

/// <summary>
/// Dumps of a cluster's processes, which this server does not have: scripts that collect them get archives that are valid
/// and empty. What can be known is in the server's log.
/// </summary>
internal static class DebugCalls
{
    private const string service = "debug_v2.Debug";

    public static void Map(CallTable table)
    {
        foreach (var name in (string[])["Profile", "Binary", "Dump"])
        {
            table.Stream<Empty, BytesValue>(
                service,
                name,
                (caller, _, _) => Task.FromResult(Answer(caller, new BytesValue { Value = Archive() })),
                CallState.Partly
            );
        }

        table.Apart<Empty, GetDumpV2TemplateResponse>(
            service,
            "GetDumpV2Template",
            (_, _, _) =>
                Task.FromResult<Result<GetDumpV2TemplateResponse>>(new GetDumpV2TemplateResponse { Request = new() }),
            CallState.Partly
        );
        table.Stream<Empty, DumpChunk>(
            service,
            "DumpV2",
            (caller, _, _) =>
                Task.FromResult(
                    Answer(
                        caller,
                        new DumpChunk
                        {
                            Progress = new()
                            {
                                Task = "dump",
                                Total = 1,
                                Progress = 1,
                            },
                        },
                        new DumpChunk { Content = new() { Content = Archive() } }
                    )
                ),
            CallState.Partly
        );
    }

    private static Result<Answers<T>> Answer<T>(Caller caller, params T[] messages) =>
        caller.MayAdminister() is { } refused ? refused : new Answers<T>(messages);

    /// <summary>A tar file of no files (two empty blocks), through gzip.</summary>
    private static ByteString Archive()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[1024]);
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }
}
