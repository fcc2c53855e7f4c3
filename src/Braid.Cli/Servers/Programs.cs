using Braid.Cli.CommandLine;

namespace Braid.Cli.Servers;

/// <summary>The other programs, which are published beside this one.</summary>
internal static class Programs
{
    /// <summary>The command line that starts the server: the runtime that is on PATH, and the server's assembly.</summary>
    /// <exception cref="Failure">It was not built.</exception>
    public static string[] Server => [.. ServerProgram, "serve"];

    /// <summary>The command line that starts a machine's agent.</summary>
    /// <exception cref="Failure">It was not built.</exception>
    public static string[] Agent => [.. ServerProgram, "agent"];

    /// <summary>The command line that starts the program that serves a model.</summary>
    /// <exception cref="Failure">It was not built.</exception>
    public static string[] Scoring => ["dotnet", Find("scoring", "braid-scoring.dll")];

    /// <summary>The folder of an example's programs.</summary>
    /// <exception cref="Failure">It was not built.</exception>
    public static string Digits => Path.GetDirectoryName(Find("digits", "digits-train")) ?? "/";

    /// <summary>The checkout that this program was built from.</summary>
    public static string Checkout => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    private static string[] ServerProgram => ["dotnet", Find("server", "braid-server.dll")];

    private static string Find(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", folder, name));
        return File.Exists(path)
            ? path
            : throw new Failure($"{path} is missing: start through ./braid, or run ./build publish");
    }
}
