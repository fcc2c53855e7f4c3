using System.Reflection;
using System.Runtime.InteropServices;
using Braid.Cli.CommandLine;
using Braid.Cli.Connection;
using Braid.Cli.Connection.Pachyderm;
using Braid.Cli.Output;
using Google.Protobuf.WellKnownTypes;
using Version = Braid.Protos.Version.Version;

namespace Braid.Cli.Servers;

/// <summary>The versions of this program and of the server; pachctl's scripts read them to wait for a server.</summary>
internal static class VersionCommand
{
    private static readonly Flag clientOnly = Flags.Switch("client-only", null, "Do not ask the server.");
    private static readonly Flag architecture = Flags.Switch(
        "print-architecture",
        null,
        "Also the processor and the system that this program was made for."
    );
    private static readonly Flag compare = Flags.Switch(
        "compare",
        null,
        "Exit with 1 when the versions are not the same."
    );
    private static readonly Flag timeout = Flags.Value("timeout", null, "Wait this long for the server (\"10s\").");
    private static readonly Flag enterprise = Flags.Switch("enterprise", null, "Nothing: there is one server.");

    public static Command Command { get; } =
        new Command("version", "", "Show the versions of this program and of the server.")
        {
            Flags = [clientOnly, compare, enterprise, .. Flags.Format, architecture, timeout],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var format = RecordFormat.Of(call);
        if (call.Has(architecture))
        {
            call.Out.Write($"{RuntimeInformation.ProcessArchitecture}\nlinux\n".ToLowerInvariant());
        }

        if (call.Has(clientOnly))
        {
            ShowOwn(call, format);
            return 0;
        }

        Show(call, format, "braid", Own);
        var server = await AskAsync(call, ct);
        Show(call, format, "pachd", server, isFirst: false);
        return call.Has(compare) && Text(server) != Text(Own) ? 1 : 0;
    }

    private static async Task<Version> AskAsync(Invocation call, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (call.Span(timeout) is { } longest && longest > TimeSpan.Zero)
        {
            limit.CancelAfter(longest);
        }

        try
        {
            return await call.Pach.CallAsync(VersionMethods.GetVersion, new Empty(), limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new Failure($"no answer from {ServerAddress.Qualified(call.Server.Uri)} within {call.Text(timeout)}");
        }
    }

    private static Version Own
    {
        get
        {
            var version = typeof(VersionCommand).Assembly.GetName().Version ?? new();
            return new()
            {
                Major = (uint)version.Major,
                Minor = (uint)version.Minor,
                Micro = (uint)Math.Max(version.Build, 0),
            };
        }
    }

    private static string Text(Version version) =>
        $"{version.Major}.{version.Minor}.{version.Micro}{version.Additional}";

    private static void ShowOwn(Invocation call, RecordFormat? format)
    {
        if (format is not null)
        {
            format.Print(Own);
        }
        else
        {
            call.Out.Write(Text(Own) + "\n");
        }
    }

    /// <summary>Columns at least 20 wide, as pachctl has them; the header comes before the first row.</summary>
    private static void Show(Invocation call, RecordFormat? format, string name, Version version, bool isFirst = true)
    {
        if (format is not null)
        {
            format.Print(version);
            return;
        }

        call.Out.Write(isFirst ? $"{"COMPONENT", -20}{"VERSION", -20}\n" : "");
        call.Out.Write($"{name, -20}{Text(version), -20}\n");
    }
}
