using Braid.Cli.CommandLine;
using Braid.Cli.MLflowImports.Databases;
using Braid.Cli.MLflowImports.Folders;
using Braid.Cli.MLflowImports.Servers;

namespace Braid.Cli.MLflowImports.Sources;

/// <summary>Where runs are imported from. Everything is read as it is asked for; nothing is written there.</summary>
internal abstract class MLflowSource : IAsyncDisposable
{
    private const string forms = "sqlite:///FILE, http://HOST:PORT, or the folder of a file store (mlruns/)";

    /// <summary>What of the source could not be read when it was opened.</summary>
    public virtual IReadOnlyList<string> Damages => [];

    /// <summary>Deleted ones too.</summary>
    public abstract IAsyncEnumerable<SourceExperiment> ExperimentsAsync(CancellationToken ct);

    /// <summary>The runs of an experiment, deleted ones too.</summary>
    public abstract IAsyncEnumerable<SourceRun> RunsAsync(SourceExperiment experiment, CancellationToken ct);

    /// <summary>Every point of a run, those of one key together; exactly the same point once.</summary>
    public abstract IAsyncEnumerable<SourcePoint> PointsAsync(
        SourceExperiment experiment,
        SourceRun run,
        CancellationToken ct
    );

    /// <summary>The logged models of an experiment.</summary>
    public abstract IAsyncEnumerable<SourceModel> ModelsAsync(SourceExperiment experiment, CancellationToken ct);

    public abstract IAsyncEnumerable<SourceName> NamesAsync(CancellationToken ct);

    /// <summary>The files of a run.</summary>
    /// <exception cref="Unreadable">They are somewhere this machine does not reach.</exception>
    public abstract IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceRun run,
        CancellationToken ct
    );

    /// <summary>The files of a logged model.</summary>
    /// <exception cref="Unreadable">They are somewhere this machine does not reach.</exception>
    public abstract IAsyncEnumerable<SourceFile> FilesAsync(
        SourceExperiment experiment,
        SourceModel model,
        CancellationToken ct
    );

    /// <summary>Whether files at a location are read from here, so that they can be copied.</summary>
    public abstract bool Reaches(string location);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <param name="artifacts">The folder behind <c>mlflow-artifacts:/</c>; null for the one beside the source.</param>
    /// <exception cref="Failure">It names no source, or one that cannot be read.</exception>
    public static MLflowSource Open(string from, string? artifacts)
    {
        if (
            from.StartsWith("http://", StringComparison.Ordinal)
            || from.StartsWith("https://", StringComparison.Ordinal)
        )
        {
            return new ServerSource(new SourceServer(from));
        }

        if (from.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            return DatabaseSource.OpenFile(FileOf(from), artifacts);
        }

        if (from.Contains("://", StringComparison.Ordinal) && !from.StartsWith("file://", StringComparison.Ordinal))
        {
            throw new Failure(
                $"cannot import from {from}: give {forms}. Of another database, start mlflow server --backend-store-uri {from} and "
                    + "import from its http:// address"
            );
        }

        var path = from.StartsWith("file://", StringComparison.Ordinal) ? new Uri(from).LocalPath : from;
        return Directory.Exists(path) ? new FolderSource(path, artifacts)
            : File.Exists(path) ? DatabaseSource.OpenFile(path, artifacts)
            : throw new Failure($"there is no {path}: give {forms}");
    }

    /// <summary><c>sqlite:///a.db</c> is relative to where one is, <c>sqlite:////a.db</c> is not; a driver may be named.</summary>
    private static string FileOf(string uri)
    {
        var start = uri.IndexOf(":///", StringComparison.Ordinal);
        return start > 0
            ? uri[(start + 4)..].Split('?')[0]
            : throw new Failure($"{uri} names no file: write sqlite:///FILE");
    }
}

/// <summary>Something of the source is damaged or out of reach; the message says what and why. The import goes on with the rest.</summary>
internal sealed class Unreadable(string message) : Exception(message);
