using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Databases;

namespace Braid.Cli.Servers.AsMLflow;

/// <summary>How <c>serve</c> is to be started for a command line of <c>mlflow server</c>.</summary>
/// <param name="Options">The options of <c>serve</c>.</param>
/// <param name="Notes">What is otherwise than MLflow's server would have it.</param>
internal sealed record ServerPlan(IReadOnlyList<string> Options, IReadOnlyList<string> Notes)
{
    private const string data = "--data";
    private const string proxied = "mlflow-artifacts:";

    /// <exception cref="Failure">It asks for something that is not so here; the message says what to do.</exception>
    public static ServerPlan For(IReadOnlyList<string> words, Func<string, string?> variable)
    {
        var given = new MLflowArguments(words, variable);
        List<string> notes = [.. given.Ignored.Select(flag => $"{flag.Name} is ignored: {flag.Why}")];
        List<string> options = ["--mlflow-port", given.Text(MLflowFlags.Port) ?? "5000"];
        if (given.Text(MLflowFlags.Host) is { Length: > 0 } host)
        {
            options.AddRange(["--bind", host]);
        }

        options.AddRange(Store(given, variable, notes));
        options.AddRange(Files(given, notes));
        options.AddRange(Authentication(given));
        return new([.. options, .. given.Others], notes);
    }

    private static IEnumerable<string> Store(MLflowArguments given, Func<string, string?> variable, List<string> notes)
    {
        var uri = given.Text(MLflowFlags.Store) ?? "sqlite:///mlflow.db";
        if (given.Text(MLflowFlags.Registry) is { } registry && registry != uri)
        {
            notes.Add("--registry-store-uri is ignored: models are kept beside runs");
        }

        var scheme = uri.Split(':', '+')[0];
        var isPostgres = scheme is "postgresql" or "postgres";
        if (!isPostgres && scheme != "sqlite" && scheme != "file" && uri.Contains("://", StringComparison.Ordinal))
        {
            throw new Failure(
                $"--backend-store-uri {uri}: runs are kept in SQLite (sqlite:///FILE) or PostgreSQL (postgresql://...). What is in that "
                    + "database is imported from its running server: braid import mlflow --from http://HOST:PORT"
            );
        }

        var folder = DataOf(given, variable) ?? Beside(isPostgres ? "mlflow" : PathOf(uri, scheme));
        if (!isPostgres)
        {
            RefuseOthers(PathOf(uri, scheme), uri, folder, notes);
        }

        // Whoever says --data says it among the others.
        IEnumerable<string> place = given.Others.Any(IsData) ? [] : [data, folder];
        return isPostgres
            ? [.. place, "--database", "postgresql" + uri[uri.IndexOf("://", StringComparison.Ordinal)..]]
            : place;
    }

    /// <summary>What MLflow itself has written there is neither read nor changed: it is imported.</summary>
    private static void RefuseOthers(string path, string uri, string folder, List<string> notes)
    {
        var source =
            Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() ? path
            : File.Exists(path) && IsMLflows(path) ? uri
            : null;
        if (source is null)
        {
            notes.Add($"runs are kept in {folder}");
            return;
        }

        if (!File.Exists(Path.Combine(folder, "endpoints.json")))
        {
            throw new Failure(
                $"{path} is MLflow's own, which is not changed. Import it once:\n"
                    + $"  braid serve --data {folder}        # in another terminal\n"
                    + $"  braid import mlflow --from {source} --data {folder}\n"
                    + "After that, this command starts the server with what was imported"
            );
        }

        notes.Add($"runs are kept in {folder}; {path} is MLflow's own and stays as it is");
    }

    private static IEnumerable<string> Files(MLflowArguments given, List<string> notes)
    {
        var root = given.Text(MLflowFlags.Root);
        var place =
            given.Text(MLflowFlags.Destination)
            ?? (root?.StartsWith(proxied, StringComparison.Ordinal) == true ? null : root);
        if (string.IsNullOrEmpty(place))
        {
            return [];
        }

        var path = place.StartsWith("file://", StringComparison.Ordinal) ? new Uri(place).LocalPath : place;
        var isBucket = path.StartsWith("s3://", StringComparison.Ordinal);
        if (!isBucket && path.Contains("://", StringComparison.Ordinal))
        {
            throw new Failure($"artifacts cannot be kept in {place}: name a folder or s3://BUCKET/PREFIX");
        }

        notes.Add(
            $"artifacts are kept in {path} in packs, not as files of their own; they come and go through this server"
        );
        return ["--blobs", isBucket ? path : Path.GetFullPath(path)];
    }

    private static IEnumerable<string> Authentication(MLflowArguments given) =>
        given.Text(MLflowFlags.App) switch
        {
            null or "" => [],
            "basic-auth" => ["--auth"],
            var other => throw new Failure($"--app-name {other}: only basic-auth is known, which demands credentials"),
        };

    private static string? DataOf(MLflowArguments given, Func<string, string?> variable)
    {
        for (var at = 0; at < given.Others.Count; at++)
        {
            if (IsData(given.Others[at]))
            {
                return given.Others[at].Split('=', 2) is [_, var inline]
                    ? inline
                    : given.Others.ElementAtOrDefault(at + 1);
            }
        }

        return variable("BRAID_DATA") is { Length: > 0 } named ? named : null;
    }

    private static bool IsData(string word) => word == data || word.StartsWith(data + "=", StringComparison.Ordinal);

    private static string PathOf(string uri, string scheme) =>
        scheme switch
        {
            "sqlite" when uri.IndexOf(":///", StringComparison.Ordinal) is > 0 and var start => Path.GetFullPath(
                uri[(start + 4)..].Split('?')[0]
            ),
            "sqlite" => throw new Failure($"--backend-store-uri {uri}: runs are kept in a file: write sqlite:///FILE"),
            "file" => new Uri(uri).LocalPath,
            _ => Path.GetFullPath(uri),
        };

    private static string Beside(string path) => Path.ChangeExtension(Path.GetFullPath(path.TrimEnd('/')), ".braid");

    private static bool IsMLflows(string path)
    {
        using var file = SqliteFile.Open(path);
        return file.Columns("experiments").Count > 0;
    }
}
