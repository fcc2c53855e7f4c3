using System.Globalization;
using Braid.Grpc.Client;
using Braid.Grpc.Methods;
using Braid.Protos.Worker;

namespace Braid.Load.Machine;

/// <summary>
/// A user's program that copies files: one of each datum that it asks its worker for, until it is ended; or, to be compared with
/// that, every n-th file of a folder.
/// </summary>
internal static class CopyProgram
{
    /// <summary>The first word of the command line.</summary>
    public const string Word = "copy";

    private static readonly GrpcMethod<NextDatumRequest, NextDatumResponse> nextDatum = new(
        "pachyderm.worker.Worker",
        "NextDatum",
        CallKind.Unary,
        NextDatumRequest.Parser,
        NextDatumResponse.Parser
    );

    /// <param name="words">The name of an input; or a folder, a number, and how many such numbers there are.</param>
    public static async Task<int> RunAsync(string[] words)
    {
        if (words is [var folder, var part, var parts])
        {
            CopyPart(folder, Number(part), Number(parts));
            return 0;
        }

        await ServeAsync(words[0]);
        return 1;
    }

    private static void CopyPart(string folder, int part, int parts)
    {
        var at = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (at++ % parts == part)
            {
                Copy(path);
            }
        }
    }

    private static async Task ServeAsync(string input)
    {
        var port = Environment.GetEnvironmentVariable("PPS_WORKER_GRPC_PORT");
        using var worker = new GrpcChannel(new($"http://127.0.0.1:{port}"));
        while (true)
        {
            var next = await worker.UnaryAsync(nextDatum, new NextDatumRequest(), CallOptions.None, default);
            Copy(
                next.Env.First(variable => variable.StartsWith($"{input}=", StringComparison.Ordinal))[
                    (input.Length + 1)..
                ]
            );
        }
    }

    private static void Copy(string path) => File.Copy(path, Path.Combine("/pfs/out", Path.GetFileName(path)));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
