using Braid.Cli.CommandLine;

namespace Braid.Cli.Servers.AsMLflow;

/// <summary>Becomes the server, told as <c>mlflow server</c> is told.</summary>
internal static class ServerCommand
{
    public static Command Command { get; } =
        new(
            "server",
            "[--host HOST] [--port PORT] [--backend-store-uri URI] ...",
            "Start the server with the flags and variables of mlflow server."
        )
        {
            PassesThrough = true,
            RunAsync = RunAsync,
        };

    private static Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Arguments.Contains("--help"))
        {
            call.Out.Write(HelpText.Of(Command));
            call.Out.Write(MLflowFlags.Usage());
            return Task.FromResult(0);
        }

        var plan = ServerPlan.For(call.Arguments, call.World.Variable);
        foreach (var note in plan.Notes)
        {
            call.Error.WriteLine(note);
        }

        return Serve.Become(plan.Options);
    }
}
