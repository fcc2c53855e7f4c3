using System.Globalization;

namespace Braid.Load;

/// <summary>What the command line says.</summary>
/// <param name="Server">The server's program.</param>
/// <param name="Cli">The command line's program; null: what it does is not measured.</param>
/// <param name="Python">A Python that finds ClearML's SDK; null: what the SDK does is not measured.</param>
/// <param name="MLflow">The address of MLflow's own server, which takes part where it can; null: it does not.</param>
/// <param name="Database">Where servers have their rows; null: in SQLite, each in its folder. Of one scenario only: the rows stay.</param>
/// <param name="Keep">Where servers that took long to fill are kept, and taken from when they are there; null: they are not.</param>
/// <param name="Folder">Where data, peers' repositories and the server's folder are made.</param>
/// <param name="Only">Parts of the names of the scenarios to run; none: all.</param>
/// <param name="Scale">Factor on numbers of files and bytes.</param>
/// <param name="Rounds">Times that peer and server are run in turn.</param>
internal sealed record LoadOptions(
    string Server,
    string? Cli,
    string? Python,
    Uri? MLflow,
    string? Database,
    string? Keep,
    string Folder,
    IReadOnlyList<string> Only,
    double Scale,
    int Rounds
)
{
    public const string Usage = """
        Usage: Braid.Load --server PROGRAM [--cli PROGRAM] [--python PROGRAM] [--mlflow URL] [--database URL] [--keep DIR] [--only NAME]... [--scale FACTOR] [--rounds N]
          [--folder DIR]
        Scenarios: large-random, large-text, small-files, commits, datums, batched, points, events, queue, placed-queue, starts, agents, explain, sdk,
        tasks, mlflow-batches, mlflow-searches, mlflow-history, versions
        """;

    /// <summary>Null when the words are no options.</summary>
    public static LoadOptions? Read(string[] words)
    {
        string? server = null;
        string? cli = null;
        string? python = null;
        Uri? mlflow = null;
        string? database = null;
        string? keep = null;
        var folder = Path.GetTempPath();
        var only = new List<string>();
        var (scale, rounds) = (1.0, 2);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            var value = words[i + 1];
            switch (words[i])
            {
                case "--server":
                    server = Path.GetFullPath(value);
                    break;
                case "--cli":
                    cli = Path.GetFullPath(value);
                    break;
                case "--python":
                    python = value;
                    break;
                case "--mlflow":
                    mlflow = new(value);
                    break;
                case "--database":
                    database = value;
                    break;
                case "--keep":
                    keep = Path.GetFullPath(value);
                    break;
                case "--folder":
                    folder = Path.GetFullPath(value);
                    break;
                case "--only":
                    only.Add(value);
                    break;
                case "--scale":
                    scale = double.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--rounds":
                    rounds = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                default:
                    return null;
            }
        }

        return server is null || words.Length % 2 != 0
            ? null
            : new(server, cli, python, mlflow, database, keep, folder, only, scale, rounds);
    }

    public bool Includes(string scenario) =>
        Only.Count == 0 || Only.Any(part => scenario.Contains(part, StringComparison.Ordinal));

    public int Scaled(int number) => Math.Max(1, (int)(number * Scale));

    public long ScaledBytes(long bytes) => Math.Max(1024 * 1024, (long)(bytes * Scale));
}
